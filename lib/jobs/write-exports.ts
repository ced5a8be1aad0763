import { exportJobName } from '@/lib/exporters/runs/service'
import { claimRun, expireRuns, failAbandoned, forgetRuns } from '@/lib/exporters/runs/store'
import { writeRun } from '@/lib/exporters/runs/write'
import type { Job } from './job'

/** No further export begins after this: a turn of a job has to end in time. */
const beginMsMax = 600_000
/** A part is kept every few seconds; who has been silent for so long is gone. */
const silentMsMax = 600_000
const forgetMs = 30 * 86_400_000

/** Writes exports that were asked for, one after the other, and drops those whose time is over. */
export const writeExportsJob: Job = {
  name: exportJobName,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 3_600,
  async handle({ database, now, runId }) {
    const started = performance.now()
    const clock = () => new Date(now.getTime() + performance.now() - started)
    await failAbandoned(database, new Date(now.getTime() - silentMsMax), now)
    await expireRuns(database, now)
    await forgetRuns(database, new Date(now.getTime() - forgetMs))
    for (let run = await claimRun(database, clock()); run !== null; run = await claimRun(database, clock())) {
      await writeRun(run, { database, requestId: runId, clock })
      if (performance.now() - started > beginMsMax) return
    }
  },
}
