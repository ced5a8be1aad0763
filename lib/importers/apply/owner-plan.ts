import { isDeepStrictEqual } from 'node:util'
import type { AssignmentState } from '@/lib/ownership/model'
import type { Estate } from '../estate/model'
import type { ImportKind } from '../model'

type Owner = Estate['owners'][number]

/** One assignment that a layer of a subject has or had, oldest first in a history. */
export interface PastOwner {
  id: string
  team: string
  person: string | null
  /** Who may succeed the person, first in line first. */
  deputies: readonly string[]
  state: AssignmentState
  validFrom: Date
  validTo: Date | null
  decidedAt: Date | null
  source: string
}

/** An assignment as it will be written. */
export interface OwnerDraft {
  team: string
  person: string | null
  state: AssignmentState
  validFrom: Date
  validTo: Date | null
  proposedAt: Date
  decidedAt: Date | null
}

/** What an import makes of one owner that a file names. */
export type OwnerPlan =
  | { action: 'unchanged'; present: PastOwner }
  /** The same owner with other deputies. */
  | { action: 'deputise'; present: PastOwner; deputies: readonly string[] }
  /** A person decided otherwise, and that stands. */
  | { action: 'conflict'; present: PastOwner; message: string }
  /** The same owner moves on: accepted, declined or ended. */
  | { action: 'decide'; present: PastOwner; state: AssignmentState; at: Date }
  | { action: 'create'; draft: OwnerDraft; replaces: PastOwner | null; endsAt: Date }

const isStanding = ({ state }: PastOwner) => state === 'proposed' || state === 'accepted'
const latest = (...instants: readonly (Date | null | undefined)[]) =>
  new Date(Math.max(...instants.map((instant) => instant?.getTime() ?? 0)))
/** When something was said or decided: as the file has it, but nothing is decided in the future, even if it only counts from then. */
const past = (since: Date | undefined, now: Date) => (since && since < now ? since : now)
export const dayOf = (instant: Date) => instant.toISOString().slice(0, 10)

/**
 * Compares an owner in a file with the history of its layer and subject. What a person has set, declined or ended by
 * hand is never overwritten; a proposal displaces nobody who has accepted on another source's word.
 */
export function planOwner(
  owner: Owner,
  history: readonly PastOwner[],
  { now, kind }: { now: Date; kind: ImportKind },
): OwnerPlan {
  const standing = history.findLast(isStanding)
  const isSame = ({ team, person }: PastOwner) => team === owner.team && person === (owner.person ?? null)
  if (owner.state === 'declined' || owner.state === 'ended') {
    const kept = history.findLast((past) => isSame(past) && past.state === owner.state)
    if (standing && isSame(standing)) return decide(standing, owner, now)
    return kept
      ? { action: 'unchanged', present: kept }
      : { action: 'create', ...pastDraft(owner, now), replaces: null, endsAt: now }
  }
  if (!standing) return revive(owner, history, history.findLast(isSame), now)
  if (isSame(standing)) {
    const isFurther = owner.state === 'accepted' && standing.state === 'proposed'
    return isFurther ? decide(standing, owner, now) : deputise(standing, owner.deputies)
  }
  const refusal = displacementRefusal(owner, standing, kind)
  if (refusal) return { action: 'conflict', present: standing, message: refusal }
  // The registry does not rewrite who owned it until now: the new owner begins where the old one ends.
  const begins = latest(owner.since && owner.since > now ? owner.since : now, standing.validFrom)
  return { action: 'create', draft: draftOf(owner, begins, now), replaces: standing, endsAt: begins }
}

function decide(present: PastOwner, owner: Owner, now: Date): OwnerPlan {
  if (present.source === 'person') {
    return {
      action: 'conflict',
      present,
      message: `It was set by hand and is ${present.state}; the file says ${owner.state}`,
    }
  }
  const at = owner.state === 'accepted' ? past(owner.since, now) : now
  return { action: 'decide', present, state: owner.state, at }
}

/** Deputies are kept where the file is silent on them, and where a person has set the owner by hand. */
function deputise(present: PastOwner, deputies: readonly string[] | undefined): OwnerPlan {
  if (deputies === undefined || isDeepStrictEqual(deputies, present.deputies)) return { action: 'unchanged', present }
  return present.source === 'person'
    ? { action: 'conflict', present, message: 'It was set by hand, and its deputies are kept' }
    : { action: 'deputise', present, deputies }
}

/** Nobody holds it: named anew, unless this very owner has declined or was ended since the file says they began. */
function revive(owner: Owner, history: readonly PastOwner[], former: PastOwner | undefined, now: Date): OwnerPlan {
  const over = former && (former.state === 'declined' ? former.decidedAt : former.validTo)
  if (former && over && (owner.since ?? new Date(0)) <= over) {
    const message = `${owner.team} ${former.state === 'declined' ? 'declined it' : 'was ended'} on ${dayOf(over)}; give a later "since" to name it again`
    return { action: 'conflict', present: former, message }
  }
  const begins = latest(
    owner.since ?? now,
    ...history.filter(({ state }) => state === 'ended').map((past) => past.validTo),
  )
  return { action: 'create', draft: draftOf(owner, begins, now), replaces: null, endsAt: now }
}

function displacementRefusal(owner: Owner, standing: PastOwner, kind: ImportKind): string | null {
  if (standing.team === owner.replaces) return null
  if (standing.source === 'person')
    return `${standing.team} was set by hand since ${dayOf(standing.validFrom)}; the file says ${owner.team}`
  if (owner.state === 'proposed' && standing.state === 'accepted' && standing.source !== kind) {
    return `${standing.team} has accepted it; a proposal of ${owner.team} does not displace it`
  }
  return null
}

function draftOf(owner: Owner, begins: Date, now: Date): OwnerDraft {
  return {
    team: owner.team,
    person: owner.person ?? null,
    state: owner.state,
    validFrom: begins,
    validTo: null,
    proposedAt: past(owner.since, now),
    decidedAt: owner.state === 'accepted' ? past(owner.since, now) : null,
  }
}

/** One that is over already. Its range is empty: it supplies nothing and is in nobody's way. */
function pastDraft(owner: Owner, now: Date): { draft: OwnerDraft } {
  const at = past(owner.since, now)
  return { draft: { ...draftOf(owner, at, now), validTo: at, decidedAt: at } }
}
