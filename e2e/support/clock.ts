import { readFileSync, writeFileSync } from 'node:fs'
import { Client } from 'pg'
import { wakeChannel } from '@/lib/jobs/wake'

const dayMs = 86_400_000

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; run these tests with: npm test -- e2e e2e/clock`)
  return value
}

const turnedMs = () => Number(readFileSync(required('PENTARCH_TEST_CLOCK'), 'utf8'))

/** The present as the app under test has it. */
export const appTime = (): Date => new Date(Date.now() + turnedMs())

/** Turns the app's clock forward, and has what its jobs do at that time happen now instead of within a minute. */
export async function turnForward(days: number, jobs: readonly string[]): Promise<void> {
  writeFileSync(required('PENTARCH_TEST_CLOCK'), String(turnedMs() + days * dayMs))
  await wakeJobs(jobs)
}

/** Has jobs run now. */
export async function wakeJobs(jobs: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: required('PENTARCH_E2E_DATABASE') })
  await client.connect()
  try {
    for (const job of jobs) await client.query('SELECT pg_notify($1, $2)', [wakeChannel, job])
  } finally {
    await client.end()
  }
}
