import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { loseCertified } from '@/lib/recertification/events/lose'
import { respondToEvents } from '@/lib/recertification/events/respond'
import { lastWaiting } from '@/lib/recertification/events/store'
import { campaignJobs } from '@/lib/recertification/jobs'
import { launchOccurrence } from '@/lib/recertification/schedules/occur'
import { findDue, findOnEvents, isLaunching } from '@/lib/recertification/schedules/store'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import type { Job, JobRun } from './job'

/** Templates launched in one turn, and campaigns that one template makes of very many events. */
const templatesMax = 50
const partsMax = 20

/**
 * Launches what recurs, what falls due, and what something that happened calls for. However many instances do so, each
 * thing is launched once: every step reads again under the lock of its template, and refuses what is done already.
 */
export const scheduleCampaignsJob: Job = {
  name: campaignJobs.schedule,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 300,
  async handle(run) {
    const failed: unknown[] = []
    for (const { id } of await findDue(run.database, run.now, templatesMax)) {
      // A template that cannot be launched must not keep the others from it; the run fails in the end all the same.
      await done(runUseCase(launchOccurrence, { id }, asScheduler(run))).catch((error: unknown) => failed.push(error))
    }
    await actUponEvents(run)
    if (failed.length > 0) throw failed[0]
  },
}

async function actUponEvents(run: JobRun): Promise<void> {
  const last = await lastWaiting(run.database)
  // What a campaign under way is about is only known when it has its items: nobody is asked twice for a minute's haste.
  if (last === null || (await isLaunching(run.database))) return
  const upTo = String(last)
  for (const { id } of await findOnEvents(run.database)) {
    const respond = () => done(runUseCase(respondToEvents, { id, upTo }, asScheduler(run)))
    let parts = 0
    while (await respond()) {
      parts += 1
      // More next time: the events wait until all they touched has been asked about.
      if (parts === partsMax) return
    }
  }
  await done(runUseCase(loseCertified, { upTo }, asScheduler(run)))
}

/** Whether there was something to do: a refusal says that there was not, or that somebody else was quicker. */
async function done(running: Promise<unknown>): Promise<boolean> {
  try {
    await running
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'conflict') return false
    throw error
  }
}

const asScheduler = ({ database, now, runId: requestId }: JobRun) => ({
  database,
  actor: systemActor('scheduler'),
  now,
  newId: () => v7(),
  requestId,
})
