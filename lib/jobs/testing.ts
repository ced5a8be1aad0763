import { expect, vi } from 'vitest'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import type { Job } from './job'

/** The states of the runs of a job that wait or are under way. */
export async function unfinishedRuns(db: Reader, { name }: Job): Promise<string[]> {
  const rows = await db.query<{ state: string }>(
    sql`SELECT state::text FROM pgboss.job WHERE name = ${name} AND state < 'completed'`,
  )
  return rows.map(({ state }) => state)
}

/** How many runs of a job have ended well. */
export async function completedRuns(db: Reader, { name }: Job): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM pgboss.job WHERE name = ${name} AND state = 'completed'`,
  )
  return row?.count ?? 0
}

/** Waits until nothing of a job waits or is under way. */
export async function settled(db: Reader, job: Job): Promise<void> {
  await vi.waitFor(async () => expect(await unfinishedRuns(db, job)).toEqual([]), { timeout: 45_000, interval: 50 })
}
