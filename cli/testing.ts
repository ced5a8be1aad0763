import { main } from './main'
import type { Terminal } from './terminal'

/** Runs a command line with everything around it standing still; answers what it said and how it ended. */
export async function run(args: readonly string[], around: Partial<Terminal> = {}) {
  let stdout = ''
  let stderr = ''
  const code = await main(args, {
    print: (text) => {
      stdout += text
    },
    complain: (text) => {
      stderr += `${text}\n`
    },
    style: (_, text) => text,
    env: {},
    folder: process.cwd(),
    now: () => new Date('2026-11-24T09:00:00Z'),
    ...around,
  })
  return { code, stdout, stderr }
}
