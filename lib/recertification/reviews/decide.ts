import { type Json, toJson } from '@/lib/audit/model'
import { groupBy } from '@/lib/gaps/grouping'
import { policyOf } from '@/lib/settings/store'
import { dayIn, startOfDay } from '@/lib/time/calendar'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { askReviewers } from '../launch/reviewers-store'
import { personOfAccount, timeZoneOf } from '../people-store'
import { countOpen, type NewDecision, targetsOf, withoutReviewer, writeDecisions } from './decide-store'
import { type Refusal, refuseDecision } from './decision-rules'
import { type HeldCampaign, holdItems } from './held-store'
import { askedAbout, getItems, type StoredAsked, type StoredItem } from './item-store'
import { peopleOf } from './list'
import { type AskedDecision, decidedSchema, decideInput } from './model'
import { assess } from './view'
import { exactInstant } from './words'

/** All that the decisions of one command are looked at against. */
interface Bench {
  personId: string
  people: string[]
  held: ReadonlyMap<string, HeldCampaign>
  items: ReadonlyMap<string, StoredItem>
  asked: ReadonlyMap<string, StoredAsked>
  targets: Awaited<ReturnType<typeof targetsOf>>
  /** Where days end for those whose own time zone nobody knows, and where they end for the one who decides. */
  timeZone: string
  zone: string
  today: string
}

/**
 * Decides on items: all of them or none. Campaigns are held where they are meanwhile, so that closing waits or comes
 * first, and items are locked, so that of two who decide at once the second is told who was quicker.
 */
export const decideReviews = defineCommand({
  name: 'reviews.decide',
  summary: 'Answer items you are asked about: certify, reassign, revoke, give back or put off',
  method: 'POST',
  path: '/reviews/decisions',
  input: decideInput,
  output: decidedSchema,
  async handler(context, { decisions }) {
    const { db, newId } = context
    const bench = await benchOf(context, decisions)
    assertDecidable(decisions, bench)
    const batch = { id: newId(), size: decisions.length }
    const written = decisions.map((decision) => newDecision(context, decision, bench))
    await writeDecisions(context, bench.personId, batch, written)
    const without = await passOn(context, written, bench)
    return {
      output: {
        batch: batch.id,
        decided: written.length,
        open: await countOpen(db, bench.people),
        withoutReviewer: without,
      },
      event: {
        ...subjectOf(written, batch.id),
        after: { batch: batch.id, decisions: written.map((decision) => said(decision, bench)) },
      },
    }
  },
})

/** One campaign is the subject; a batch across several is its own. */
export function subjectOf(decisions: readonly { campaign: string }[], batch: string) {
  const [first, ...others] = new Set(decisions.map(({ campaign }) => campaign))
  return first !== undefined && others.length === 0
    ? { subjectType: 'campaign', subjectId: first }
    : { subjectType: 'review_batch', subjectId: batch }
}

/** A decision as the audit log keeps it: for good, with what was seen. */
function said(decision: NewDecision, { items }: Bench): Json {
  const { campaign: _campaign, seen: _seen, ...rest } = decision
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  return toJson({ ...kept, subject: items.get(decision.item)?.subject })
}

async function benchOf(context: UseCaseContext, decisions: readonly AskedDecision[]): Promise<Bench> {
  const { db, actor, now } = context
  if (actor.personId === null) throw new DomainError('forbidden', 'Only a person of the registry can do this.')
  const ids = decisions.map(({ item }) => item)
  const named = (field: 'toTeam' | 'toPerson') =>
    [...new Set(decisions.map((decision) => decision[field]))].filter((key) => key !== undefined)
  const held = await holdItems(db, ids, now)
  const people = await peopleOf(context)
  const { timeZone } = (await policyOf(db)).reviews
  const zone = await timeZoneOf(db, actor.personId, timeZone)
  return {
    personId: actor.personId,
    people,
    held,
    items: await getItems(db, ids, now),
    asked: await askedAbout(db, ids, people),
    targets: await targetsOf(db, named('toTeam'), named('toPerson')),
    timeZone,
    zone,
    today: dayIn(now, zone),
  }
}

function refusalOf(decision: AskedDecision, bench: Bench): Refusal | null {
  const item = bench.items.get(decision.item)
  const held = item && bench.held.get(item.campaignId)
  if (!item || !held) return { code: 'not_found', field: 'item', message: 'You are not asked about any such item.' }
  const { campaign, stage, over } = held
  return refuseDecision(decision, {
    item,
    campaign: {
      name: campaign.name,
      state: campaign.state,
      stage: campaign.stage,
      selfReview: campaign.definition.selfReview,
      over,
    },
    today: bench.today,
    dueOn: stage?.dueOn ?? bench.today,
    asked: bench.asked.get(decision.item) ?? null,
    personId: bench.personId,
    answeredBy: item.decision && { name: item.decision.by, at: exactInstant(item.decision.at) },
    team: (decision.toTeam !== undefined && bench.targets.teams.get(decision.toTeam)) || null,
    person: (decision.toPerson !== undefined && bench.targets.people.get(decision.toPerson)) || null,
  })
}

const namedMax = 100

/** @throws DomainError naming every item that cannot be decided so; then nothing is. */
function assertDecidable(decisions: readonly AskedDecision[], bench: Bench): void {
  const seen = new Set<string>()
  const refusals = decisions.flatMap((decision, index) => {
    const isTwice = seen.has(decision.item)
    seen.add(decision.item)
    const refusal: Refusal | null = isTwice
      ? { code: 'invalid_input', field: 'item', message: 'This item is named twice' }
      : refusalOf(decision, bench)
    return refusal ? [{ ...refusal, field: `decisions[${index}].${refusal.field}` }] : []
  })
  const [first] = refusals
  if (!first) return
  const others =
    refusals.length > 1
      ? ` ${refusals.length - 1} more cannot be decided so either; nothing was.`
      : decisions.length > 1
        ? ' Nothing was decided.'
        : ''
  const sentence = /[.!?]$/.test(first.message) ? first.message : `${first.message}.`
  throw new DomainError(first.code, sentence + others, {
    fields: refusals.slice(0, namedMax).map(({ field, message }) => ({ field, message })),
  })
}

function newDecision({ newId }: UseCaseContext, decision: AskedDecision, bench: Bench): NewDecision {
  const item = bench.items.get(decision.item)
  const asked = bench.asked.get(decision.item)
  if (!item || !asked) throw new Error('A decision is written when it was found decidable')
  const { later, recommendation } = assess(item)
  return {
    id: newId(),
    item: item.id,
    campaign: item.campaignId,
    stage: item.stage,
    verdict: decision.verdict,
    for: asked.for?.id ?? null,
    comment: decision.comment || null,
    toTeam: (decision.toTeam && bench.targets.teams.get(decision.toTeam)?.id) ?? null,
    toPerson: (decision.toPerson && bench.targets.people.get(decision.toPerson)?.id) ?? null,
    deferUntil: decision.deferUntil ? startOfDay(decision.deferUntil, bench.zone).toISOString() : null,
    lookedMs: decision.lookedMs ?? null,
    seen: toJson({ recommendation, later }),
  }
}

/** Asks the fallbacks about what was given back, unless others are asked already; returns how many nobody was found for. */
async function passOn(
  { db, actor, now }: UseCaseContext,
  decisions: readonly NewDecision[],
  bench: Bench,
): Promise<number> {
  const given = decisions.filter(({ verdict }) => verdict === 'not_mine')
  if (given.length === 0) return 0
  const alone = await withoutReviewer(
    db,
    given.map(({ item }) => item),
  )
  // One question for all that were given back for the same reason.
  const groups = groupBy(
    given.filter(({ item }) => alone.has(item)),
    ({ campaign, comment }) => JSON.stringify([campaign, comment]),
  )
  let without = 0
  for (const group of groups.values()) {
    const [first] = group
    const held = first && bench.held.get(first.campaign)
    if (!first || !held?.stage) continue
    const { campaign, stage } = held
    const found = await askReviewers(db, {
      campaignId: campaign.id,
      stage: stage.number,
      items: group.map(({ item }) => item),
      strategies: campaign.definition.stages[stage.number - 1]?.fallbacks ?? [],
      fallbacksFrom: 0,
      note: `${actor.name} says it is not theirs: ${first.comment ?? ''}`,
      dueOn: stage.dueOn,
      now,
      timeZone: bench.timeZone,
      selfReview: campaign.definition.selfReview,
      ownerPersonId: await personOfAccount(db, campaign.ownerId),
    })
    without += found.without
  }
  return without
}
