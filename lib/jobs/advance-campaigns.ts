import { log } from '@/lib/http/log'
import { campaignJobs } from '@/lib/recertification/jobs'
import { type Advancing, advanceCampaign, closeSettledCampaign } from '@/lib/recertification/stages/advance'
import { campaignsReadyToClose, campaignsRunning } from '@/lib/recertification/stages/stage-store'
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
    await eachOf(await campaignsRunning(database), advanceCampaign, advancing)
    await eachOf(await campaignsReadyToClose(database, advancing.clock()), closeSettledCampaign, advancing)
  },
}

async function eachOf(
  ids: readonly string[],
  move: (id: string, advancing: Advancing) => Promise<void>,
  advancing: Advancing,
): Promise<void> {
  for (const id of ids) {
    // The next campaign is none the worse for it.
    await move(id, advancing).catch((error: unknown) =>
      log.error({ err: error, campaign: id, runId: advancing.requestId }, 'A campaign could not be moved on'),
    )
  }
}
