import { type Sql, sql } from '@/lib/db/sql'
import type { CadenceDays } from './cadence'

/** For how long a certification at this risk holds. A day is 24 hours, whatever the clocks of the session do. */
export const cadenceSql = (cadence: CadenceDays, risk: Sql): Sql => sql`make_interval(hours => 24 * CASE ${risk}
  WHEN 'low' THEN ${cadence.low}::int WHEN 'medium' THEN ${cadence.medium}::int
  WHEN 'high' THEN ${cadence.high}::int WHEN 'critical' THEN ${cadence.critical}::int END)`

/** The twin of `certifiedUntil` for a row `b` of `binding`; of a revoked one there is nothing left to certify. */
export const certifiedUntilSql = (cadence: CadenceDays): Sql => sql`(CASE
  WHEN b.state <> 'revoked' AND b.certified_at >= COALESCE(b.active_since, b.certified_at) THEN LEAST(
    b.certified_at + ${cadenceSql(cadence, sql`b.risk`)},
    CASE WHEN b.certification_lost_at >= b.certified_at THEN b.certification_lost_at END)
END)`
