import type { Database } from '@/lib/db/client'

/** What a run of a job works with. */
export interface JobRun {
  database: Database
  now: Date
  /** The id of this run, which stands as the request id of everything it does. */
  runId: string
}

/** Work that the product does by itself. However many instances of the app there are, one of them does it. */
export interface Job {
  name: string
  /** Cron expression, in UTC. */
  schedule: string
  /** Whether it also runs when an instance starts: what was missed while nothing ran is made up for. */
  atStart: boolean
  /** Limit of one run, after which another instance may take it over. */
  secondsMax: number
  handle(run: JobRun): Promise<void>
}
