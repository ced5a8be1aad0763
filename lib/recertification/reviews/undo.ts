import { z } from 'zod'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { nextItemPosition } from '../states'
import { subjectOf } from './decide'
import { type HeldCampaign, holdItems } from './held-store'
import { undoInput } from './model'
import { findStanding, type StandingDecision, takeBack } from './undo-store'

/** Takes one's own decisions back until their stage ends: all that are named, or none. */
export const undoReviews = defineCommand({
  name: 'reviews.undo',
  summary: 'Take your own decisions back, while their stage runs',
  method: 'POST',
  path: '/reviews/undo',
  input: undoInput,
  output: z.object({ undone: z.number().int() }),
  async handler(context, { batch, items, reason }) {
    const { db, actor, now } = context
    if (actor.personId === null) throw new DomainError('forbidden', 'Only a person of the registry can do this.')
    const before = await findStanding(db, actor.personId, { batch, items })
    const held = await holdItems(
      db,
      before.map(({ item }) => item),
      now,
    )
    // Read again now that they are held: somebody may have taken them back or ended the stage meanwhile.
    const decisions = await findStanding(db, actor.personId, { batch, items })
    assertAll(items, decisions)
    assertUndoable(decisions, held)
    await takeBack(context, actor.personId, decisions, reason ?? null)
    return {
      output: { undone: decisions.length },
      event: {
        ...subjectOf(decisions, batch ?? decisions[0]?.id ?? ''),
        before: decisions.map(({ id, item, subject, verdict }) => ({ id, item, subject, verdict })),
        after: { undone: decisions.length },
        ...(reason !== undefined && { reason }),
      },
    }
  },
})

function assertAll(items: readonly string[] | undefined, decisions: readonly StandingDecision[]): void {
  const found = new Set(decisions.map(({ item }) => item))
  const missing = (items ?? []).filter((id) => !found.has(id))
  if (decisions.length > 0 && missing.length === 0) return
  throw new DomainError('not_found', 'There is no decision of yours to take back, or it was taken back already.', {
    fields: missing.slice(0, 100).map((id) => ({
      field: `items[${items?.indexOf(id)}]`,
      message: 'No decision of yours stands on this item',
    })),
  })
}

/** Why a decision cannot be taken back any more; null when it can. */
function refusalOf(decision: StandingDecision, held: HeldCampaign | undefined): string | null {
  const { subject, stage, itemStage, itemState, outcome, verdict } = decision
  if (!held) return `${subject} is gone.`
  if (held.over) return held.over
  if (itemStage !== stage) return `The stage in which you decided on ${subject} is over.`
  // What was only put off or given back stands as long as nobody has answered.
  if (verdict === 'defer' || verdict === 'not_mine')
    return itemState === 'open' ? null : `${subject} has been answered since.`
  const { refusal } = nextItemPosition({ state: itemState, stage: itemStage, outcome }, { type: 'undo' })
  return refusal === undefined ? null : `${subject}: ${refusal}`
}

/** @throws DomainError `wrong_state` naming what stands for good; then nothing is taken back. */
function assertUndoable(decisions: readonly StandingDecision[], held: ReadonlyMap<string, HeldCampaign>): void {
  const refusals = decisions.flatMap((decision) => refusalOf(decision, held.get(decision.campaign)) ?? [])
  const [first] = refusals
  if (first !== undefined)
    throw new DomainError(
      'wrong_state',
      refusals.length > 1 ? `${first} The same goes for ${refusals.length - 1} more; nothing was taken back.` : first,
    )
}
