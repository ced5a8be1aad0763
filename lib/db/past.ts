import { type Sql, sql } from './sql'

/** Makes the changes of a transaction count from an instant. */
export const recordFrom = (instant: Date): Sql =>
  sql`SELECT set_config('pentarch.recorded_at', ${instant.toISOString()}::text, true)`

/**
 * Makes them count from an instant after that of the last change of the estate. Only for whoever holds the estate, so
 * that no two changes share one and the estate as of an instant is what one of them left behind.
 */
export const recordAfterLast: Sql = sql`
  UPDATE history.estate_clock SET at = GREATEST(history.recorded_now(), at + interval '1 millisecond')
  RETURNING set_config('pentarch.recorded_at', at::text, true)`
