import type { AssignmentFact, Instant } from '@/lib/gaps/picture'
import { type LayerId, layerIds } from '@/lib/layers'
import { indexLive, type OwnershipTarget, resolveOwner } from '@/lib/ownership/resolve'

/** An assignment as it was recorded at some instant. */
export interface RecordedAssignment
  extends Pick<AssignmentFact, 'id' | 'layer' | 'scope' | 'subjectId' | 'teamId' | 'personId' | 'state'> {
  validFrom: Instant
  validTo: Instant | null
  proposedAt: Instant
  /** When the team said yes or no; null while it has not, and where nobody noted when. */
  decidedAt: Instant | null
}

/**
 * The owner of each layer at an instant, by what is recorded of the assignments. What has ended held until it ended; what
 * was declined never held.
 */
export function ownersAt<Recorded extends RecordedAssignment>(
  target: OwnershipTarget,
  recorded: readonly Recorded[],
  at: Instant,
): Map<LayerId, Recorded> {
  const held = recorded.filter(({ state }) => state !== 'declined')
  const live = indexLive(held.map(asHeld), at)
  const byId = new Map(held.map((assignment) => [assignment.id, assignment]))
  return new Map(
    layerIds.flatMap((layer) => {
      const owner = resolveOwner(target, layer, live)
      const assignment = owner && byId.get(owner.assignmentId)
      return assignment ? [[layer, assignment]] : []
    }),
  )
}

/** What has ended stands until its end, like any other whose end is known. */
function asHeld(assignment: RecordedAssignment): AssignmentFact {
  const state = assignment.state === 'ended' ? 'accepted' : assignment.state
  return { ...assignment, state, unansweredAt: null, unansweredIn: null }
}

/** Whether the team had said yes by then. */
export function confirmedAt({ state, decidedAt }: RecordedAssignment, at: Instant): boolean {
  return decidedAt === null ? state === 'accepted' : state !== 'declined' && decidedAt <= at
}
