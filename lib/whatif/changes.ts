import type { Picture } from '@/lib/gaps/picture'
import type { LayerId } from '@/lib/layers'
import type { OwnershipScope } from '@/lib/ownership/model'

/** A change that is asked about before it is made. Ids are those of the picture. */
export type SupposedChange =
  | { kind: 'dissolve_team'; teamId: string }
  | {
      kind: 'person_leaves'
      personId: string
      /** Teams of which the person is the last active member: a picture does not hold memberships. */
      emptiedTeamIds: readonly string[]
    }
  | { kind: 'retire_agent'; agentId: string }
  | {
      kind: 'move_ownership'
      moves: readonly OwnershipMove[]
      toTeamId: string
      /** Whether the team's own lead names it, which is its acceptance. */
      accepted: boolean
    }

/** One ownership that is to be handed to another team. */
export interface OwnershipMove {
  /** The assignment that stands there now. */
  assignmentId: string
  layer: LayerId
  scope: OwnershipScope
  subjectId: string | null
}

/** The id under which a picture holds the assignment that takes the place of another. */
export const successorId = (assignmentId: string) => `after:${assignmentId}`

/**
 * The picture as it would be: with all that the real change brings at once, and nothing more. A dissolved team stays
 * owner, a person who leaves hands over nothing by that alone, a retired agent's bindings are revoked.
 */
export function supposing(picture: Picture, changes: readonly SupposedChange[], now: number): Picture {
  return changes.reduce((before, change) => withChange(before, change, now), picture)
}

function withChange(picture: Picture, change: SupposedChange, now: number): Picture {
  switch (change.kind) {
    case 'dissolve_team':
      return { ...picture, teams: changed(picture.teams, [change.teamId], { status: 'dissolved' }) }
    case 'person_leaves':
      return {
        ...picture,
        people: changed(picture.people, [change.personId], { status: 'left' }),
        teams: changed(picture.teams, change.emptiedTeamIds, { hasActiveMember: false }),
      }
    case 'retire_agent': {
      const bindings = [...picture.bindings.values()].filter(({ agentId }) => agentId === change.agentId)
      return {
        ...picture,
        agents: changed(picture.agents, [change.agentId], { lifecycle: 'retired' }),
        bindings: changed(
          picture.bindings,
          bindings.map(({ id }) => id),
          { state: 'revoked' },
        ),
      }
    }
    case 'move_ownership':
      return { ...picture, assignments: handedOver(picture.assignments, change, now) }
  }
}

function handedOver(
  assignments: Picture['assignments'],
  { moves, toTeamId, accepted }: Extract<SupposedChange, { kind: 'move_ownership' }>,
  now: number,
): Picture['assignments'] {
  const after = new Map(assignments)
  for (const { assignmentId } of moves) {
    const standing = after.get(assignmentId)
    if (!standing) continue
    after.set(assignmentId, { ...standing, state: 'ended', validTo: Math.max(standing.validFrom, now) })
    const id = successorId(assignmentId)
    after.set(id, {
      ...standing,
      id,
      teamId: toTeamId,
      personId: null,
      state: accepted ? 'accepted' : 'proposed',
      validFrom: now,
      validTo: null,
      proposedAt: now,
    })
  }
  return after
}

function changed<Fact extends { id: string }>(
  facts: ReadonlyMap<string, Fact>,
  ids: readonly string[],
  change: Partial<Fact>,
): ReadonlyMap<string, Fact> {
  const after = new Map(facts)
  for (const id of ids) {
    const fact = after.get(id)
    if (fact) after.set(id, { ...fact, ...change })
  }
  return after
}
