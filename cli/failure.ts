/** How a command ended, for scripts. */
export const exitCodes = {
  done: 0,
  /** The server or the input said no, or there are findings; nothing is half done. */
  refused: 1,
  usage: 2,
  /** The server cannot be reached, or does not let us in. */
  unreachable: 3,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends a command: `message` says in plain words what is wrong, `fix` what to do about it. */
export class CliFailure extends Error {
  readonly exitCode: ExitCode
  readonly fix: string | null

  constructor(exitCode: ExitCode, message: string, fix: string | null = null) {
    super(message)
    this.name = 'CliFailure'
    this.exitCode = exitCode
    this.fix = fix
  }
}

/** A failure of how the command was called. */
export function usageFailure(message: string, fix: string | null = null): CliFailure {
  return new CliFailure(exitCodes.usage, message, fix)
}
