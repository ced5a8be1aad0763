import type { Pool } from 'pg'
import { migrationNames } from './migrations'

let known: Promise<string[]> | undefined

/**
 * Whether the database has every migration of this build: one indexed-size query, for readiness probes. A database
 * that is newer is ready too, so that the instances of the old build serve on during a rolling upgrade.
 * Rejects when the database cannot be reached.
 */
export async function isMigrated(pool: Pick<Pool, 'query'>): Promise<boolean> {
  known ??= migrationNames()
  const names = await known
  const table = await pool.query(`select to_regclass('_prisma_migrations') is not null as present`)
  if (!table.rows[0]?.present) return false
  const { rows } = await pool.query(
    'select count(distinct migration_name)::int as done from _prisma_migrations where finished_at is not null and migration_name = any($1)',
    [names],
  )
  return rows[0]?.done === names.length
}
