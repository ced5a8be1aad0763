import { settle } from '@/lib/estate/settle'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { writeDeputies } from './deputies-store'
import { assignmentName } from './model'
import { holdsOrLeads, type NamedOwner } from './owner-named'
import {
  type Named,
  replaceAssignments,
  type StandingAssignment,
  standingAt,
  subjectColumns,
  type Target,
  targetKey,
} from './target-store'

/** One layer of one subject that is to have this owner. */
export interface OwnerChange {
  target: Target
  owner: NamedOwner
  /** The assignment that was there when the caller looked, null for none; undefined when they did not look. */
  expected: string | null | undefined
  /** Why this one, where it differs from why all of them. */
  reason?: string
}

/** What naming owners came to. */
export interface NamedOwners {
  created: string[]
  ended: string[]
  /** How many were owned by exactly this team and person already. */
  unchanged: number
}

const nameOf = ({ layer, scope, subjectSlug }: Target) => assignmentName(layer, scope, subjectSlug)

interface Naming {
  reason: string
  validFrom: Date
}

/**
 * Sets owners, all of them or none, and brings cells, gaps and successions in line. Whoever acts has to lead or hold
 * what they replace, and a cell that somebody else has changed since they looked is refused. The caller holds the lock
 * of the estate.
 */
export async function nameOwners(
  context: UseCaseContext,
  changes: readonly OwnerChange[],
  naming: Naming,
): Promise<NamedOwners> {
  const named = await writeOwners(context, changes, naming)
  if (named.created.length === 0) {
    const teams = [...new Set(changes.map(({ owner }) => owner.team.name))].join(', ')
    throw new DomainError('conflict', `${teams} owns that already; nothing changed.`)
  }
  await settle(context, { assignments: [...named.created, ...named.ended] })
  return named
}

/** What `nameOwners` does, for callers who change more than that and settle it all at once. */
export async function writeOwners(
  context: UseCaseContext,
  changes: readonly OwnerChange[],
  { reason, validFrom }: Naming,
): Promise<NamedOwners> {
  const { db, actor, now } = context
  const keys = new Set(changes.map(({ target }) => keyOf(target)))
  if (keys.size < changes.length)
    throw new DomainError('invalid_input', 'The same layer of the same subject is named twice.')
  const standing = await standingAt(
    db,
    changes.map(({ target }) => target),
  )
  const created: (Named & { id: string })[] = []
  const deputies: { assignmentId: string; personIds: readonly string[] }[] = []
  const ended: string[] = []
  for (const { target, owner, expected, reason: because = reason } of changes) {
    const current = standing.get(keyOf(target))
    assertMayReplace(context, target, current)
    assertExpected(target, expected, current)
    if (current && current.teamId === owner.team.id && current.personId === owner.personId) continue
    if (current && current.validFrom > validFrom)
      throw new DomainError('conflict', `Another owner is already named there from ${current.validFrom.toISOString()}.`)
    if (current) ended.push(current.id)
    // The team's own lead naming the team is its acceptance.
    const accepted = actor.leadOf.has(owner.team.id)
    const id = context.newId()
    if (owner.deputyIds.length > 0) deputies.push({ assignmentId: id, personIds: owner.deputyIds })
    created.push({
      id,
      layer: target.layer,
      scope: target.scope,
      ...subjectColumns(target),
      teamId: owner.team.id,
      personId: owner.personId,
      state: accepted ? 'accepted' : 'proposed',
      validFrom,
      proposedAt: now,
      setBy: actor.name,
      reason: because,
      ...(accepted && { decidedAt: now, decidedBy: actor.name }),
      replacesId: current?.id ?? null,
      source: 'person',
    })
  }
  await replaceAssignments(db, { ended, created, from: validFrom, now })
  await writeDeputies(db, deputies)
  return { created: created.map(({ id }) => id), ended, unchanged: changes.length - created.length }
}

const keyOf = ({ layer, scope, subjectId }: Target) => targetKey(layer, scope, subjectId)

function assertMayReplace(context: UseCaseContext, target: Target, standing: StandingAssignment | undefined): void {
  if (holdsOrLeads(context.actor, standing)) return
  throw new DomainError(
    'forbidden',
    `${nameOf(target)}: only a governance lead, or whoever holds it now, may hand it on.`,
  )
}

function assertExpected(
  target: Target,
  expected: string | null | undefined,
  standing: StandingAssignment | undefined,
): void {
  if (expected === undefined || expected === (standing?.id ?? null)) return
  const now = standing
    ? `${standing.setBy} set it to ${standing.teamName} at ${standing.proposedAt.toISOString()}`
    : 'its owner was ended'
  throw new DomainError('stale', `${nameOf(target)} changed since you looked: ${now}. Nothing was overwritten.`)
}
