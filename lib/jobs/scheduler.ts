import 'server-only'
import { PgBoss } from 'pg-boss'
import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { currentTime } from '@/lib/time/clock'
import { advanceCampaignsJob } from './advance-campaigns'
import { applyCampaignsJob } from './apply-campaigns'
import { deliverStreamsJob } from './deliver-streams'
import { evaluateGapsJob } from './evaluate-gaps'
import type { Job } from './job'
import { launchCampaignsJob } from './launch-campaigns'
import { appendLogJob, checkpointLogJob, verifyLogJob } from './log'
import { mailLinksJob } from './mail-links'
import { parityAskJob, parityScheduleJob } from './parity'
import { scheduleCampaignsJob } from './schedule-campaigns'
import { scheduledExportsJob } from './scheduled-exports'
import { sendMailJob } from './send-mail'
import { sweepDecisionsJob } from './sweep-decisions'
import { sweepIdempotencyJob } from './sweep-idempotency'
import { sweepSessionsJob } from './sweep-sessions'
import { listenForWakes } from './wake-listener'
import { writeExportsJob } from './write-exports'

/** Every job there is. */
export const jobs: readonly Job[] = [
  advanceCampaignsJob,
  appendLogJob,
  applyCampaignsJob,
  deliverStreamsJob,
  evaluateGapsJob,
  launchCampaignsJob,
  parityAskJob,
  parityScheduleJob,
  scheduleCampaignsJob,
  scheduledExportsJob,
  mailLinksJob,
  sendMailJob,
  sweepDecisionsJob,
  sweepIdempotencyJob,
  sweepSessionsJob,
  writeExportsJob,
  checkpointLogJob,
  verifyLogJob,
]

export interface SchedulerOptions {
  connectionString: string
  /** What the jobs work on. */
  database: Database
  clock?: () => Date
  /** How often an idle worker looks for work. */
  pollSeconds?: number
}

export interface Scheduler {
  /** Has a job run soon, unless a run of it is waiting already. */
  runSoon(job: Job): Promise<void>
  /** Lets runs in progress finish for a while, then gives them back. */
  stop(): Promise<void>
}

/** A run whose worker has been silent for so long is taken from it, as after a kill. */
const heartbeatSeconds = 30
const stopMs = 5_000

/**
 * Starts working on jobs: queues and schedules live in the database (schema `pgboss`), so instances share them.
 * `stately` allows one run of a job that waits and one that works, whoever asks for it and however often.
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { connectionString, database, clock = currentTime, pollSeconds = 5 } = options
  const boss = new PgBoss({ connectionString, schema: 'pgboss', max: 3, application_name: 'pentarch jobs' })
  boss.on('error', (error) => log.error({ err: error }, 'The job queue reports an error'))
  boss.on('warning', (warning) => log.warn({ warning }, 'The job queue warns'))
  await boss.start()
  const workers = new Map<string, string>()
  const wakes = listenForWakes(connectionString, wake)
  try {
    for (const job of jobs) await workOn(job)
  } catch (error) {
    await stop()
    throw error
  }

  async function workOn(job: Job): Promise<void> {
    const limits = { expireInSeconds: job.secondsMax, heartbeatSeconds, deleteAfterSeconds: 86_400 }
    await boss.createQueue(job.name, { policy: 'stately', ...limits })
    await boss.schedule(job.name, job.schedule)
    const worker = await boss.work(job.name, { pollingIntervalSeconds: pollSeconds }, async ([queued]) => {
      if (queued) await runJob(job, queued.id)
    })
    workers.set(job.name, worker)
    if (job.atStart) await runSoon(job)
  }

  /** Of all instances that hear it, the first queues the job, and the first to look takes it. */
  async function wake(name: string): Promise<void> {
    const worker = workers.get(name)
    if (worker === undefined) return
    await boss.send(name)
    boss.notifyWorker(worker)
  }

  async function runJob(job: Job, runId: string): Promise<void> {
    const started = performance.now()
    try {
      await job.handle({ database, now: clock(), runId })
      log.debug({ job: job.name, runId, durationMs: Math.round(performance.now() - started) }, 'A job has run')
    } catch (error) {
      log.error({ err: error, job: job.name, runId }, 'A job failed')
      throw error
    }
  }

  async function runSoon(job: Job): Promise<void> {
    await boss.send(job.name)
  }

  async function stop(): Promise<void> {
    await wakes.stop()
    await boss.stop({ graceful: true, timeout: stopMs })
  }

  return { runSoon, stop }
}
