import { wakeJob } from '@/lib/jobs/wake'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn, endOfDay } from '@/lib/time/calendar'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import type { StoredCampaign } from '../campaign-store'
import { campaignJobs } from '../jobs'
import { askReviewers } from '../launch/reviewers-store'
import type { CampaignState } from '../model'
import { personOfAccount } from '../people-store'
import { type CampaignEvent, nextCampaignState } from '../states'
import { flowsAtEnd } from './ending'
import { endForAll } from './stage-ends-store'
import { countInState, countsIn, decideSilence, moveItems, turnStage } from './stage-store'

/** The state that an event leads to. @throws DomainError `wrong_state` */
export function stateAfter(campaign: Pick<StoredCampaign, 'state'>, event: CampaignEvent): CampaignState {
  const next = nextCampaignState(campaign.state, event)
  if (next.state === undefined) throw new DomainError('wrong_state', next.refusal)
  return next.state
}

/**
 * Ends the stage that a locked campaign is in: items go on to the next stage, whose reviewers are asked, or are settled.
 * After the last the challenge period begins, or closing. Returns what the audit log says of it.
 */
export async function endStage(context: UseCaseContext, campaign: StoredCampaign) {
  const { db, now, newId } = context
  const { id, definition, stage } = campaign
  const isLast = stage >= definition.stages.length
  const settled = stateAfter(campaign, { type: 'stage_ended', isLast })
  const before = await countsIn(db, id, stage)
  const flows = flowsAtEnd(definition, stage)
  // Silence that comes to a revocation is on record like every other answer.
  if (flows.some(({ from, to }) => from.state === 'open' && to.outcome === 'revoke'))
    await decideSilence(db, { campaignId: id, stage, batch: newId(), now })
  await moveItems(db, id, stage, flows)
  const goesOn = isLast ? 0 : await countInStage(context, id, stage + 1)
  // Nothing flows on: a stage about nothing would only make everybody wait.
  const isOver = isLast || goesOn === 0
  const state = isOver ? stateAfter(campaign, { type: 'stage_ended', isLast: true }) : settled
  const begun = isOver ? null : await beginNext(context, campaign)
  await turnStage(db, id, stage, now, begun)
  const end = isOver ? await endingOf(context, campaign, state) : { state, challengeEndsAt: null }
  await db.prisma.campaign.update({
    where: { id },
    data: { ...end, ...(!isOver && { stage: stage + 1 }), version: { increment: 1 }, updatedAt: now },
  })
  if (end.state === 'closing') await wakeJob(db, campaignJobs.apply)
  const items = Object.fromEntries(before.map(({ state: was, outcome, items }) => [outcome ?? was, items]))
  return {
    state: end.state,
    stage: isOver ? stage : stage + 1,
    after: { slug: campaign.slug, state: end.state, stageEnded: stage, items, ...(!isOver && { goesOn }) },
  }
}

async function countInStage({ db }: UseCaseContext, campaignId: string, stage: number): Promise<number> {
  const counts = await countsIn(db, campaignId, stage)
  return counts.reduce((sum, { items }) => sum + items, 0)
}

async function beginNext({ db, now }: UseCaseContext, campaign: StoredCampaign) {
  const { id: campaignId, definition, ownerId } = campaign
  const stage = campaign.stage + 1
  const next = definition.stages[stage - 1]
  if (!next) throw new Error('There is a next stage')
  const { timeZone } = (await policyOf(db)).reviews
  const dueOn = dayAfter(dayIn(now, timeZone), next.duration)
  await askReviewers(db, {
    campaignId,
    stage,
    items: 'open',
    strategies: [next.reviewers, ...next.fallbacks],
    fallbacksFrom: 1,
    dueOn,
    now,
    timeZone,
    selfReview: definition.selfReview,
    ownerPersonId: await personOfAccount(db, ownerId),
  })
  return { dueOn, endsAt: await endForAll(db, { campaignId, stage, dueOn, timeZone }) }
}

/** Where a campaign is after its last stage: those affected may contest for a while, or it closes at once. */
async function endingOf({ db, now }: UseCaseContext, campaign: StoredCampaign, settled: CampaignState) {
  const { id, definition } = campaign
  if (definition.challengePeriod !== null && (await countInState(db, id, 'settled', 'revoke')) > 0) {
    const { timeZone } = (await policyOf(db)).reviews
    const lastDay = dayAfter(dayIn(now, timeZone), definition.challengePeriod)
    return { state: settled, challengeEndsAt: endOfDay(lastDay, timeZone) }
  }
  const state = definition.closes === 'by_itself' ? stateAfter({ state: settled }, { type: 'close' }) : settled
  return { state, challengeEndsAt: null }
}
