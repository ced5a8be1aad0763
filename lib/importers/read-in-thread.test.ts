import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const script = `
  import { readFiles } from './lib/importers/read-in-thread.ts'
  const rows = Array.from({ length: 16_000 }, (_, index) => 'agent-' + index + ',crm,2026-10-01,' + 'why '.repeat(15))
  const bytes = new TextEncoder().encode(['agent,tool,certifiedAt,intent', ...rows, 'a,,,'].join('\\n'))
  let turns = 0
  const clock = setInterval(() => { turns += 1 }, 1)
  const { estate, positions, errors } = await readFiles('csv', [{ name: 'bindings.csv', bytes }])
  clearInterval(clock)
  const { certifiedAt } = estate.bindings[15_999]
  console.log(JSON.stringify([bytes.length > 1024 * 1024, estate.bindings.length, certifiedAt instanceof Date,
    positions.get('bindings/15999').line, errors[0].line, turns > 0]))
`

describe('reading a large file', () => {
  it('happens beside everything else the process does, and comes to the same', async () => {
    // Parsed in this thread, no turn of the event loop would come before the answer.
    // As the server runs from sources; vitest's own loader does not reach into threads.
    const args = ['--conditions=react-server', '--import', 'tsx', '--eval', script]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(JSON.parse(stdout)).toEqual([true, 16_000, true, 16_001, 16_002, true])
  }, 60_000)
})
