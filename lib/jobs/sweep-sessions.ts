import { sweepLinks } from '@/lib/access/accounts/links-store'
import { sessionTime } from '@/lib/access/sessions/model'
import { sweepSessions } from '@/lib/access/sessions/store'
import type { Job } from './job'

const keptDays = 30

/** Forgets sessions, and links to sign in, that have been over for a month: the audit log has when they began and ended. */
export const sweepSessionsJob: Job = {
  name: 'sessions.sweep',
  schedule: '37 3 * * *',
  atStart: false,
  secondsMax: 300,
  async handle({ database }) {
    const before = new Date(sessionTime().getTime() - keptDays * 86_400_000)
    await sweepSessions(database, before)
    await sweepLinks(database, before)
  },
}
