import { secondsSince } from './steps'
import type { Tally } from './tally'
import type { Teardown } from './teardown'
import { bin, runTool } from './tools'

/** Each check is commands that all have to succeed. */
const checks: { name: string; commands: [string, ...string[]][] }[] = [
  // Next's route types are generated, and what imports a style sheet or a picture rests on them.
  {
    name: 'types',
    commands: [
      ['next', 'typegen'],
      ['tsc', '--noEmit', '-p', '.'],
    ],
  },
  { name: 'style', commands: [['biome', 'ci', '--colors=off']] },
  { name: 'arrows', commands: [['depcruise', '--config', '.dependency-cruiser.cjs', '.']] },
  { name: 'dead code', commands: [['knip', '--no-progress']] },
  { name: 'what others wrote', commands: [['tsx', 'scripts/supply-chain.ts']] },
]

/** Runs types, style, arrows, dead code and the checks of packages; each counts as one test. */
export async function runChecks(teardown: Teardown): Promise<Tally> {
  const failures: string[] = []
  for (const { name, commands } of checks) {
    const started = performance.now()
    const complaint = await firstComplaint(teardown, commands)
    if (complaint !== undefined) failures.push(name)
    console.log(`  ${complaint === undefined ? '✓' : '✗'} ${name.padEnd(30)} ${secondsSince(started)}`)
    if (complaint !== undefined) console.log(complaint)
  }
  return { passed: checks.length - failures.length, failures }
}

async function firstComplaint(teardown: Teardown, commands: [string, ...string[]][]): Promise<string | undefined> {
  for (const [command, ...args] of commands) {
    const { code, output } = await runTool(teardown, bin(command), args)
    if (code !== 0) return output
  }
  return undefined
}
