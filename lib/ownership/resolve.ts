import type { AssignmentFact, Instant } from '@/lib/gaps/picture'
import { enforcementLayer, type LayerId, layerIds, layerOf } from '@/lib/layers'
import type { OwnershipScope } from './model'

/** Who answers for a layer, and from which scope the answer comes. */
export interface EffectiveOwner {
  assignmentId: string
  source: OwnershipScope
}

/** What an owner is asked for: a binding with all it hangs on, or an agent by itself (everything else null). */
export interface OwnershipTarget {
  bindingId: string | null
  agentId: string
  toolId: string | null
  /** The tool's application, an enforcement point. */
  applicationId: string | null
}

interface Step {
  scope: OwnershipScope
  ownerBySubject: Map<string, EffectiveOwner>
}

/** Per layer the scopes that may supply it, most specific first, each with its live assignments by subject. */
export type LiveAssignments = ReadonlyMap<LayerId, readonly Step[]>

/** The organisation has no id of its own; its assignments are kept under this one. */
const organisationKey = ''

/** Whether the assignment stands for its cell now or at a later time: named, and neither declined nor over. */
export function isStanding(assignment: Pick<AssignmentFact, 'state' | 'validTo'>, now: Instant): boolean {
  const held = assignment.state === 'proposed' || assignment.state === 'accepted'
  return held && (assignment.validTo === null || now < assignment.validTo)
}

/** Whether the assignment supplies an owner now. A proposed one does; a declined or ended one supplies nothing. */
export function isLive(assignment: Pick<AssignmentFact, 'state' | 'validFrom' | 'validTo'>, now: Instant): boolean {
  return assignment.validFrom <= now && isStanding(assignment, now)
}

const precedences = new Map(layerIds.map((layer) => [layer, precedenceOf(layer)]))

function precedenceOf(id: LayerId): readonly OwnershipScope[] {
  const layer = layerOf(id)
  const anchors = layer.naturalAnchor === 'agent' ? (['agent', 'tool'] as const) : (['tool', 'agent'] as const)
  const inherited = anchors.flatMap((anchor): OwnershipScope[] =>
    anchor === 'tool' && id === enforcementLayer ? ['tool', 'enforcement_point'] : [anchor],
  )
  return ['binding', ...inherited, ...(layer.inheritsFromOrganisation ? (['organisation'] as const) : [])]
}

/** The scopes that may supply this layer's owner, most specific first. A scope not listed never supplies it. */
export function precedence(layer: LayerId): readonly OwnershipScope[] {
  return precedences.get(layer) ?? []
}

/**
 * Sorts the assignments that are live at `now` into the steps that resolution climbs. The database allows one live
 * assignment per cell; should bad data hold two, the smaller id wins, so that the order they come in never matters.
 */
export function indexLive(assignments: Iterable<AssignmentFact>, now: Instant): LiveAssignments {
  const stepsByLayer = new Map<LayerId, Step[]>()
  for (const layer of layerIds) {
    const steps = precedence(layer).map((scope) => ({ scope, ownerBySubject: new Map<string, EffectiveOwner>() }))
    stepsByLayer.set(layer, steps)
  }
  for (const assignment of assignments) {
    const step = stepsByLayer.get(assignment.layer)?.find(({ scope }) => scope === assignment.scope)
    const key = assignment.scope === 'organisation' ? organisationKey : assignment.subjectId
    if (!step || key === null || !isLive(assignment, now)) continue
    const rival = step.ownerBySubject.get(key)
    if (rival && rival.assignmentId <= assignment.id) continue
    step.ownerBySubject.set(key, { assignmentId: assignment.id, source: assignment.scope })
  }
  return stepsByLayer
}

/** The effective owner of one layer: the most specific live assignment, or null when nobody owns it. */
export function resolveOwner(target: OwnershipTarget, layer: LayerId, live: LiveAssignments): EffectiveOwner | null {
  for (const { scope, ownerBySubject } of live.get(layer) ?? []) {
    if (ownerBySubject.size === 0) continue
    const subject = subjectAt(target, scope)
    const owner = subject === null ? undefined : ownerBySubject.get(subject)
    if (owner) return owner
  }
  return null
}

/** The effective owner of a layer of an agent by itself, whatever it is bound to. */
export function resolveAgentOwner(agentId: string, layer: LayerId, live: LiveAssignments): EffectiveOwner | null {
  return resolveOwner({ bindingId: null, agentId, toolId: null, applicationId: null }, layer, live)
}

function subjectAt(target: OwnershipTarget, scope: OwnershipScope): string | null {
  switch (scope) {
    case 'binding':
      return target.bindingId
    case 'agent':
      return target.agentId
    case 'tool':
      return target.toolId
    case 'enforcement_point':
      return target.applicationId
    case 'organisation':
      return organisationKey
  }
}
