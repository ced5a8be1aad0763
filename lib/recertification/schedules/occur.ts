import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { idSchema } from '@/lib/registry/model'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn, endOfDay } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { campaignJobs } from '../jobs'
import { type Definition, itemsNamedMax } from '../model'
import { findFallingDue } from './due-store'
import { matchesSomething } from './in-scope-store'
import { dueLaunch, firstLaunch } from './next-launch'
import { insertLaunching, isLaunching, lockTemplate, nextPart, planNext, type ScheduledTemplate } from './store'

const notDue = () => new DomainError('conflict', 'It is not due any more, or being launched already.')

interface Due {
  definition: Definition
  /** Whether more is due than one campaign may name. */
  hasMore: boolean
}

/** What the template asks about today; null when there is nothing. */
async function dueOf({ db, now }: UseCaseContext, { definition, schedule }: ScheduledTemplate): Promise<Due | null> {
  if (schedule.launch !== 'cadence')
    return (await matchesSomething(db, definition, now)) ? { definition, hasMore: false } : null
  // What a campaign under way is about is only known when it has its items.
  if (await isLaunching(db)) throw notDue()
  const { gaps } = await policyOf(db)
  const last = dayAfter(dayIn(now, schedule.timeZone), `P${schedule.leadDays}D`)
  const due = { definition, cadence: gaps.cadenceDays, now, horizon: endOfDay(last, schedule.timeZone) }
  const ids = await findFallingDue(db, due, itemsNamedMax + 1)
  if (ids.length === 0) return null
  return { definition: { ...definition, only: ids.slice(0, itemsNamedMax) }, hasMore: ids.length > itemsNamedMax }
}

/**
 * Launches what is due of a template that recurs or collects what falls due, once however many ask for it, and plans the
 * next time. When nothing is in its scope, that is noted on the template, and the next time is tried again. Collects more
 * than one campaign may name in several, one after the other, the riskiest first.
 */
export const launchOccurrence = defineCommand({
  name: 'campaigns.occur',
  summary: 'Launch what is due of a template',
  method: 'POST',
  path: '/campaign-templates/{id}/occurrences',
  input: z.strictObject({ id: idSchema }),
  output: z.object({ campaign: z.string().nullable() }),
  async handler(context, { id }) {
    const { db, now } = context
    const template = await lockTemplate(db, id)
    if (template === null || template.schedule.launch === 'event') throw notDue()
    const { schedule, nextOn, nextAt } = template
    if (nextOn === null || nextAt === null) {
      const first = firstLaunch(schedule, now)
      if (first) await planNext(db, id, first)
      return noted(template, { nextOn: first?.on ?? null })
    }
    // Read under the lock: another instance may have launched it while this one waited.
    if (nextAt > now) throw notDue()
    const { occurrence: day, next } = dueLaunch(schedule, nextOn.toISOString().slice(0, 10), now)
    const due = await dueOf(context, template)
    if (!due?.hasMore) await planNext(db, id, next)
    if (due === null) return noted(template, { nextOn: next.on, day, launched: 'nothing: nothing in its scope is due' })
    const isCadence = schedule.launch === 'cadence'
    const launched = await insertLaunching(context, template, {
      day,
      occurrence: isCadence ? await nextPart(db, id, day) : day,
      trigger: isCadence ? 'cadence' : 'schedule',
      definition: due.definition,
      because: null,
    })
    if (launched === null) return noted(template, { nextOn: next.on, day, launched: 'nothing: it was launched before' })
    await wakeJob(db, campaignJobs.launch)
    return {
      output: { campaign: launched.slug },
      event: {
        subjectType: 'campaign',
        subjectId: launched.id,
        after: { ...launched, state: 'launching', template: template.slug, day },
      },
    }
  },
})

const noted = ({ id, slug }: ScheduledTemplate, after: Record<string, string | null>) => ({
  output: { campaign: null },
  event: { subjectType: 'campaign_template', subjectId: id, after: { slug, ...after } },
})
