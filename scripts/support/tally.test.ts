import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tallyPlaywright, tallyVitest } from './tally'

describe('tally', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'pentarch-tally-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  async function report(content: unknown): Promise<string> {
    const file = path.join(directory, 'report.json')
    await writeFile(file, JSON.stringify(content))
    return file
  }
  const vitest = (numPassedTests: number, testResults: unknown[] = []) => report({ numPassedTests, testResults })
  const playwright = (expected: number, specs: unknown[] = [], errors: unknown[] = []) =>
    report({ stats: { expected }, suites: [{ specs: [], suites: [{ specs }] }], errors })
  const spec = (status: string, ...errors: string[]) => ({
    title: 'signs in',
    file: 'sign-in.spec.ts',
    line: 7,
    tests: [{ status, results: errors.map((message) => ({ errors: [{ message }] })) }],
  })
  const absent = () => path.join(directory, 'absent.json')

  it('counts what passed, and names what failed with its first complaint', async () => {
    const file = (status: string, ...failureMessages: string[]) => ({
      name: path.resolve('lib/a.test.ts'),
      status,
      assertionResults: [
        { fullName: 'a adds', status, failureMessages },
        { fullName: 'a takes away', status: 'passed', failureMessages: [] },
      ],
    })
    expect(await tallyVitest(await vitest(7, [file('passed')]), 0)).toEqual({ passed: 7, failures: [] })
    expect(await tallyVitest(await vitest(6, [file('failed', '\u001b[31mexpected 1\u001b[0m\nto be 2')]), 1)).toEqual({
      passed: 6,
      failures: ['lib/a.test.ts › a adds › expected 1'],
    })
    expect(await tallyPlaywright(await playwright(5, [spec('expected'), spec('unexpected', 'No button')]), 1)).toEqual({
      passed: 5,
      failures: ['sign-in.spec.ts:7 › signs in › No button'],
    })
  })

  it('counts a test file that does not load as one failure', async () => {
    const broken = { name: path.resolve('lib/b.test.ts'), status: 'failed', message: 'No file', assertionResults: [] }
    expect(await tallyVitest(await vitest(3, [broken]), 1)).toEqual({
      passed: 3,
      failures: ['lib/b.test.ts › No file'],
    })
  })

  it('counts a test that passed on a second try, and errors outside tests, as failures', async () => {
    const run = await playwright(5, [spec('flaky', 'Too late')], [{ message: 'No browser' }])
    expect(await tallyPlaywright(run, 1)).toEqual({
      passed: 5,
      failures: ['sign-in.spec.ts:7 › signs in › Too late', 'outside the tests › No browser'],
    })
  })

  it('never calls a failed run good', async () => {
    const silent = ['The runner ended with 1, though no test failed']
    expect(await tallyVitest(await vitest(7), 1)).toEqual({ passed: 7, failures: silent })
    expect(await tallyPlaywright(await playwright(7), 1)).toEqual({ passed: 7, failures: silent })
    expect((await tallyVitest(absent(), 0)).failures).toHaveLength(1)
    expect((await tallyPlaywright(absent(), 0)).failures).toHaveLength(1)
  })
})
