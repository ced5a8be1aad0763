import { log } from '@/lib/http/log'
import { campaignJobs } from '@/lib/recertification/jobs'
import { advanceCampaign, closeDue } from '@/lib/recertification/stages/advance'
import { campaignsRunning } from '@/lib/recertification/stages/stage-store'
import type { Job } from './job'

/** Moves campaigns on whose time has come. Woken by nothing: it looks every minute. */
export const advanceCampaignsJob: Job = {
  name: campaignJobs.advance,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 900,
  async handle({ database, now, runId: requestId }) {
    const started = performance.now()
    const advancing = { database, requestId, clock: () => new Date(now.getTime() + performance.now() - started) }
    for (const id of await campaignsRunning(database)) {
      // The next campaign is none the worse for it.
      await advanceCampaign(id, advancing).catch((error: unknown) =>
        log.error({ err: error, campaign: id, runId: requestId }, 'A campaign could not be moved on'),
      )
    }
    await closeDue(advancing)
  },
}
