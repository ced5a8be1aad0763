import 'server-only'
import { personNamed } from '@/lib/registry/references'
import { policyOf } from '@/lib/settings/store'
import { endOfDay } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import type { StoredCampaign } from '../campaign-store'
import { refuseField } from '../campaigns/naming'
import { timeZoneOf } from '../people-store'
import { nextItemPosition } from '../states'
import { reassignedSchema, reassignInput, sendBackInput, sentBackSchema } from './model'
import { assertRunning, heldCampaign, noteMove } from './run'
import { type Answered, answeredItems, drawCertified, moveOpenItems, sendItemsBack } from './second-look-store'
import { stageOf, stretchStage } from './stage-store'

async function chosenItems(
  context: UseCaseContext,
  campaign: StoredCampaign,
  {
    items,
    sample,
  }: { items?: string[] | undefined; sample?: { size: number; reviewer?: string | undefined } | undefined },
): Promise<Answered[]> {
  const { db, newId } = context
  if ((items === undefined) === (sample === undefined))
    throw refuseField('items', 'Name items, or the size of a sample')
  if (items) {
    const found = await answeredItems(db, campaign.id, campaign.stage, items)
    if (found.length === new Set(items).size) return found
    throw new DomainError('wrong_state', 'Only items that are answered in the stage that runs can be sent back.')
  }
  const reviewer =
    sample?.reviewer === undefined ? null : await personNamed(context, 'sample.reviewer', sample.reviewer)
  const draw = { campaignId: campaign.id, stage: campaign.stage, size: sample?.size ?? 0, seed: newId() }
  const drawn = await drawCertified(db, { ...draw, reviewerId: reviewer?.id ?? null })
  if (drawn.length > 0) return drawn
  throw new DomainError('refused', `Nothing was certified${reviewer ? ` by ${reviewer.name}` : ''} in this stage yet.`)
}

const sendBack = defineCommand({
  name: 'campaigns.sendBack',
  summary: 'Ask for a second look at answered items: those named, or a sample of what was certified',
  method: 'POST',
  path: '/campaigns/{slug}/send-back',
  input: sendBackInput,
  output: sentBackSchema,
  async handler(context, { slug, version, items, sample, request }) {
    const campaign = await heldCampaign(context, { slug, version })
    assertRunning(campaign)
    const chosen = await chosenItems(context, campaign, { items, sample })
    const { refusal } = nextItemPosition(
      { state: 'answered', stage: campaign.stage, outcome: 'certify' },
      { type: 'send_back' },
    )
    if (refusal !== undefined) throw new DomainError('wrong_state', refusal)
    const ids = chosen.map(({ id }) => id)
    await sendItemsBack(context, ids, request)
    await noteMove(context, campaign)
    return {
      output: { sentBack: chosen.length, items: chosen },
      event: {
        subjectType: 'campaign',
        subjectId: campaign.id,
        after: { slug, sentBack: chosen.map(({ subject }) => subject), isSample: sample !== undefined },
        reason: request,
      },
    }
  },
})

const reassignReviewer = defineCommand({
  name: 'campaigns.reassign',
  summary: 'Have somebody else answer what is open for a reviewer',
  method: 'POST',
  path: '/campaigns/{slug}/reassign',
  input: reassignInput,
  output: reassignedSchema,
  async handler(context, { slug, version, from: fromKey, to: toKey, reason }) {
    const { db, actor } = context
    const campaign = await heldCampaign(context, { slug, version })
    assertRunning(campaign)
    const from = await personNamed(context, 'from', fromKey)
    const to = await personNamed(context, 'to', toKey)
    if (to.status !== 'active') throw refuseField('to', `${to.name} has left; choose somebody who is still here`)
    if (to.id === from.id) throw refuseField('to', 'Choose somebody else')
    const { id: campaignId, stage: number, definition } = campaign
    const stage = await stageOf(db, campaignId, number)
    if (!stage) throw new DomainError('wrong_state', 'No stage runs.')
    const zone = await timeZoneOf(db, to.id, (await policyOf(db)).reviews.timeZone)
    const moved = await moveOpenItems(context, {
      ...{ campaignId, stage: number, from: from.id, to: to.id, selfReview: definition.selfReview },
      dueAt: endOfDay(stage.dueOn.toISOString().slice(0, 10), zone),
      note: `${actor.name}: ${reason}`,
    })
    const { timeZone } = (await policyOf(db)).reviews
    await stretchStage(db, { campaignId, stage: number, dueOn: stage.dueOn.toISOString().slice(0, 10), timeZone })
    if (moved.reassigned === 0) {
      throw new DomainError(
        'refused',
        moved.kept > 0
          ? `${to.name} answers for all of it, or was asked already: nothing was reassigned.`
          : `${from.name} has nothing open in this campaign.`,
      )
    }
    await noteMove(context, campaign)
    return {
      output: moved,
      event: {
        subjectType: 'campaign',
        subjectId: campaignId,
        after: { slug, from: from.externalId, to: to.externalId, ...moved },
        reason,
      },
    }
  },
})

export const secondLooks = { 'campaigns.sendBack': sendBack, 'campaigns.reassign': reassignReviewer }
