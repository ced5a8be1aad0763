import type { Estate } from '@/lib/importers/estate/model'
import { keyOf } from '@/lib/importers/keys'
import { durationSeconds } from './duration'
import { evidenceFromEstate } from './estate-evidence'
import type { AssignmentFact, BindingFact, Instant, Picture } from './picture'

/**
 * The picture that an estate gives by itself, with nothing in the registry: ids are the names of the file. Where the
 * estate is silent, the registry's own defaults stand in. Names that lead nowhere are left out (`estateProblems` tells).
 */
export function pictureFromEstate(estate: Estate, now: Instant): Picture {
  const people = byKey(estate.people, keyOf.people, (person, id) => ({
    id,
    name: person.name,
    status: person.status ?? 'active',
  }))
  const isActive = (person: string) => people.get(person)?.status === 'active'
  const teams = byKey(estate.teams, keyOf.teams, (team, id) => ({
    id,
    slug: team.slug,
    name: team.name,
    function: team.function ?? 'business',
    status: team.status ?? 'active',
    hasActiveMember: (team.members ?? []).some((member) => isActive(member.person)),
  }))
  const points = byKey(estate.enforcementPoints, keyOf.enforcementPoints, (point, id) => ({
    id,
    slug: point.slug,
    name: point.name,
    kind: point.kind,
    teamId: known(point.team, teams),
    independentPrivileges: point.independentPrivileges ?? 'unknown',
    canBeAsked: point.decisionEndpoint !== undefined,
  }))
  const agents = byKey(estate.agents, keyOf.agents, (agent, id) => ({
    id,
    slug: agent.slug,
    name: agent.name,
    lifecycle: agent.lifecycle ?? 'proposed',
    autonomy: agent.autonomy ?? 'supervised',
    sponsorId: known(agent.sponsor, people),
    decisionLogSource: agent.decisionLog?.source ?? null,
    decisionLogSeenAt: agent.decisionLog?.lastSeen?.getTime() ?? null,
  }))
  const tools = byKey(estate.tools, keyOf.tools, (tool, id) => ({
    id,
    slug: tool.slug,
    name: tool.name,
    lifecycle: tool.lifecycle ?? 'active',
    applicationId: known(tool.application, points),
    independentPrivileges: tool.independentPrivileges ?? 'unknown',
  }))
  /** What an agent or tool could do ends with it. */
  const hasRetiredEnd = ({ agent, tool }: EstateBinding) =>
    agents.get(agent)?.lifecycle === 'retired' || tools.get(tool)?.lifecycle === 'retired'
  const bindings = byKey(estate.bindings, keyOf.bindings, (binding, id) =>
    agents.has(binding.agent) && tools.has(binding.tool)
      ? bindingFact(hasRetiredEnd(binding) ? { ...binding, state: 'revoked' } : binding, id, points, now)
      : null,
  )
  const subjects = { agent: agents, tool: tools, enforcement_point: points, binding: bindings } as const
  const assignments = byKey(estate.owners, keyOf.owners, (owner, id): AssignmentFact | null => {
    const subjectId = owner.scope === 'organisation' ? null : known(owner.subject, subjects[owner.scope])
    if (!teams.has(owner.team) || (subjectId === null && owner.scope !== 'organisation')) return null
    const since = owner.since?.getTime() ?? now
    return {
      id,
      layer: owner.layer,
      scope: owner.scope,
      subjectId,
      teamId: owner.team,
      personId: known(owner.person, people),
      state: owner.state,
      validFrom: since,
      validTo: null,
      proposedAt: since,
      ...unasked,
    }
  })
  const registry = { people, teams, agents, points, tools, bindings, assignments }
  return { ...registry, ...evidenceFromEstate(estate, registry) }
}

/** The first entity of each key counts, as in an import. */
function byKey<E, F>(
  entities: readonly E[],
  keyOf: (entity: E) => string,
  factOf: (entity: E, key: string) => F | null,
) {
  const facts = new Map<string, F>()
  for (const entity of entities) {
    const key = keyOf(entity)
    if (facts.has(key)) continue
    const fact = factOf(entity, key)
    if (fact !== null) facts.set(key, fact)
  }
  return facts
}

function known(name: string | undefined, facts: ReadonlyMap<string, unknown>): string | null {
  return name !== undefined && facts.has(name) ? name : null
}

/** Campaigns and what came of them are known to the registry alone. */
const unasked = { unansweredAt: null, unansweredIn: null } as const

type EstateBinding = Estate['bindings'][number]

function bindingFact(
  binding: EstateBinding,
  id: string,
  points: ReadonlyMap<string, unknown>,
  now: Instant,
): BindingFact {
  const { intent, credential } = binding
  const state = binding.state ?? 'requested'
  const certifiedAt = binding.certifiedAt?.getTime() ?? null
  return {
    id,
    slug: id,
    agentId: binding.agent,
    toolId: binding.tool,
    state,
    risk: binding.risk ?? 'medium',
    activeSince: binding.activeSince?.getTime() ?? (state === 'active' ? impliedActiveSince(certifiedAt, now) : null),
    intentText: intent?.text ?? null,
    intentApprovedAt: intent?.approvedAt?.getTime() ?? (intent?.approvedBy === undefined ? null : now),
    decisionMode: binding.decisionMode ?? 'static',
    credentialType: credential?.type ?? 'long_lived',
    credentialLifetimeSeconds: credential?.lifetime === undefined ? null : durationSeconds(credential.lifetime),
    boundary: binding.boundary ?? null,
    allowlistPresent: binding.allowlist?.present ?? null,
    allowlistReviewedAt: binding.allowlist?.reviewedAt?.getTime() ?? null,
    certifiedAt,
    certificationLostAt: null,
    remediationDueAt: null,
    ...unasked,
    path: (binding.path ?? []).flatMap(({ point, mode }) => (points.has(point) ? [{ pointId: point, mode }] : [])),
  }
}

/**
 * Since when a binding counts as active whose source does not say. A certification it carries is taken for one of the
 * access as it is, so the binding was active by then; otherwise every imported certification would count for nothing.
 */
export function impliedActiveSince(certifiedAt: Instant | null, now: Instant): Instant {
  return certifiedAt === null ? now : Math.min(certifiedAt, now)
}
