import { sql } from '@/lib/db/sql'
import type { Job } from './job'

const keptHours = 24

/** Forgets the answers that were kept for repeated requests, a day after they were given. */
export const sweepIdempotencyJob: Job = {
  name: 'idempotency.sweep',
  schedule: '23 3 * * *',
  atStart: false,
  secondsMax: 300,
  async handle({ database, now }) {
    const before = new Date(now.getTime() - keptHours * 3_600_000)
    await database.execute(sql`DELETE FROM idempotency_key WHERE created_at < ${before}`)
  },
}
