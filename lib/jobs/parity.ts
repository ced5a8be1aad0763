import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { abandonedBefore } from '@/lib/contracts/parity/outcome'
import { performRun } from '@/lib/contracts/parity/run'
import { parityAskJobName, parityUseCases } from '@/lib/contracts/parity/service'
import { failAbandoned, nextWaiting, toolsDue } from '@/lib/contracts/parity/store'
import { dayMs } from '@/lib/gaps/wording'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import type { Job, JobRun } from './job'

/** No further run begins after this: each takes a minute at most, and a turn of a job has to end in time. */
const beginMsMax = 200_000
const dueMax = 20

const clockOf = ({ now }: JobRun) => {
  const started = performance.now()
  return () => new Date(now.getTime() + performance.now() - started)
}

const isLate = ({ now }: JobRun, clock: () => Date) => clock().getTime() - now.getTime() > beginMsMax

/** Puts the questions of runs that somebody has asked for. Woken by the command that starts one. */
export const parityAskJob: Job = {
  name: parityAskJobName,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 300,
  async handle(run) {
    const { database, runId } = run
    const clock = clockOf(run)
    await failAbandoned(database, abandonedBefore(run.now), run.now)
    for (let next = await nextWaiting(database); next !== null; next = await nextWaiting(database)) {
      if (isLate(run, clock)) return
      await performRun(next, { database, requestId: runId, clock })
    }
  },
}

/** Asks the points of every tool once a day, long before an answer counts as too old; a few tools each time. */
export const parityScheduleJob: Job = {
  name: 'parity.schedule',
  schedule: '*/10 * * * *',
  atStart: false,
  secondsMax: 300,
  async handle(run) {
    const { database, runId: requestId } = run
    const clock = clockOf(run)
    const actor = systemActor('scheduler')
    const due = await toolsDue(database, new Date(run.now.getTime() - dayMs), dueMax)
    for (const slug of due) {
      if (isLate(run, clock)) return
      const started = { database, actor, now: clock(), newId: v7, requestId }
      const { id } = await runUseCase(parityUseCases['parity.start'], { slug }, started).catch((error: unknown) => {
        // Somebody was quicker, or what it rested on is gone: the next tool is none the worse for it.
        if (error instanceof DomainError) return { id: null }
        throw error
      })
      if (id !== null) await performRun(id, { database, requestId, clock })
    }
  },
}
