import { z } from 'zod'
import { riskTiers } from '@/lib/registry/model'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { defineQuery } from '@/lib/use-cases/define'
import { campaignKinds } from '../model'
import { isAnnounced } from './announced'
import { firstOrderOf } from './order-store'
import { askedOf, scheduledCampaigns } from './upcoming-store'

const upcomingReviews = defineQuery({
  name: 'reviews.upcoming',
  summary: 'What announced campaigns will ask you when they start, as things are now',
  method: 'GET',
  path: '/reviews/upcoming',
  input: z.strictObject({}),
  output: z.object({
    rows: z.array(
      z.object({
        campaign: z.object({ slug: z.string(), name: z.string(), kind: z.enum(campaignKinds) }),
        startsAt: z.iso.datetime(),
        dueOn: z.iso.date().describe('The last day to answer'),
        items: z.number().int(),
        first: z
          .array(z.object({ slug: z.string(), risk: z.enum(riskTiers) }))
          .describe('The first ten, the highest risk first'),
      }),
    ),
  }),
  async handler({ db, actor, now }) {
    const { personId } = actor
    if (personId === null) return { rows: [] }
    const { timeZone } = (await policyOf(db)).reviews
    const rows = []
    for (const campaign of await scheduledCampaigns(db)) {
      const { slug, name, kind, startsAt, definition } = campaign
      const [stage] = definition.stages
      if (!stage || startsAt === null || !isAnnounced(definition.announce, startsAt, now, timeZone)) continue
      const { items, first } = await askedOf(db, personId, definition, await firstOrderOf(db, campaign), now)
      const dueOn = dayAfter(dayIn(startsAt, timeZone), stage.duration)
      if (items > 0)
        rows.push({ campaign: { slug, name, kind }, startsAt: startsAt.toISOString(), dueOn, items, first })
    }
    return { rows }
  },
})

export const upcomingUseCases = { 'reviews.upcoming': upcomingReviews }
