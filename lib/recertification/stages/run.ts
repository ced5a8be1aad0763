import 'server-only'
import { wakeJob } from '@/lib/jobs/wake'
import { defined } from '@/lib/registry/changes'
import { assertFresh } from '@/lib/registry/stale'
import { policyOf } from '@/lib/settings/store'
import { dayIn } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { getCampaign, lockCampaign, type StoredCampaign } from '../campaign-store'
import { refuseField } from '../campaigns/naming'
import { campaignJobs } from '../jobs'
import type { CampaignState } from '../model'
import { mayEnd } from './can'
import { endStage, stateAfter } from './end-stage'
import { extendInput, movedSchema, moveInput, stopInput } from './model'
import { endForAll } from './stage-ends-store'
import { moveDueDay, stageOf, withdrawItems } from './stage-store'

/** The campaign, held, at the version that was looked at. @throws DomainError `not_found` or `stale` */
export async function heldCampaign(
  context: UseCaseContext,
  { slug, version }: { slug: string; version?: number | undefined },
): Promise<StoredCampaign> {
  const { id } = await getCampaign(context.db, slug)
  const campaign = await lockCampaign(context.db, id)
  if (version !== undefined) await assertFresh(context, { type: 'campaign', ...campaign }, version)
  return campaign
}

/** Counts that a held campaign was acted on, so that an act on what somebody saw before is refused as stale. */
export async function noteMove({ db, now }: UseCaseContext, { id }: StoredCampaign): Promise<void> {
  await db.prisma.campaign.update({ where: { id }, data: { version: { increment: 1 }, updatedAt: now } })
}

/** @throws DomainError `wrong_state` unless the campaign is running. */
export function assertRunning(campaign: StoredCampaign): void {
  if (campaign.state !== 'running')
    throw new DomainError('wrong_state', `“${campaign.name}” is not running; its stages are over or have not begun.`)
}

const answer = ({ slug, version }: StoredCampaign, state: CampaignState) => ({ slug, version: version + 1, state })

const about = ({ id }: StoredCampaign) => ({ subjectType: 'campaign', subjectId: id })

const endStageNow = defineCommand({
  name: 'campaigns.endStage',
  summary: 'End the stage a campaign is in, before its time',
  method: 'POST',
  path: '/campaigns/{slug}/end-stage',
  input: moveInput,
  output: movedSchema,
  async handler(context, { reason, ...input }) {
    const campaign = await heldCampaign(context, input)
    assertRunning(campaign)
    const { state, after } = await endStage(context, campaign)
    return {
      output: answer(campaign, state),
      event: {
        ...about(campaign),
        before: { state: campaign.state, stage: campaign.stage },
        after,
        ...defined({ reason }),
      },
    }
  },
})

const extendStage = defineCommand({
  name: 'campaigns.extend',
  summary: 'Give reviewers more time, or less, in the stage that runs',
  method: 'POST',
  path: '/campaigns/{slug}/extend',
  input: extendInput,
  output: movedSchema,
  async handler(context, { dueOn, reason, ...input }) {
    const { db, now } = context
    const campaign = await heldCampaign(context, input)
    assertRunning(campaign)
    const { id, stage: number } = campaign
    const stage = await stageOf(db, id, number)
    const { timeZone } = (await policyOf(db)).reviews
    if (dueOn <= dayIn(now, timeZone)) throw refuseField('dueOn', 'Choose a day after today, or end the stage now')
    const endsAt = await endForAll(db, { campaignId: id, stage: number, dueOn, timeZone })
    await moveDueDay(db, { campaignId: id, number, dueOn, timeZone, endsAt, isByPolicy: false })
    await noteMove(context, campaign)
    const before = { stage: number, dueOn: stage?.dueOn.toISOString().slice(0, 10) ?? null }
    return {
      output: answer(campaign, campaign.state),
      event: { ...about(campaign), before, after: { slug: campaign.slug, stage: number, dueOn }, reason },
    }
  },
})

const stopCampaign = defineCommand({
  name: 'campaigns.stop',
  summary: 'Stop a campaign: nothing is applied, what was answered stays on record',
  method: 'POST',
  path: '/campaigns/{slug}/stop',
  input: stopInput,
  output: movedSchema,
  async handler(context, { reason, ...input }) {
    const { db, now, actor } = context
    const campaign = await heldCampaign(context, input)
    const state = stateAfter(campaign, { type: 'stop' })
    const { id, slug } = campaign
    await withdrawItems(db, id)
    await db.prisma.reviewChallenge.updateMany({
      where: { campaignId: id, state: 'open' },
      data: { state: 'overturned', decidedAt: now, decidedBy: actor.name, note: `The campaign was stopped: ${reason}` },
    })
    if (campaign.stage > 0)
      await db.prisma.campaignStage.updateMany({ where: { campaignId: id, endedAt: null }, data: { endedAt: now } })
    await db.prisma.campaign.update({
      where: { id },
      data: { state, endedAt: now, endedReason: reason, version: { increment: 1 }, updatedAt: now },
    })
    return {
      output: answer(campaign, state),
      event: { ...about(campaign), before: { state: campaign.state }, after: { slug, state }, reason },
    }
  },
})

const closeCampaignNow = defineCommand({
  name: 'campaigns.close',
  summary: 'Apply what a campaign has decided, and close it',
  method: 'POST',
  path: '/campaigns/{slug}/close',
  input: moveInput,
  output: movedSchema,
  async handler(context, { reason, ...input }) {
    const { db, now } = context
    const campaign = await heldCampaign(context, input)
    const state = stateAfter(campaign, { type: 'close' })
    const verdict = await mayEnd(context, campaign, 'close')
    if (verdict !== true) throw new DomainError('refused', verdict)
    const { id, slug } = campaign
    await db.prisma.campaign.update({ where: { id }, data: { state, version: { increment: 1 }, updatedAt: now } })
    await wakeJob(db, campaignJobs.apply)
    return {
      output: answer(campaign, state),
      event: { ...about(campaign), before: { state: campaign.state }, after: { slug, state }, ...defined({ reason }) },
    }
  },
})

export const campaignRuns = {
  'campaigns.endStage': endStageNow,
  'campaigns.extend': extendStage,
  'campaigns.stop': stopCampaign,
  'campaigns.close': closeCampaignNow,
}
