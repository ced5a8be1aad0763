import { v7 } from 'uuid'
import { policySetting } from '@/lib/settings/store'
import { currentTime } from '@/lib/time/clock'
import { appendPending } from '@/lib/transparency/append'
import { newestCheckpoint, waitingSince } from '@/lib/transparency/checkpoint-store'
import { logJobs } from '@/lib/transparency/jobs'
import { makeCheckpoint } from '@/lib/transparency/make-checkpoint'
import { runVerification } from '@/lib/transparency/verification'
import { newestVerification, verificationAskedSince } from '@/lib/transparency/verify-store'
import { tellWitnesses } from '@/lib/transparency/witnesses/tell'
import { evaluateGapsJob } from './evaluate-gaps'
import type { Job } from './job'

const everyMinute = '* * * * *'
const dayMs = 24 * 60 * 60_000

/** Makes leaves of the events that came since; no user waits for it. */
export const appendLogJob: Job = {
  name: logJobs.append,
  schedule: everyMinute,
  atStart: true,
  secondsMax: 600,
  async handle({ database }) {
    await appendPending(database)
  },
}

/** Signs the log when something was logged and the last checkpoint is old enough, or when somebody asked; and tells witnesses. */
export const checkpointLogJob: Job = {
  name: logJobs.checkpoint,
  schedule: everyMinute,
  atStart: true,
  secondsMax: 600,
  async handle({ database, now, runId }) {
    await appendPending(database)
    const newest = await newestCheckpoint(database)
    const waiting = await waitingSince(database, newest?.size ?? 0)
    const { policy } = await policySetting(database)
    const isOld = !newest || now.getTime() - newest.createdAt.getTime() >= policy.checkpointMinutes * 60_000
    if (waiting.asked || (waiting.size > 0 && isOld))
      await makeCheckpoint({ database, now, newId: v7, requestId: runId })
    await tellWitnesses(database, now)
  },
}

/** Holds the log against the audit tables once a day, and when somebody asked. */
export const verifyLogJob: Job = {
  name: logJobs.verify,
  schedule: '*/10 * * * *',
  atStart: false,
  secondsMax: 3600,
  async handle({ database, now, runId }) {
    const last = await newestVerification(database)
    const isOld = !last || now.getTime() - last.startedAt.getTime() >= dayMs
    if (!isOld && !(await verificationAskedSince(database, last.startedAt))) return
    await runVerification({ database, now, newId: v7, requestId: runId }, currentTime)
    // What it found is a gap from now on, or is none any more.
    await evaluateGapsJob.handle({ database, now, runId })
  },
}
