import { keptDays } from '@/lib/contracts/decision-log/model'
import { forgetSamples } from '@/lib/contracts/decision-log/store'
import { dayMs } from '@/lib/gaps/wording'
import type { Job } from './job'

/** Forgets logged decisions that are too old to say how a point decides today. The next evaluation closes what rested on them. */
export const sweepDecisionsJob: Job = {
  name: 'decisionLogs.sweep',
  schedule: '41 3 * * *',
  atStart: false,
  secondsMax: 300,
  async handle({ database, now }) {
    await forgetSamples(database, new Date(now.getTime() - keptDays * dayMs))
  },
}
