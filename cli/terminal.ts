import { styleText } from 'node:util'

/** What styleText of Node takes. */
export type Style = Parameters<typeof styleText>[0]

/** Everything a command touches outside itself, so that tests can stand in for all of it. */
export interface Terminal {
  /** Results, for whoever asked: stdout. */
  print(text: string): void
  /** Errors, warnings and remarks: stderr. */
  complain(text: string): void
  /** The text in a style where stdout is a terminal that wants colours, else as it is. */
  style(style: Style, text: string): string
  env: Readonly<Record<string, string | undefined>>
  /** The folder that relative paths of the caller start from. */
  folder: string
  now(): Date
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env } = process
  return {
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(`${text}\n`),
    style: (style, text) => styleText(style, text, { stream: process.stdout }),
    env,
    // `npm run` moves to the checkout and keeps in INIT_CWD where it was called.
    folder: (env.npm_lifecycle_event === 'pentarch' && env.INIT_CWD) || process.cwd(),
    now: () => new Date(),
  }
}
