import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** Where instances listen for jobs that have work. */
export const wakeChannel = 'pentarch_jobs'

/** Has a job run at once, on whichever instance: told when the transaction commits, and never when it does not. */
export async function wakeJob(db: Db, name: string): Promise<void> {
  await db.execute(sql`SELECT pg_notify(${wakeChannel}, ${name})`)
}
