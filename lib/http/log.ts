import pino from 'pino'

/** The process's log: JSON lines on stderr, so that stdout stays with what a command prints. Secrets never go in. */
export const log = pino(
  { level: process.env.LOG_LEVEL ?? 'info', base: null },
  pino.destination({ dest: 2, sync: true }),
)
