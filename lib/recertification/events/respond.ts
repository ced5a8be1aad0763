import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { idSchema } from '@/lib/registry/model'
import { policyOf } from '@/lib/settings/store'
import { dayIn } from '@/lib/time/calendar'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { campaignJobs } from '../jobs'
import { itemsNamedMax } from '../model'
import { insertLaunching, lockTemplate, nextPart } from '../schedules/store'
import { findToAsk, linkEvents, nameEvents } from './store'
import { becauseOf } from './words'

/** The last event that is looked at: what happens meanwhile waits for the next turn. */
export const upToSchema = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt)

/**
 * Launches one micro-campaign of a template about just what the waiting events touched, for just the reviewers of that.
 * @throws DomainError `conflict` when there is nothing (left) to ask.
 */
export const respondToEvents = defineCommand({
  name: 'campaigns.respond',
  summary: 'Ask again about what something happened to',
  method: 'POST',
  path: '/campaign-templates/{id}/responses',
  input: z.strictObject({ id: idSchema, upTo: upToSchema }),
  output: z.object({ campaign: z.string() }),
  async handler(context, { id, upTo }) {
    const { db, now } = context
    const template = await lockTemplate(db, id)
    const nothing = () => new DomainError('conflict', 'There is nothing to ask about, or it is being asked already.')
    if (template?.schedule.launch !== 'event') throw nothing()
    const { definition, schedule, slug } = template
    // Read under the lock of the template: what another instance asked about meanwhile is asked about.
    const { items, events } = await findToAsk(db, definition, schedule.events, { upTo, now }, itemsNamedMax)
    if (items.length === 0) throw nothing()
    const because = becauseOf(await nameEvents(db, events))
    const { reviews } = await policyOf(db)
    const launched = await insertLaunching(context, template, {
      day: dayIn(now, reviews.timeZone),
      occurrence: await nextPart(db, id, `event-${upTo}`),
      trigger: 'event',
      definition: { ...definition, only: items },
      because,
    })
    if (launched === null) throw nothing()
    await linkEvents(db, events, launched.id)
    await wakeJob(db, campaignJobs.launch)
    return {
      output: { campaign: launched.slug },
      event: {
        subjectType: 'campaign',
        subjectId: launched.id,
        after: { ...launched, state: 'launching', template: slug, items: items.length },
        reason: because,
      },
    }
  },
})
