import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { type Scheduler, startScheduler } from './scheduler'

const retryMs = 10_000

/** Survives hot reload in development, as the database does. */
const held = globalThis as { pentarchJobs?: Promise<void> }

/**
 * Has this process work on jobs until it is told to end. Returns at once: an app whose database is away starts
 * nevertheless, says so on /readyz, and works on jobs when the database is back.
 */
export function startProcessJobs(connectionString: string): void {
  held.pentarchJobs ??= workUntilSignal(connectionString)
}

async function workUntilSignal(connectionString: string): Promise<void> {
  const ending = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.abort())
  const scheduler = await startWithPatience(connectionString, ending.signal)
  if (!scheduler) return
  if (!ending.signal.aborted) {
    await new Promise((resolve) => ending.signal.addEventListener('abort', resolve, { once: true }))
  }
  await scheduler.stop().catch((error: unknown) => log.error({ err: error }, 'The job queue did not stop cleanly'))
}

async function startWithPatience(connectionString: string, ending: AbortSignal): Promise<Scheduler | null> {
  while (!ending.aborted) {
    try {
      return await startScheduler({ connectionString, database: database() })
    } catch (error) {
      log.error({ err: error }, `Jobs could not be started; trying again in ${retryMs / 1000} s`)
      await sleep(retryMs, undefined, { signal: ending }).catch(() => undefined)
    }
  }
  return null
}
