/** Names of the jobs that keep the log. */
export const logJobs = { append: 'log.append', checkpoint: 'log.checkpoint', verify: 'log.verify' } as const
