import type { Command } from 'commander'
import type { ExitCode } from '../failure'
import type { Terminal } from '../terminal'

/** Adds one command to the program. It ends well unless it says otherwise through `end`. */
export type AddCommand = (program: Command, terminal: Terminal, end: (code: ExitCode) => void) => void

/** Every command by its name, in the order of the help text. */
const commands = new Map<string, () => Promise<{ addCommand: AddCommand }>>([
  ['import', () => import('./import')],
  ['list', () => import('./list')],
  ['owners', () => import('./owners')],
  ['assign', () => import('./assign')],
  ['attest', () => import('./attest')],
  ['gaps', () => import('./gaps')],
  ['audit', () => import('./audit')],
  ['compare', () => import('./compare')],
  ['check', () => import('./check')],
  ['whatif', () => import('./whatif')],
  ['export', () => import('./export')],
  ['bundle', () => import('./bundle')],
  ['verify', () => import('./verify')],
  ['log', () => import('./log')],
  ['witnesses', () => import('./witnesses')],
  ['campaigns', () => import('./campaigns')],
  ['review', () => import('./review')],
  ['streams', () => import('./streams')],
  ['schedules', () => import('./schedules')],
  ['provisioning', () => import('./provisioning')],
])

/** The command of this name alone, so that it starts without waiting for the rest; all of them for any other word. */
export async function loadCommands(name: string | undefined): Promise<AddCommand[]> {
  const wanted = name === undefined ? undefined : commands.get(name)
  const loaded = await Promise.all((wanted ? [wanted] : [...commands.values()]).map((load) => load()))
  return loaded.map(({ addCommand }) => addCommand)
}
