import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { notAskedAbout } from '../asked-store'
import type { CadenceDays } from '../cadence'
import { cadenceSql, certifiedUntilSql } from '../cadence-store'
import type { Definition } from '../model'
import { inScope } from './in-scope-store'

/** Null for one that answers for nothing at the moment: nobody needs to confirm it. */
const highestRisk = sql`(
  SELECT max(b.risk) FROM effective_owner e JOIN binding b ON b.id = e.binding_id
  WHERE e.assignment_id = a.id AND b.state = 'active')`

/** When it was last said that the assignment holds: by a campaign, by the team that accepted it, or by whoever set it. */
const confirmedAt = sql`COALESCE(GREATEST(a.certified_at, a.decided_at), a.valid_from)`

interface FallingDue {
  definition: Definition
  cadence: CadenceDays
  now: Date
  horizon: Date
}

/**
 * What falls due until `horizon` within the scope and no campaign asks about already, the riskiest and longest due
 * first: bindings whose certification runs out, was taken away or never given; assignments nobody has confirmed for as long.
 */
export async function findFallingDue(db: Db, { definition, cadence, now, horizon }: FallingDue, limit: number) {
  const scope = await inScope(db, definition, sql`d.id`, now)
  const open = sql`${scope} AND ${notAskedAbout(definition.kind, sql`d.id`, 'applied')}`
  const rows = await db.query<{ id: string }>(
    definition.kind === 'access'
      ? sql`
        SELECT d.id::text FROM (SELECT b.id, b.risk, ${certifiedUntilSql(cadence)} AS until FROM binding b) d
        WHERE (d.until IS NULL OR d.until <= ${horizon}::timestamptz) AND ${open}
        ORDER BY d.risk DESC, d.until NULLS FIRST, d.id LIMIT ${limit}`
      : sql`
        SELECT d.id::text FROM (SELECT a.id, ${highestRisk} AS risk, ${confirmedAt} AS confirmed FROM assignment a) d
        WHERE d.confirmed + ${cadenceSql(cadence, sql`d.risk`)} <= ${horizon}::timestamptz AND ${open}
        ORDER BY d.risk DESC, d.confirmed, d.id LIMIT ${limit}`,
  )
  return rows.map(({ id }) => id)
}
