import { Client } from 'pg'
import { wakeChannel } from '@/lib/jobs/wake'

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; run the end-to-end tests with: npm test -- e2e`)
  return value
}

/** Has jobs run now instead of within a minute. */
export async function wakeJobs(jobs: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: required('PENTARCH_E2E_DATABASE') })
  await client.connect()
  try {
    for (const job of jobs) await client.query('SELECT pg_notify($1, $2)', [wakeChannel, job])
  } finally {
    await client.end()
  }
}
