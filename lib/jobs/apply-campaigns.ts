import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { campaignsClosing, noteTrouble } from '@/lib/recertification/closing/batch-store'
import { closeCampaign } from '@/lib/recertification/closing/close-campaign'
import { campaignJobs } from '@/lib/recertification/jobs'
import { DomainError } from '@/lib/use-cases/errors'
import type { Job } from './job'

/** No further batch begins after this: each takes seconds, and a run of a job has to end in time. */
const beginMsMax = 420_000

/** Applies what campaigns that are being closed have decided. Woken by whatever closes one. */
export const applyCampaignsJob: Job = {
  name: campaignJobs.apply,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 900,
  async handle({ database, now, runId: requestId }) {
    const started = performance.now()
    const elapsed = () => performance.now() - started
    const clock = () => new Date(now.getTime() + elapsed())
    const closing = { database, requestId, clock, isLate: () => elapsed() > beginMsMax }
    for (const { id } of await campaignsClosing(database)) {
      if (closing.isLate()) return
      await closeCampaign(id, closing).catch((error: unknown) => failed(database, id, requestId, error))
    }
  },
}

/** The next campaign is none the worse for it. */
async function failed(database: Database, id: string, runId: string, error: unknown): Promise<void> {
  // Another instance was quicker, and has closed it.
  if (error instanceof DomainError && error.code === 'wrong_state') return
  log.error({ err: error, campaign: id, runId }, 'A campaign could not be closed')
  await noteTrouble(database, id, 'The last try to apply its decisions failed. It is tried again every minute.')
}
