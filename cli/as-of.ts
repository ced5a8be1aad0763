import type { Command } from 'commander'

/** Adds `--as-of` to a command that reads. */
export const withAsOf = (command: Command): Command =>
  command.option(
    '--as-of <instant>',
    'as it was then: 2026-03-03T14:00:00Z, or 2026-03-03 for the end of that day in UTC',
  )
