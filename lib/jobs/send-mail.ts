import { mailSettings } from '@/lib/mail/settings'
import { campaignJobs } from '@/lib/recertification/jobs'
import { sendDigests } from '@/lib/recertification/mail/send'
import type { Job } from './job'

/** No further mail begins after this: each may wait for a slow server, and a run has to end in time. */
const beginMsMax = 200_000

/** Tells people what waits for them, once a day at most, from the hour on at which their day begins. */
export const sendMailJob: Job = {
  name: campaignJobs.mail,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 300,
  async handle({ database, now }) {
    const started = performance.now()
    const elapsed = () => performance.now() - started
    const clock = () => new Date(now.getTime() + elapsed())
    await sendDigests({ database, settings: mailSettings(), clock, isLate: () => elapsed() > beginMsMax })
  },
}
