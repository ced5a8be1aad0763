import type { Db } from './client'
import { sql } from './sql'

/**
 * Tells the planner what this transaction has written so far. After many rows in one transaction it would still plan
 * for the tables as they were, empty perhaps, and take minutes for what takes a second; autovacuum sees them only later.
 */
export async function gatherStatistics(db: Db): Promise<void> {
  await db.execute(sql`
    ANALYZE person, team, membership, agent, tool, enforcement_point, binding, path_step, assignment, effective_owner`)
}
