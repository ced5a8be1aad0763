import { readFileSync, writeFileSync } from 'node:fs'
import { wakeChannel } from '@/lib/jobs/wake'
import { onDatabase } from './database'

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
  for (const job of jobs) await onDatabase('SELECT pg_notify($1, $2)', [wakeChannel, job])
}
