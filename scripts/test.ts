import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@/lib/db/embedded/server'
import { runChecks } from './support/checks'
import { findChromium } from './support/chromium'
import { startIdentity } from './support/identity'
import { startMailSink } from './support/mail-sink'
import { runLocal } from './support/run-local'
import { scratchDirectory } from './support/scratch'
import { secondsSince } from './support/steps'
import { add, type Tally, tallyPlaywright, tallyVitest } from './support/tally'
import { supervise, Teardown } from './support/teardown'
import { bin, runTool } from './support/tools'

type Part = (teardown: Teardown, scratch: string, args: string[]) => Promise<Tally>

/** The parts of `npm test`, cheapest first. */
const parts: Record<string, Part> = {
  check: runChecks,
  unit: (teardown, scratch, args) => vitest(teardown, scratch, 'unit', args),
  integration: (teardown, scratch, args) => vitest(teardown, scratch, 'integration', args),
  e2e: playwright,
}

/**
 * `npm test` runs everything; `npm test -- PART …` one part, with further words for its runner. The last line is
 * always `N passed, N failed`. Everything is kept in a folder of this run, on free ports.
 */
async function main(teardown: Teardown, [name, ...args]: string[]): Promise<number> {
  const chosen = name === undefined ? Object.keys(parts) : [name]
  const scratch = await teardown.hold(scratchDirectory('run'), (held) => held.remove())
  let total: Tally = nothing
  for (const title of chosen) {
    const part = parts[title]
    if (!part) throw new Error(`There is no part '${title}' of the tests; there are ${Object.keys(parts).join(', ')}`)
    total = add(total, await runPart(title, () => part(teardown, scratch.path, args)))
  }
  // Again at the end, where a reader of a long log looks first.
  if (total.failures.length > 0) console.log(`\nWhat failed:\n${total.failures.map((each) => `  ${each}`).join('\n')}`)
  console.log(`\n${inWords(total)}`)
  return total.failures.length === 0 ? 0 : 1
}

const nothing: Tally = { passed: 0, failures: [] }

const inWords = ({ passed, failures }: Tally) => `${passed} passed, ${failures.length} failed`

/** A part that cannot run at all is a failure among the others, not the end of them. */
async function runPart(title: string, run: () => Promise<Tally>): Promise<Tally> {
  const started = performance.now()
  console.log(`\n── ${title}`)
  const tally = await run().catch((error: unknown): Tally => {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failures: [`${title} could not be run`] }
  })
  console.log(`── ${title}: ${inWords(tally)} in ${secondsSince(started)}`)
  return tally
}

async function vitest(teardown: Teardown, scratch: string, project: string, args: string[]): Promise<Tally> {
  const report = path.join(scratch, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const command = [bin('vitest'), 'run', '--project', project, ...reporters, ...args]
  const { code } = await runTool(teardown, process.execPath, command, { live: true })
  return tallyVitest(report, code)
}

/** Journeys that turn the clock have an app of their own: nobody else's gaps grow old under their feet. */
const turning = path.join('e2e', 'clock')

async function playwright(teardown: Teardown, scratch: string, args: string[]): Promise<Tally> {
  const chromium = await findChromium(teardown)
  const isTurning = (arg: string) => path.normalize(arg).startsWith(turning)
  const files = args.filter((arg) => arg.includes('.spec'))
  const options = args.filter((arg) => !arg.includes('.spec'))
  const clockFile = path.join(scratch, 'clock')
  await writeFile(clockFile, '0')
  const sites = [
    { name: 'steady', files: files.filter((arg) => !isTurning(arg)), more: {} },
    ...(existsSync(turning) ? [{ name: 'turning', files: files.filter(isTurning), more: { clockFile } }] : []),
  ]
  let total: Tally = nothing
  for (const site of sites.filter((each) => files.length === 0 || each.files.length > 0)) {
    total = add(total, await playwrightOn(teardown, { ...site, scratch, chromium, args: [...site.files, ...options] }))
  }
  return total
}

interface Site {
  /** The project of the Playwright configuration. */
  name: string
  scratch: string
  chromium: string
  args: readonly string[]
  more: { clockFile?: string }
}

/** Runs one project on an app of its own, which ends with it. */
async function playwrightOn(teardown: Teardown, { name, scratch, chromium, args, more }: Site): Promise<Tally> {
  const site = new Teardown()
  await teardown.hold(Promise.resolve(site), (held) => held.run())
  const dataDir = path.join(scratch, name)
  const mailFile = path.join(scratch, `mail-${name}.jsonl`)
  const { url: SMTP_URL } = await startMailSink(site, mailFile)
  const port = await freePort()
  const identity = await startIdentity(site, `http://localhost:${port}`)
  // The app and its seed read them from the environment, as an operator would set them.
  Object.assign(process.env, identity.settings)
  const settings = {
    PORT: port,
    HOST: '127.0.0.1',
    PENTARCH_DATA_DIR: dataDir,
    PENTARCH_SEED: 'sample',
    SMTP_URL,
    throwAway: true,
    ...more,
  } as const
  const { url, connectionString } = await runLocal(site, settings, 'start')
  // Kept after the run, unlike the scratch folder: traces and pictures of what failed.
  const output = path.join('.test', `e2e-results-${path.basename(scratch)}-${name}`)
  const { code } = await runTool(site, process.execPath, [bin('playwright'), 'test', `--project=${name}`, ...args], {
    live: true,
    env: {
      PENTARCH_E2E_URL: url,
      PENTARCH_E2E_DATABASE: connectionString,
      PENTARCH_DATA_DIR: dataDir,
      PENTARCH_E2E_OUTPUT: output,
      PENTARCH_E2E_MAIL: mailFile,
      PENTARCH_E2E_IDENTITY: identity.control,
      CHROMIUM_PATH: chromium,
      ...(more.clockFile && { PENTARCH_TEST_CLOCK: more.clockFile }),
    },
  })
  await site.run()
  return tallyPlaywright(path.join(output, 'report.json'), code)
}

await supervise((teardown) => main(teardown, process.argv.slice(2)), { interruptedCode: 130 })
