import 'server-only'
import { z } from 'zod'
import { wakeJob } from '@/lib/jobs/wake'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { lockCampaign, type StoredCampaign } from '../campaign-store'
import { campaignJobs } from '../jobs'
import { askReviewers } from '../launch/reviewers-store'
import type { ReviewerStrategy } from '../model'
import { personOfAccount } from '../people-store'
import { endStage, stateAfter } from './end-stage'
import { extendsOnce } from './ending'
import { dueSteps } from './escalate'
import { itemsEscalated, leaveTo, noteEscalation } from './escalation-store'
import { endForAll } from './stage-ends-store'
import { countInState, countsIn, lapseLeavers, moveDueDay, stageOf, stretchStage } from './stage-store'

const input = z.object({ id: z.uuid() })
const output = z.object({})

/** Says that there is nothing to do: another instance was quicker. */
const nothingToDo = () => new DomainError('wrong_state', 'There is nothing to do any more.')

/** A running campaign, held, with the stage it is in. */
async function runningStage(context: UseCaseContext, id: string) {
  const campaign = await lockCampaign(context.db, id)
  const stage = campaign.state === 'running' ? await stageOf(context.db, id, campaign.stage) : null
  const definition = campaign.definition.stages[campaign.stage - 1]
  if (!stage || !definition) throw nothingToDo()
  const { timeZone } = (await policyOf(context.db)).reviews
  return { campaign, stage, definition, timeZone, dueOn: stage.dueOn.toISOString().slice(0, 10) }
}

const eventOf = ({ id, slug }: StoredCampaign, after: Record<string, string | number | string[]>) => ({
  subjectType: 'campaign',
  subjectId: id,
  after: { slug, ...after },
})

async function asking(context: UseCaseContext, campaign: StoredCampaign, strategies: readonly ReviewerStrategy[]) {
  return {
    campaignId: campaign.id,
    stage: campaign.stage,
    strategies,
    now: context.now,
    selfReview: campaign.definition.selfReview,
    ownerPersonId: await personOfAccount(context.db, campaign.ownerId),
  }
}

/** Passes on what people were asked who have left meanwhile: items go on by the fallbacks of their stage. */
export const passOnLeavers = defineCommand({
  name: 'campaigns.passOn',
  summary: 'Pass on what people were asked who have left',
  method: 'POST',
  path: '/campaigns/{id}/pass-on',
  input,
  output,
  async handler(context, { id }) {
    const { campaign, definition, timeZone, dueOn } = await runningStage(context, id)
    const { items, left } = await lapseLeavers(context.db, id, campaign.stage)
    if (left.length === 0) throw nothingToDo()
    // Who follows is a fallback, also when the strategy itself finds somebody else by now.
    const { without } = await askReviewers(context.db, {
      ...(await asking(context, campaign, [definition.reviewers, ...definition.fallbacks])),
      ...{ items, fallbacksFrom: 0, note: `Follows ${left.join(', ')}`, dueOn, timeZone },
    })
    await stretchStage(context.db, { campaignId: id, stage: campaign.stage, dueOn, timeZone })
    const after = { left, passedOn: items.length, withoutReviewer: without }
    return { output: {}, event: eventOf(campaign, after) }
  },
})

/** Takes the escalation steps whose day has come, on items that nobody has answered. Each step once for each item. */
export const escalate = defineCommand({
  name: 'campaigns.escalate',
  summary: 'Ask somebody else about what nobody has answered',
  method: 'POST',
  path: '/campaigns/{id}/escalate',
  input,
  output,
  async handler(context, { id }) {
    const { db, now } = context
    const { campaign, stage, definition, timeZone, dueOn } = await runningStage(context, id)
    let escalated = 0
    for (const { number, step } of dueSteps(definition.escalation, { startedAt: stage.startedAt, now, timeZone })) {
      const items = await itemsEscalated(db, id, campaign.stage, number - 1)
      if (items.length === 0) continue
      const note = `No answer after ${step.after}`
      await askReviewers(db, {
        ...(await asking(context, campaign, [step.to])),
        // The owner is the last resort for items that nobody is asked about, not one more to ask.
        ...{ ownerPersonId: null, items, fallbacksFrom: 1, because: 'escalation', note, dueOn, timeZone },
      })
      if (step.action === 'hand_to') await leaveTo(db, campaign, items, step.to)
      await noteEscalation(db, items, number)
      escalated += items.length
    }
    if (escalated === 0) throw nothingToDo()
    await stretchStage(db, { campaignId: id, stage: campaign.stage, dueOn, timeZone })
    return { output: {}, event: eventOf(campaign, { stage: campaign.stage, escalated }) }
  },
})

/** Ends a stage whose time is over, or gives it more time where the non-response policy says so. */
export const endDueStage = defineCommand({
  name: 'campaigns.stageDue',
  summary: 'End a stage whose time is over',
  method: 'POST',
  path: '/campaigns/{id}/stage-due',
  input,
  output,
  async handler(context, { id }) {
    const { db, now } = context
    const { campaign, stage, definition, timeZone } = await runningStage(context, id)
    if (stage.endsAt > now) throw nothingToDo()
    const open = (await countsIn(db, id, campaign.stage)).find(({ state }) => state === 'open')?.items ?? 0
    if (!extendsOnce(campaign.definition, stage.extended, open)) {
      const { after } = await endStage(context, campaign)
      return { output: {}, event: { subjectType: 'campaign', subjectId: id, after } }
    }
    const dueOn = dayAfter(dayIn(now, timeZone), definition.duration)
    const { number } = stage
    const endsAt = await endForAll(db, { campaignId: id, stage: number, dueOn, timeZone })
    await moveDueDay(db, { campaignId: id, number, dueOn, timeZone, endsAt, isByPolicy: true })
    return { output: {}, event: eventOf(campaign, { stage: number, extendedTo: dueOn, open }) }
  },
})

/** Begins to close a campaign whose stages and challenge period are over. */
export const closeSettled = defineCommand({
  name: 'campaigns.closeSettled',
  summary: 'Close a campaign whose challenge period is over',
  method: 'POST',
  path: '/campaigns/{id}/close-settled',
  input,
  output,
  async handler(context, { id }) {
    const { db, now } = context
    const campaign = await lockCampaign(db, id)
    const { challengeEndsAt, definition } = campaign
    if (definition.closes !== 'by_itself' || (challengeEndsAt !== null && challengeEndsAt > now)) throw nothingToDo()
    const state = stateAfter(campaign, { type: 'close' })
    if ((await countInState(db, id, 'contested')) > 0) throw nothingToDo()
    await db.prisma.campaign.update({ where: { id }, data: { state, version: { increment: 1 }, updatedAt: now } })
    await wakeJob(db, campaignJobs.apply)
    return { output: {}, event: eventOf(campaign, { state }) }
  },
})
