import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** How many tests passed and failed. */
export interface Tally {
  passed: number
  failed: number
}

export const add = (a: Tally, b: Tally): Tally => ({ passed: a.passed + b.passed, failed: a.failed + b.failed })

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
})

/** Counts a run of Vitest. A file that does not even load has no tests to fail, so it counts as one. */
export async function tallyVitest(report: string, exitCode: number): Promise<Tally> {
  const run = await readReport(report, vitestReport)
  if (!run) return { passed: 0, failed: 1 }
  const unloaded = run.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return withExitCode({ passed: run.numPassedTests, failed: run.numFailedTests + unloaded }, exitCode)
}

/** Counts a run of Playwright. A test that passes only on a second try has failed. */
export async function tallyPlaywright(report: string, exitCode: number): Promise<Tally> {
  const run = await readReport(report, playwrightReport)
  if (!run) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky } = run.stats
  return withExitCode({ passed: expected, failed: unexpected + flaky + run.errors.length }, exitCode)
}

/** A runner that says "failed" without a failed test (an unhandled rejection, say) has one all the same. */
function withExitCode(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

async function readReport<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : schema.parse(JSON.parse(text))
}
