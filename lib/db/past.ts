import { type Sql, sql } from './sql'

/**
 * Makes the rest of a transaction read governed tables as they were at an instant: what is named without a schema is
 * looked for in `as_of` first, and its views show the instant (docs/adr/018-the-past-is-another-schema.md).
 */
export const enterPast = (instant: Date): Sql => sql`
  SELECT set_config('search_path', 'as_of, public', true), set_config('pentarch.as_of', ${instant.toISOString()}::text, true)`

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
