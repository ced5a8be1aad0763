import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { campaignJobs } from '@/lib/recertification/jobs'
import { beginDue, type Launching, launchCampaign } from '@/lib/recertification/launch/launch'
import { campaignsLaunching, noteTrouble } from '@/lib/recertification/launch/launch-store'
import type { Job, JobRun } from './job'

/** No further step begins after this: a picture of half a million items takes a minute, and a run has to end in time. */
const beginMsMax = 420_000

/** Starts campaigns whose time has come, and launches those that were started. Woken by the command that starts one. */
export const launchCampaignsJob: Job = {
  name: campaignJobs.launch,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 900,
  async handle(run) {
    const launching = launchingOf(run)
    await beginDue(launching)
    for (const id of await campaignsLaunching(run.database)) {
      if (launching.isLate()) return
      await launchCampaign(id, launching).catch((error: unknown) => failed(run.database, id, launching, error))
    }
  },
}

function launchingOf({ database, now, runId }: JobRun): Launching {
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const clock = () => new Date(now.getTime() + elapsed())
  return { database, requestId: runId, clock, isLate: () => elapsed() > beginMsMax }
}

/** The next campaign is none the worse for it. */
async function failed(database: Database, id: string, { clock, requestId }: Launching, error: unknown): Promise<void> {
  log.error({ err: error, campaign: id, runId: requestId }, 'A campaign could not be launched')
  await noteTrouble(database, id, 'The last try to launch it failed. It is tried again every minute.', clock())
}
