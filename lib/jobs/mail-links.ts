import { mailLinksJobName } from '@/lib/access/accounts/links'
import { mailLinks } from '@/lib/access/accounts/mail-links'
import { sessionTime } from '@/lib/access/sessions/model'
import type { Job } from './job'

const beginMsMax = 60_000

/** Mails invitations and links to choose a password anew, as soon as they are made. */
export const mailLinksJob: Job = {
  name: mailLinksJobName,
  schedule: '* * * * *',
  atStart: true,
  secondsMax: 120,
  async handle({ database }) {
    const started = performance.now()
    await mailLinks(database, sessionTime(), () => performance.now() - started > beginMsMax)
  },
}
