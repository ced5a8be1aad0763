import { type LayerId, layerIds, layerOf } from '@/lib/layers'
import { type EffectiveOwner, indexLive, precedence, resolveAgentOwner, resolveOwner } from '@/lib/ownership/resolve'
import { type DelegationGraph, delegationGraph } from './delegation-graph'
import { append, groupBy, once } from './grouping'
import { type EvidenceWays, evidenceWays } from './indexed-evidence'
import type { AgentFact, AssignmentFact, BindingFact, Instant, Picture, ToolFact } from './picture'

/**
 * A picture with the ways through it that rules need, for one instant. Built in one pass over the bindings and one
 * over the assignments; what only some rules ask for is made when first asked for.
 */
export interface IndexedPicture extends Picture, EvidenceWays {
  activeBindingsOfAgent(agentId: string): readonly BindingFact[]
  activeBindingsOfTool(toolId: string): readonly BindingFact[]
  /** The effective owner of a binding's layer. */
  ownerOf(binding: BindingFact, layer: LayerId): EffectiveOwner | null
  /** The assignment that supplies a binding's layer. */
  assignmentOf(binding: BindingFact, layer: LayerId): AssignmentFact | null
  /** The effective owner of an agent's layer when the agent stands by itself. */
  agentOwner(agentId: string, layer: LayerId): EffectiveOwner | null
  /** The layers that nobody owns on some active binding of the agent; of an idle one, of its own layers. */
  unownedLayersOf(agentId: string): readonly LayerId[]
  /** What active agents delegate; marked are those that do not run any more, or have a layer that nobody owns. */
  delegationGraph(): DelegationGraph
  /** Whether the agent is active and no active binding hangs on it. */
  isIdle(agent: AgentFact): boolean
  /** Every active binding the assignment's subject touches; for a point also those whose path runs through it. */
  bindingsInScope(assignment: AssignmentFact): readonly BindingFact[]
  /** The active bindings that get this owner, or would if it were live: nothing more specific is set on them. */
  bindingsAnsweredBy(assignment: AssignmentFact): readonly BindingFact[]
  /** The active agents without an active binding that get this owner for one of their own layers. */
  idleAgentsAnsweredBy(assignment: AssignmentFact): readonly AgentFact[]
  /** All assignments ever made on the same layer, scope and subject, this one included. */
  sameCell(assignment: AssignmentFact): readonly AssignmentFact[]
}

/** The effective owners of a binding in the order of the layers. */
type Owners = readonly (EffectiveOwner | null)[]

/** Indexes a picture as it stands at `now`. */
export function indexPicture(picture: Picture, now: Instant): IndexedPicture {
  const live = indexLive(picture.assignments.values(), now)
  const activeBindings = [...picture.bindings.values()].filter((binding) => binding.state === 'active')
  const byAgent = groupBy(activeBindings, (binding) => binding.agentId)
  const byTool = groupBy(activeBindings, (binding) => binding.toolId)
  const byPoint = once(() => groupBindingsByPoint(activeBindings, picture.tools))
  const byCell = once(() => groupBy(picture.assignments.values(), cellKey))
  const idleAgents = once(() => [...picture.agents.values()].filter(isIdle))

  function isIdle(agent: AgentFact): boolean {
    return agent.lifecycle === 'active' && !byAgent.has(agent.id)
  }

  /** Nearly every rule asks who owns what, so each binding is resolved once. */
  const ownersByBinding = new Map<string, Owners>()
  function ownersOf(binding: BindingFact): Owners {
    const known = ownersByBinding.get(binding.id)
    if (known) return known
    const applicationId = picture.tools.get(binding.toolId)?.applicationId ?? null
    const { id: bindingId, agentId, toolId } = binding
    const target = { bindingId, agentId, toolId, applicationId }
    const owners = layerIds.map((layer) => resolveOwner(target, layer, live))
    ownersByBinding.set(binding.id, owners)
    return owners
  }

  function ownerOf(binding: BindingFact, layer: LayerId): EffectiveOwner | null {
    return ownersOf(binding)[layerIds.indexOf(layer)] ?? null
  }

  function assignmentOf(binding: BindingFact, layer: LayerId): AssignmentFact | null {
    const owner = ownerOf(binding, layer)
    return owner ? (picture.assignments.get(owner.assignmentId) ?? null) : null
  }

  function agentOwner(agentId: string, layer: LayerId): EffectiveOwner | null {
    return resolveAgentOwner(agentId, layer, live)
  }

  /** Chains share their agents, so each is asked often. */
  const unownedByAgent = new Map<string, readonly LayerId[]>()
  function unownedLayersOf(agentId: string): readonly LayerId[] {
    const known = unownedByAgent.get(agentId)
    if (known) return known
    const unowned = layerIds.filter((layer) => isUnowned(agentId, layer))
    unownedByAgent.set(agentId, unowned)
    return unowned
  }

  function isUnowned(agentId: string, layer: LayerId): boolean {
    const bindings = byAgent.get(agentId) ?? []
    if (bindings.length > 0) return bindings.some((binding) => ownerOf(binding, layer) === null)
    const agent = picture.agents.get(agentId)
    if (!agent || !isIdle(agent) || layerOf(layer).naturalAnchor !== 'agent') return false
    return agentOwner(agentId, layer) === null
  }

  function isHole(agentId: string): boolean {
    const lifecycle = picture.agents.get(agentId)?.lifecycle
    return lifecycle === 'suspended' || lifecycle === 'retired' || unownedLayersOf(agentId).length > 0
  }

  /** By slug, and by id should bad data hold one slug twice. */
  function bySlug(one: string, other: string): number {
    const a = picture.agents.get(one)?.slug ?? ''
    const b = picture.agents.get(other)?.slug ?? ''
    return compare(a, b) || compare(one, other)
  }

  const graph = once(() =>
    delegationGraph(
      [...picture.delegations.values()]
        .filter(({ fromAgentId, toAgentId }) => {
          const from = picture.agents.get(fromAgentId)
          return from?.lifecycle === 'active' && picture.agents.has(toAgentId)
        })
        .map(({ fromAgentId, toAgentId }) => [fromAgentId, toAgentId] as const),
      bySlug,
      isHole,
    ),
  )

  function bindingsInScope({ scope, subjectId }: AssignmentFact): readonly BindingFact[] {
    if (scope === 'organisation') return activeBindings
    if (subjectId === null) return []
    switch (scope) {
      case 'binding': {
        const binding = picture.bindings.get(subjectId)
        return binding?.state === 'active' ? [binding] : []
      }
      case 'agent':
        return byAgent.get(subjectId) ?? []
      case 'tool':
        return byTool.get(subjectId) ?? []
      case 'enforcement_point':
        return byPoint().get(subjectId) ?? []
    }
  }

  function bindingsAnsweredBy(assignment: AssignmentFact): readonly BindingFact[] {
    const { scope, subjectId, layer } = assignment
    const isBehind = (binding: BindingFact) =>
      scope !== 'enforcement_point' || picture.tools.get(binding.toolId)?.applicationId === subjectId
    return bindingsInScope(assignment).filter(
      (binding) => isBehind(binding) && yieldsTo(ownerOf(binding, layer), assignment),
    )
  }

  function idleAgentsAnsweredBy(assignment: AssignmentFact): readonly AgentFact[] {
    const { layer } = assignment
    if (layerOf(layer).naturalAnchor !== 'agent') return []
    return idleAgentsInScope(assignment).filter((agent) => yieldsTo(agentOwner(agent.id, layer), assignment))
  }

  function idleAgentsInScope({ scope, subjectId }: AssignmentFact): readonly AgentFact[] {
    if (scope === 'organisation') return idleAgents()
    const agent = scope === 'agent' && subjectId !== null ? picture.agents.get(subjectId) : undefined
    return agent && isIdle(agent) ? [agent] : []
  }

  return {
    ...picture,
    ...evidenceWays(picture),
    activeBindingsOfAgent: (agentId) => byAgent.get(agentId) ?? [],
    activeBindingsOfTool: (toolId) => byTool.get(toolId) ?? [],
    ownerOf,
    assignmentOf,
    agentOwner,
    unownedLayersOf,
    delegationGraph: graph,
    isIdle,
    bindingsInScope,
    bindingsAnsweredBy,
    idleAgentsAnsweredBy,
    sameCell: (assignment) => byCell().get(cellKey(assignment)) ?? [],
  }
}

/** Whether the assignment would be the owner where `current` is: it is, nobody is, or a less specific one is. */
function yieldsTo(current: EffectiveOwner | null, assignment: AssignmentFact): boolean {
  const steps = precedence(assignment.layer)
  const own = steps.indexOf(assignment.scope)
  if (own < 0) return false
  if (!current || current.assignmentId === assignment.id) return true
  return steps.indexOf(current.source) > own
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

function cellKey({ layer, scope, subjectId }: AssignmentFact): string {
  return scope === 'organisation' ? `${layer}:${scope}` : `${layer}:${scope}:${subjectId}`
}

function groupBindingsByPoint(
  bindings: readonly BindingFact[],
  tools: ReadonlyMap<string, ToolFact>,
): ReadonlyMap<string, readonly BindingFact[]> {
  const groups = new Map<string, BindingFact[]>()
  for (const binding of bindings) {
    const points = new Set(binding.path.map((step) => step.pointId))
    const applicationId = tools.get(binding.toolId)?.applicationId ?? null
    if (applicationId !== null) points.add(applicationId)
    for (const point of points) append(groups, point, binding)
  }
  return groups
}
