import { Command, CommanderError } from 'commander'
import { loadCommands } from './commands'
import { explain } from './explain'
import { type ExitCode, exitCodes } from './failure'
import { processTerminal, type Terminal } from './terminal'

/** Runs one command line and answers its exit code. Never throws. */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done
  const program = new Command('pentarch')
    .description('Who owns each control layer of every AI agent and tool.')
    .addHelpText('after', help)
    .showSuggestionAfterError()
    .showHelpAfterError('Say "pentarch COMMAND --help" for its options.')
  for (const add of await loadCommands(args[0])) {
    add(program, terminal, (code) => {
      exitCode = code
    })
  }
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    return explain(error, terminal)
  }
}

const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)]

const help = `
The server is taken from PENTARCH_URL and PENTARCH_TOKEN, or from the profile (cli.json)
that "npm run demo" leaves in PENTARCH_DATA_DIR (.pentarch).

Exit codes: 0 done · 1 refused or findings, nothing half done · 2 usage
            3 cannot reach the server, or not allowed`
