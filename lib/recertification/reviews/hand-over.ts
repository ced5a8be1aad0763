import { z } from 'zod'
import { personNamed } from '@/lib/registry/references'
import { policyOf } from '@/lib/settings/store'
import { endOfDay } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, type ProblemCode } from '@/lib/use-cases/errors'
import { timeZoneOf } from '../people-store'
import { subjectOf } from './decide'
import { findTargetRows, handOverCounts, moveReviews } from './hand-over-store'
import { type HeldCampaign, holdItems } from './held-store'
import { askedAbout, getItems, type StoredAsked, type StoredItem } from './item-store'
import { peopleOf } from './list'
import { handOverInput, handOversMax } from './model'

interface Moving {
  items: ReadonlyMap<string, StoredItem>
  held: ReadonlyMap<string, HeldCampaign>
  asked: ReadonlyMap<string, StoredAsked>
  /** How the one they go to stands to each item already, and how often each was handed over. */
  targetRows: ReadonlyMap<string, string>
  times: ReadonlyMap<string, number>
  to: { id: string; name: string }
}

/** Hands items to somebody else, who is asked instead: all that are named, or none. */
export const handOverReviews = defineCommand({
  name: 'reviews.handOver',
  summary: 'Hand items you are asked about to somebody else',
  method: 'POST',
  path: '/reviews/hand-over',
  input: handOverInput,
  output: z.object({ handedOver: z.number().int() }),
  async handler(context, { items: named, to: key, reason }) {
    const { db, now, newId } = context
    const ids = [...new Set(named)]
    const to = await receiver(context, key)
    const held = await holdItems(db, ids, now)
    const [items, asked, targetRows, times] = [
      await getItems(db, ids, now),
      await askedAbout(db, ids, await peopleOf(context)),
      await findTargetRows(db, ids, to.id),
      await handOverCounts(db, ids),
    ]
    const moving: Moving = { items, held, asked, targetRows, times, to }
    assertMovable(ids, moving)
    const zone = await timeZoneOf(db, to.id, (await policyOf(db)).reviews.timeZone)
    const moves = ids.map((id) => moveOf(id, moving, zone))
    await moveReviews(context, moves, to.id, reason)
    return {
      output: { handedOver: moves.length },
      event: {
        ...subjectOf(moves, newId()),
        after: { to: to.externalId, items: moves.map(({ item, subject }) => ({ item, subject })) },
        reason,
      },
    }
  },
})

async function receiver(context: UseCaseContext, key: string) {
  const to = await personNamed(context, 'to', key)
  const refuse = (message: string) => new DomainError('refused', `${message}.`, { fields: [{ field: 'to', message }] })
  if (to.status !== 'active') throw refuse(`${to.name} has left; choose somebody who is still here`)
  if (to.id === context.actor.personId) throw refuse('They are yours already')
  return to
}

function refusalOf(id: string, { items, held, asked, targetRows, times, to }: Moving): [ProblemCode, string] | null {
  const item = items.get(id)
  const campaign = item && held.get(item.campaignId)
  const mine = asked.get(id)
  if (!item || !campaign || !mine) return ['not_found', 'You are not asked about any such item.']
  const { subject } = item
  if (campaign.over) return ['wrong_state', campaign.over]
  if (item.state !== 'open' || mine.stage !== item.stage || mine.state !== 'open')
    return ['wrong_state', `${subject} is not open for you any more.`]
  if (item.accountableId === to.id && !campaign.campaign.definition.selfReview)
    return ['refused', `${to.name} answers for ${subject} and therefore does not review it.`]
  if ((times.get(id) ?? 0) >= handOversMax)
    return ['refused', `${subject} was handed over ${handOversMax} times already.`]
  const row = targetRows.get(id)
  if (row === 'open') return ['conflict', `${to.name} is asked about ${subject} as well already.`]
  if (row !== undefined) return ['conflict', `${to.name} was asked about ${subject} before and is no more.`]
  return null
}

function assertMovable(ids: readonly string[], moving: Moving): void {
  const refusals = ids.flatMap((id, index) => {
    const refusal = refusalOf(id, moving)
    return refusal ? [{ code: refusal[0], field: `items[${index}]`, message: refusal[1] }] : []
  })
  const [first] = refusals
  if (!first) return
  throw new DomainError(first.code, ids.length > 1 ? `${first.message} Nothing was handed over.` : first.message, {
    fields: refusals.slice(0, 100).map(({ field, message }) => ({ field, message })),
  })
}

function moveOf(id: string, { items, held, asked }: Moving, zone: string) {
  const item = items.get(id)
  const mine = asked.get(id)
  const stage = item && held.get(item.campaignId)?.stage
  if (!item || !mine || !stage) throw new Error('An item is handed over when it was found movable')
  return {
    item: id,
    campaign: item.campaignId,
    subject: item.subject,
    stage: item.stage,
    from: mine.personId,
    dueAt: endOfDay(stage.dueOn, zone).toISOString(),
  }
}
