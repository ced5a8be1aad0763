import type { Command } from 'commander'
import type { ExitCode } from '../failure'
import type { Terminal } from '../terminal'
import { addCheck } from './check'

/** Adds one command to the program. It ends well unless it says otherwise through `end`. */
export type AddCommand = (program: Command, terminal: Terminal, end: (code: ExitCode) => void) => void

/** Every command, in the order of the help text. */
export const commands: readonly AddCommand[] = [addCheck]
