import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

/** How many tests passed, and which failed: each a line with its place, its name and the first it complained of. */
export interface Tally {
  passed: number
  failures: readonly string[]
}

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failures: [...a.failures, ...b.failures],
})

const vitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
})

const message = z.object({ message: z.string().optional() })

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ errors: z.array(message) })) })),
})

interface PlaywrightSuite {
  specs: z.output<typeof playwrightSpec>[]
  suites?: PlaywrightSuite[] | undefined
}

const playwrightSuite: z.ZodType<PlaywrightSuite> = z.object({
  specs: z.array(playwrightSpec),
  suites: z.lazy(() => z.array(playwrightSuite)).optional(),
})

const playwrightReport = z.object({
  stats: z.object({ expected: z.number() }),
  suites: z.array(playwrightSuite),
  errors: z.array(message),
})

/** Counts a run of Vitest. A file that does not even load has no tests to fail, so it counts as one. */
export async function tallyVitest(report: string, exitCode: number): Promise<Tally> {
  const run = await readReport(report, vitestReport)
  if (!run) return { passed: 0, failures: ['Vitest left no report'] }
  const failures = run.testResults.flatMap((file) => {
    const name = path.relative(process.cwd(), file.name)
    if (file.status === 'failed' && file.assertionResults.length === 0) return [line(name, '', file.message)]
    return file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => line(name, fullName, failureMessages?.[0]))
  })
  return withExitCode({ passed: run.numPassedTests, failures }, exitCode)
}

/** Counts a run of Playwright. A test that passes only on a second try has failed. */
export async function tallyPlaywright(report: string, exitCode: number): Promise<Tally> {
  const run = await readReport(report, playwrightReport)
  if (!run) return { passed: 0, failures: ['Playwright left no report'] }
  const failures = specsOf(run.suites).flatMap(({ title, file, line: at, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => line(`${file}:${at}`, title, results.flatMap(({ errors }) => errors)[0]?.message)),
  )
  const outside = run.errors.map((error) => line('outside the tests', '', error.message))
  return withExitCode({ passed: run.stats.expected, failures: [...failures, ...outside] }, exitCode)
}

const specsOf = (suites: readonly PlaywrightSuite[]): PlaywrightSuite['specs'] =>
  suites.flatMap(({ specs, suites: inner = [] }) => [...specs, ...specsOf(inner)])

/** Colours of a terminal, which messages of tests carry. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')

function line(place: string, title: string, complaint = ''): string {
  const first = complaint.replace(colours, '').trim().split('\n')[0] ?? ''
  return [place, title, first.slice(0, 300)].filter(Boolean).join(' › ')
}

/** A runner that says "failed" without a failed test (an unhandled rejection, say) has one all the same. */
function withExitCode(tally: Tally, exitCode: number): Tally {
  const silent = exitCode !== 0 && tally.failures.length === 0
  return silent ? { ...tally, failures: [`The runner ended with ${exitCode}, though no test failed`] } : tally
}

async function readReport<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : schema.parse(JSON.parse(text))
}
