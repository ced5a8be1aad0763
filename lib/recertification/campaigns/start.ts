import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { defined } from '@/lib/registry/changes'
import { policyOf } from '@/lib/settings/store'
import { dayIn, startOfDay } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import type { StoredCampaign } from '../campaign-store'
import { campaignJobs } from '../jobs'
import { countSubjects } from '../launch/scope-store'
import type { CampaignState } from '../model'
import { type CampaignEvent, nextCampaignState } from '../states'
import { moveCampaign } from './campaign-writes-store'
import { assertNames, refuseField } from './naming'
import { moveCampaignInput, savedCampaignSchema } from './shapes'
import { lockedForMove } from './write'

/** The state after it. @throws DomainError `wrong_state` */
function stateAfter(campaign: StoredCampaign, event: CampaignEvent): CampaignState {
  const next = nextCampaignState(campaign.state, event)
  if (next.state === undefined) throw new DomainError('wrong_state', next.refusal)
  return next.state
}

/** Refuses a campaign about nothing, and says where to mend it. */
async function assertCovers({ db, now }: UseCaseContext, campaign: StoredCampaign): Promise<number> {
  const { definition, trigger, parentId } = campaign
  const count = await countSubjects(db, { definition, silentIn: trigger === 'reiteration' ? parentId : null }, now)
  if (count > 0) return count
  const things = definition.kind === 'access' ? 'binding' : 'assignment'
  throw new DomainError('refused', `The scope matches no ${things}: there is nothing to ask about. Widen the scope.`, {
    fields: [{ field: 'definition.scope', message: `Matches no ${things}; widen it` }],
  })
}

const answer = (campaign: StoredCampaign, state: CampaignState) => ({
  id: campaign.id,
  slug: campaign.slug,
  version: campaign.version + 1,
  state,
})

const scheduleCampaign = defineCommand({
  name: 'campaigns.schedule',
  summary: 'Have a draft start by itself on a day, or make a scheduled campaign a draft again',
  method: 'POST',
  path: '/campaigns/{slug}/schedule',
  input: moveCampaignInput.extend({
    startsOn: z.iso
      .date()
      .nullable()
      .describe('The day it starts on, in the time zone of the organisation; null to take it off the schedule'),
  }),
  output: savedCampaignSchema,
  async handler(context, { startsOn, reason, ...input }) {
    const campaign = await lockedForMove(context, startsOn === null ? 'unschedule' : 'schedule', input)
    const state = stateAfter(campaign, { type: startsOn === null ? 'unschedule' : 'schedule' })
    let startsAt: Date | null = null
    if (startsOn !== null) {
      const { timeZone } = (await policyOf(context.db)).reviews
      if (startsOn <= dayIn(context.now, timeZone))
        throw refuseField('startsOn', 'Choose a later day, or start it now by hand')
      await assertNames(context, campaign.definition)
      startsAt = startOfDay(startsOn, timeZone)
    }
    await moveCampaign(context, campaign.id, state, startsAt)
    return {
      output: answer(campaign, state),
      event: {
        subjectType: 'campaign',
        subjectId: campaign.id,
        before: { slug: campaign.slug, state: campaign.state, startsAt: campaign.startsAt?.toISOString() ?? null },
        after: { slug: campaign.slug, state, startsAt: startsAt?.toISOString() ?? null },
        ...defined({ reason }),
      },
    }
  },
})

const startCampaign = defineCommand({
  name: 'campaigns.start',
  summary: 'Launch a campaign now: its picture is taken and its first reviewers are asked, in the background',
  method: 'POST',
  path: '/campaigns/{slug}/start',
  input: moveCampaignInput,
  output: savedCampaignSchema,
  async handler(context, { reason, ...input }) {
    const campaign = await lockedForMove(context, 'start', input)
    const state = stateAfter(campaign, { type: 'start' })
    await assertNames(context, campaign.definition)
    const items = await assertCovers(context, campaign)
    await moveCampaign(context, campaign.id, state, context.now)
    await wakeJob(context.db, campaignJobs.launch)
    return {
      output: answer(campaign, state),
      event: {
        subjectType: 'campaign',
        subjectId: campaign.id,
        before: { slug: campaign.slug, state: campaign.state },
        after: { slug: campaign.slug, state, items },
        ...defined({ reason }),
      },
    }
  },
})

export const campaignStarts = {
  'campaigns.schedule': scheduleCampaign,
  'campaigns.start': startCampaign,
}
