import { v7 } from 'uuid'
import { performRun } from '@/lib/exporters/schedules/perform'
import { scheduledExportsJobName } from '@/lib/exporters/schedules/service'
import { claimScheduledRun, queueDue } from '@/lib/exporters/schedules/store'
import type { Job } from './job'

/** No further run begins after this: each may take minutes, and a turn of a job has to end in time. */
const beginMsMax = 600_000

/** Makes the exports whose time has come, and takes them to where they go. */
export const scheduledExportsJob: Job = {
  name: scheduledExportsJobName,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 3_600,
  async handle({ database, now, runId: requestId }) {
    const started = performance.now()
    const clock = () => new Date(now.getTime() + performance.now() - started)
    await database.transaction((db) => queueDue(db, now, v7))
    for (let run = await claimScheduledRun(database, clock()); run; run = await claimScheduledRun(database, clock())) {
      await performRun(run, { database, requestId, clock })
      if (performance.now() - started > beginMsMax) return
    }
  },
}
