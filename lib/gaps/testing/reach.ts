import type { Touched } from '../evaluate'
import { indexPicture } from '../indexed-picture'
import type { BindingFact, FactKind, Picture } from '../picture'
import { now } from './facts'

/** What an edit changed, by id; also what it added or took away. */
export type Edit = { [K in FactKind]?: readonly string[] }

/**
 * The plain specification of what a change can touch, to be asked before and after it: slow, and never too little.
 * Whatever settles gaps after a change in the database has to touch at least what differs among these.
 */
export function reachOf(edit: Edit, picture: Picture): { [K in keyof Touched]-?: Set<string> } {
  const indexed = indexPicture(picture, now)
  const all = { agents: edit.agents, tools: edit.tools, bindings: edit.bindings, assignments: edit.assignments }
  const touched = {
    agents: new Set(all.agents),
    tools: new Set(all.tools),
    bindings: new Set(all.bindings),
    assignments: new Set(all.assignments),
    logs: new Set<string>(),
  }
  const hit = (ids: readonly string[] | undefined, id: string | null) => id !== null && (ids ?? []).includes(id)
  const assignments = [...picture.assignments.values()]
  const evidence = [
    { ids: edit.contracts, facts: picture.contracts },
    { ids: edit.attestations, facts: picture.attestations },
    { ids: edit.parities, facts: picture.parities },
  ]
  for (const { ids, facts } of evidence) {
    for (const id of ids ?? []) {
      const toolId = facts.get(id)?.toolId
      if (toolId !== undefined) touched.tools.add(toolId)
    }
  }
  for (const id of edit.exceptions ?? []) {
    const one = picture.exceptions.get(id)
    const ids = one && {
      agent: touched.agents,
      tool: touched.tools,
      binding: touched.bindings,
      assignment: touched.assignments,
      log: touched.logs,
    }
    if (one && ids) ids[one.subjectType].add(one.subjectId)
  }
  // A contract names its author and who signed it off.
  for (const { toolId, authorTeamId, signedOffTeamId } of picture.contracts.values()) {
    if (hit(edit.teams, authorTeamId) || hit(edit.teams, signedOffTeamId)) touched.tools.add(toolId)
  }

  for (const agent of picture.agents.values()) if (hit(edit.people, agent.sponsorId)) touched.agents.add(agent.id)
  for (const one of assignments) {
    if (!hit(edit.teams, one.teamId) && !hit(edit.people, one.personId)) continue
    touched.assignments.add(one.id)
    // Duties that are concentrated are told with the names of those who hold them.
    for (const binding of indexed.bindingsAnsweredBy(one)) touched.bindings.add(binding.id)
  }

  const reached = new Set<BindingFact>()
  for (const binding of picture.bindings.values()) {
    const applicationId = picture.tools.get(binding.toolId)?.applicationId ?? null
    const points = [applicationId, ...binding.path.map((step) => step.pointId)]
    const isReached =
      hit(edit.bindings, binding.id) ||
      hit(edit.agents, binding.agentId) ||
      hit(edit.tools, binding.toolId) ||
      points.some((id) => hit(edit.points, id) || hit(edit.teams, picture.points.get(id ?? '')?.teamId ?? null))
    if (isReached) reached.add(binding)
  }
  for (const id of edit.assignments ?? []) {
    const one = picture.assignments.get(id)
    if (!one) continue
    for (const binding of indexed.bindingsInScope(one)) reached.add(binding)
    for (const other of indexed.sameCell(one)) touched.assignments.add(other.id)
  }
  const isWide = (edit.assignments ?? []).some((id) => picture.assignments.get(id)?.scope === 'organisation')
  if (isWide) for (const agent of picture.agents.values()) touched.agents.add(agent.id)
  for (const id of edit.assignments ?? []) {
    const one = picture.assignments.get(id)
    if (one?.scope === 'agent' && one.subjectId !== null) touched.agents.add(one.subjectId)
  }
  for (const binding of reached) {
    touched.bindings.add(binding.id)
    touched.agents.add(binding.agentId)
    touched.tools.add(binding.toolId)
  }
  for (const id of agentsAbove(edit, touched.agents, picture)) touched.agents.add(id)
  for (const one of assignments) {
    const concerns =
      one.scope === 'organisation' ||
      hit([...touched.agents], one.subjectId) ||
      hit([...touched.tools], one.subjectId) ||
      hit(edit.points, one.subjectId) ||
      indexed.bindingsInScope(one).some((binding) => reached.has(binding))
    if (concerns) touched.assignments.add(one.id)
  }
  return touched
}

/** The agents that delegate, over however many others, to one of these or over a changed delegation; and who was named. */
function agentsAbove(edit: Edit, agents: ReadonlySet<string>, picture: Picture): ReadonlySet<string> {
  const delegations = [...picture.delegations.values()]
  const above = new Set(agents)
  for (const id of edit.delegations ?? []) {
    const delegation = picture.delegations.get(id)
    if (delegation) above.add(delegation.fromAgentId)
  }
  for (const id of above) {
    for (const { fromAgentId, toAgentId } of delegations) if (toAgentId === id) above.add(fromAgentId)
  }
  // Whoever is delegated to may begin a chain of its own once nobody else does.
  for (const { id, fromAgentId, toAgentId } of delegations) {
    if (edit.agents?.includes(fromAgentId) || edit.delegations?.includes(id)) above.add(toAgentId)
  }
  return above
}
