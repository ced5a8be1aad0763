import { type IndexedPicture, indexPicture } from '@/lib/gaps/indexed-picture'
import type { AssignmentFact, BindingFact, Instant, Picture } from '@/lib/gaps/picture'
import { type LayerId, layerIds } from '@/lib/layers'
import { isCredible } from '@/lib/ownership/credible'
import type { OwnerStatus } from '@/lib/ownership/model'

/** Who stands in a cell: the team and how it stands there. No team: nobody owns it, or the binding is gone. */
export interface Standing {
  status: OwnerStatus | 'gone'
  teamId: string | null
}

/** Cells of one layer that change in the same way. */
export interface OwnerChange {
  layer: LayerId
  before: Standing
  after: Standing
  /** The active bindings whose cell it is, sorted by slug. */
  bindings: readonly BindingFact[]
}

/**
 * The cells of active bindings whose owner differs between two pictures, the most frequent change first.
 * What it calls a change is what the register's own materialised cells would show: another team, or another status.
 */
export function ownerDifference(before: Picture, after: Picture, now: Instant): OwnerChange[] {
  const [was, willBe] = [indexPicture(before, now), indexPicture(after, now)]
  const changes = new Map<string, OwnerChange & { bindings: BindingFact[] }>()
  for (const binding of before.bindings.values()) {
    if (binding.state !== 'active') continue
    const remains = after.bindings.get(binding.id)?.state === 'active'
    for (const layer of layerIds) {
      const from = standingOf(binding, layer, was)
      const to: Standing = remains ? standingOf(binding, layer, willBe) : { status: 'gone', teamId: null }
      if (from.status === to.status && from.teamId === to.teamId) continue
      const key = [layer, from.status, from.teamId, to.status, to.teamId].join('|')
      const change = changes.get(key) ?? { layer, before: from, after: to, bindings: [] }
      change.bindings.push(binding)
      changes.set(key, change)
    }
  }
  for (const change of changes.values()) change.bindings.sort((one, other) => (one.slug < other.slug ? -1 : 1))
  return [...changes.values()].sort(
    (one, other) =>
      other.bindings.length - one.bindings.length || layerIds.indexOf(one.layer) - layerIds.indexOf(other.layer),
  )
}

function standingOf(binding: BindingFact, layer: LayerId, picture: IndexedPicture): Standing {
  const owner = picture.ownerOf(binding, layer)
  const assignment = owner && picture.assignments.get(owner.assignmentId)
  if (!assignment) return { status: 'unowned', teamId: null }
  return { status: statusOf(assignment, picture), teamId: assignment.teamId }
}

/** How an owner in office stands: able to answer or not, confirmed or not. */
function statusOf(assignment: AssignmentFact, picture: Picture): OwnerStatus {
  if (!isCredible(assignment, picture)) return 'orphaned'
  return assignment.state === 'accepted' ? 'owned' : 'unconfirmed'
}
