import { z } from 'zod'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { lockCampaign, type StoredCampaign } from '../campaign-store'
import type { CampaignState } from '../model'
import { type CampaignEvent, nextCampaignState } from '../states'
import { askedInFirstStage, beginFirstStage, moveCampaign } from './launch-store'

const input = z.object({ id: z.uuid() })
const output = z.object({})

/** The campaign, held, and the state that the event leads to. */
async function moving(
  { db }: UseCaseContext,
  id: string,
  event: CampaignEvent,
): Promise<{ campaign: StoredCampaign; state: CampaignState }> {
  const campaign = await lockCampaign(db, id)
  const next = nextCampaignState(campaign.state, event)
  if (next.refusal !== undefined) throw new DomainError('wrong_state', next.refusal)
  return { campaign, state: next.state }
}

const eventOf = ({ id, slug, state: before }: StoredCampaign, after: Record<string, string | number>) => ({
  subjectType: 'campaign',
  subjectId: id,
  before: { state: before },
  after: { slug, ...after },
})

/** Starts a scheduled campaign whose time has come. */
export const beginLaunch = defineCommand({
  name: 'campaigns.begin',
  summary: 'Start a campaign whose time has come',
  method: 'POST',
  path: '/campaigns/{id}/begin',
  input,
  output,
  async handler(context, { id }) {
    const { campaign, state } = await moving(context, id, { type: 'start' })
    const { startsAt } = campaign
    // It may have been put off, or begun by another instance, since it was looked up.
    if (campaign.state !== 'scheduled' || startsAt === null || startsAt > context.now)
      throw new DomainError('wrong_state', 'Its time has not come.')
    await moveCampaign(context.db, id, state, null, context.now)
    return { output: {}, event: eventOf(campaign, { state }) }
  },
})

/** Begins the first stage when everybody has been asked. */
export const finishLaunch = defineCommand({
  name: 'campaigns.launched',
  summary: 'Begin the first stage of a campaign that has been launched',
  method: 'POST',
  path: '/campaigns/{id}/launched',
  input,
  output,
  async handler(context, { id }) {
    const { db, now } = context
    const { campaign, state } = await moving(context, id, { type: 'launched' })
    if (campaign.picturedAt === null || campaign.itemsReady < campaign.items)
      throw new DomainError('wrong_state', 'Not everybody has been asked yet.')
    const { dueOn } = await beginFirstStage(db, campaign, now, state)
    const { reviewers, without } = await askedInFirstStage(db, id)
    const { items } = campaign
    return { output: {}, event: eventOf(campaign, { state, items, reviewers, withoutReviewer: without, dueOn }) }
  },
})

/** Gives a campaign back that has nothing to ask about. */
export const giveUpLaunch = defineCommand({
  name: 'campaigns.giveUp',
  summary: 'Give a campaign back that has nothing to ask about',
  method: 'POST',
  path: '/campaigns/{id}/give-up',
  input: input.extend({ trouble: z.string() }),
  output,
  async handler(context, { id, trouble }) {
    const { campaign, state } = await moving(context, id, { type: 'give_up' })
    if (campaign.picturedAt !== null) throw new DomainError('wrong_state', 'Its items are there already.')
    await moveCampaign(context.db, id, state, trouble, context.now)
    return { output: {}, event: { ...eventOf(campaign, { state }), reason: trouble } }
  },
})
