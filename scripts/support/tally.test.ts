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
  const vitest = (numPassedTests: number, numFailedTests: number, testResults: unknown[] = []) =>
    report({ numPassedTests, numFailedTests, testResults })
  const playwright = (expected: number, unexpected: number, flaky: number, errors: unknown[] = []) =>
    report({ stats: { expected, unexpected, flaky }, errors })

  it('counts what passed and failed', async () => {
    expect(await tallyVitest(await vitest(7, 0), 0)).toEqual({ passed: 7, failed: 0 })
    expect(await tallyVitest(await vitest(6, 1), 1)).toEqual({ passed: 6, failed: 1 })
    expect(await tallyPlaywright(await playwright(5, 2, 0), 1)).toEqual({ passed: 5, failed: 2 })
  })

  it('counts a test file that does not load as one failure', async () => {
    const broken = { status: 'failed', assertionResults: [] }
    expect(await tallyVitest(await vitest(3, 0, [broken]), 1)).toEqual({ passed: 3, failed: 1 })
  })

  it('counts a test that passed on a second try, and errors outside tests, as failures', async () => {
    expect(await tallyPlaywright(await playwright(5, 0, 1, [{}]), 1)).toEqual({ passed: 5, failed: 2 })
  })

  it('never calls a failed run good', async () => {
    expect(await tallyVitest(await vitest(7, 0), 1)).toEqual({ passed: 7, failed: 1 })
    expect(await tallyVitest(path.join(directory, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1 })
    expect(await tallyPlaywright(path.join(directory, 'absent.json'), 0)).toEqual({ passed: 0, failed: 1 })
  })
})
