import fc from 'fast-check'
import { contractStates } from '@/lib/contracts/model'
import { layerIds } from '@/lib/layers'
import { assignmentStates, ownershipScopes } from '@/lib/ownership/model'
import {
  agentLifecycles,
  autonomies,
  bindingStates,
  credentialTypes,
  decisionModes,
  knowns,
  pathModes,
  pointKinds,
  riskTiers,
  teamFunctions,
  teamStatuses,
} from '@/lib/registry/model'
import type { FactKind, Picture } from '../picture'
import {
  agent,
  assignment,
  attestation,
  binding,
  contract,
  days,
  delegation,
  exception,
  now,
  parity,
  person,
  point,
  team,
  tool,
} from './facts'

const ids = (letter: string, number: number) => Array.from({ length: number }, (_, index) => `${letter}${index}`)
const names = {
  people: ids('u', 3),
  teams: ids('g', 3),
  agents: ids('a', 4),
  points: ids('p', 4),
  tools: ids('t', 3),
  bindings: ids('b', 8),
  assignments: ids('s', 12),
  delegations: ids('d', 6),
  contracts: ids('c', 4),
  attestations: ids('x', 6),
  parities: ids('q', 6),
  exceptions: ids('e', 4),
}
const name = fc.constantFrom('One name', 'Another name')
const digests = ['d1', 'd2']
const oneOf = (list: readonly string[]) => fc.constantFrom(...list)
const instant = fc.constantFrom(now - days(400), now - days(100), now - days(20), now - days(1), now, now + days(1))
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 })

const subjectNames = {
  organisation: null,
  enforcement_point: names.points,
  tool: names.tools,
  agent: names.agents,
  binding: names.bindings,
} as const

const place = fc.constantFrom(...ownershipScopes).chain((scope) => {
  const subjects = subjectNames[scope]
  return fc.record({ scope: fc.constant(scope), subjectId: subjects ? oneOf(subjects) : fc.constant(null) })
})

/** One fact of each kind under the given id, small enough that facts meet. */
const facts = {
  people: (id: string) =>
    fc.record({ name, status: fc.constantFrom('active', 'left') }).map((more) => person({ id, ...more })),
  teams: (id: string) =>
    fc
      .record({
        name,
        function: fc.constantFrom(...teamFunctions),
        status: fc.constantFrom(...teamStatuses),
        hasActiveMember: fc.boolean(),
      })
      .map((more) => team({ id, ...more })),
  agents: (id: string) =>
    fc
      .record({
        name,
        lifecycle: fc.oneof(fc.constant('active' as const), fc.constantFrom(...agentLifecycles)),
        autonomy: fc.constantFrom(...autonomies),
        sponsorId: orNull(oneOf(names.people)),
        decisionLogSource: orNull(fc.constant('siem')),
        decisionLogSeenAt: orNull(instant),
      })
      .map((more) => agent({ id, ...more })),
  points: (id: string) =>
    fc
      .record({
        name,
        kind: fc.constantFrom(...pointKinds),
        teamId: orNull(oneOf(names.teams)),
        independentPrivileges: fc.constantFrom(...knowns),
        canBeAsked: fc.boolean(),
      })
      .map((more) => point({ id, ...more })),
  tools: (id: string) =>
    fc
      .record({ name, applicationId: orNull(oneOf(names.points)), independentPrivileges: fc.constantFrom(...knowns) })
      .map((more) => tool({ id, ...more })),
  bindings: (id: string) =>
    fc
      .record({
        agentId: oneOf(names.agents),
        toolId: oneOf(names.tools),
        state: fc.oneof(fc.constant('active' as const), fc.constantFrom(...bindingStates)),
        risk: fc.constantFrom(...riskTiers),
        intentText: orNull(fc.constant('Answers tickets')),
        intentApprovedAt: orNull(instant),
        activeSince: orNull(instant),
        certifiedAt: orNull(instant),
        certificationLostAt: orNull(instant),
        unansweredAt: orNull(instant),
        remediationDueAt: orNull(instant),
        decisionMode: fc.constantFrom(...decisionModes),
        credentialType: fc.constantFrom(...credentialTypes),
        credentialLifetimeSeconds: orNull(fc.constantFrom(900, 3600, 3601)),
        boundary: orNull(fc.constant('a role that reads')),
        allowlistPresent: orNull(fc.boolean()),
        allowlistReviewedAt: orNull(instant),
        path: fc.uniqueArray(fc.record({ pointId: oneOf(names.points), mode: fc.constantFrom(...pathModes) }), {
          selector: ({ pointId }) => pointId,
          maxLength: 3,
        }),
      })
      .map((more) => binding({ id, ...more })),
  assignments: (id: string) =>
    fc
      .record({
        layer: fc.constantFrom(...layerIds),
        place,
        teamId: oneOf(names.teams),
        personId: orNull(oneOf(names.people)),
        state: fc.constantFrom(...assignmentStates),
        validFrom: instant,
        validTo: orNull(instant),
        proposedAt: instant,
        unansweredAt: orNull(instant),
      })
      .map(({ place, ...more }) => assignment({ id, ...place, ...more })),
  delegations: (id: string) =>
    fc
      .record({ fromAgentId: oneOf(names.agents), toAgentId: oneOf(names.agents) })
      .map((more) => delegation({ id, ...more })),
  contracts: (id: string) =>
    fc
      .record({
        toolId: oneOf(names.tools),
        version: fc.constantFrom(1, 2, 3),
        state: fc.constantFrom(...contractStates),
        authorTeamId: orNull(oneOf(names.teams)),
        signedOffTeamId: orNull(oneOf(names.teams)),
        digest: oneOf(digests),
        vectorCount: fc.constantFrom(0, 1),
      })
      .map((more) => contract({ id, ...more })),
  attestations: (id: string) =>
    fc
      .record({ pointId: oneOf(names.points), toolId: oneOf(names.tools), digest: oneOf(digests), at: instant })
      .map((more) => attestation({ id, ...more })),
  parities: (id: string) =>
    fc
      .record({
        pointId: oneOf(names.points),
        toolId: oneOf(names.tools),
        askedAt: orNull(instant),
        digest: orNull(oneOf(digests)),
        disagreements: fc.constantFrom([], ['a vector was answered otherwise']),
        contradictions: fc.constantFrom([], ['a logged decision says otherwise']),
      })
      .map(({ disagreements, contradictions, ...more }) =>
        parity({
          id,
          ...more,
          disagreements,
          disagreementCount: disagreements.length,
          contradictions,
          contradictionCount: contradictions.length,
        }),
      ),
  exceptions: (id: string) =>
    fc
      .record({
        rule: oneOf(['layer-unowned', 'intent-missing', 'shadow-agent', 'front-door-only', 'contract-drift']),
        subject: fc.oneof(
          oneOf(names.agents).map((subjectId) => ({ subjectType: 'agent' as const, subjectId })),
          oneOf(names.tools).map((subjectId) => ({ subjectType: 'tool' as const, subjectId })),
          oneOf(names.bindings).map((subjectId) => ({ subjectType: 'binding' as const, subjectId })),
        ),
        layer: orNull(fc.constantFrom(...layerIds)),
        expires: instant,
      })
      .map(({ subject, ...more }) => exception({ id, ...subject, ...more })),
}

const collection = <F>(
  list: readonly string[],
  factOf: (id: string) => fc.Arbitrary<F>,
): fc.Arbitrary<Map<string, F>> =>
  fc
    .tuple(...list.map((id) => fc.option(factOf(id), { nil: null, freq: 6 })))
    .map((made) => new Map(list.flatMap((id, index) => present(id, made[index]))))

function present<F>(id: string, fact: F | null | undefined): [string, F][] {
  return fact === null || fact === undefined ? [] : [[id, fact]]
}

const anyFacts: fc.Arbitrary<Picture> = fc.record({
  people: collection(names.people, facts.people),
  teams: collection(names.teams, facts.teams),
  agents: collection(names.agents, facts.agents),
  points: collection(names.points, facts.points),
  tools: collection(names.tools, facts.tools),
  bindings: collection(names.bindings, facts.bindings),
  assignments: collection(names.assignments, facts.assignments),
  delegations: collection(names.delegations, facts.delegations),
  contracts: collection(names.contracts, facts.contracts),
  attestations: collection(names.attestations, facts.attestations),
  parities: collection(names.parities, facts.parities),
  exceptions: collection(names.exceptions, facts.exceptions),
})

const anyLog = fc.record({
  id: fc.constant('log-1'),
  findings: fc.nat(2),
  first: fc.option(fc.constant('Event 7: gone')),
})

/** Any small picture, with facts that are missing, dangling names and all. */
export const anyPicture: fc.Arbitrary<Picture> = fc
  .tuple(anyFacts, fc.option(anyLog))
  .map(([facts, log]) => ({ ...facts, ...(log && { log }) }))

export interface AnyEdit {
  collection: FactKind
  id: string
  apply(picture: Picture): Picture
}

const editOf = <K extends FactKind, F>(
  name: K,
  factOf: (id: string) => fc.Arbitrary<F>,
  put: (picture: Picture, id: string, fact: F | null) => Picture,
): fc.Arbitrary<AnyEdit> =>
  oneOf(names[name]).chain((id) =>
    fc
      .option(factOf(id), { nil: null, freq: 4 })
      .map((fact) => ({ collection: name, id, apply: (picture: Picture) => put(picture, id, fact) })),
  )

function replaced<F>(facts: ReadonlyMap<string, F>, id: string, fact: F | null): ReadonlyMap<string, F> {
  const next = new Map(facts)
  if (fact === null) next.delete(id)
  else next.set(id, fact)
  return next
}

/** Any one fact added, changed or taken away. */
export const anyEdit: fc.Arbitrary<AnyEdit> = fc.oneof(
  editOf('people', facts.people, (p, id, fact) => ({ ...p, people: replaced(p.people, id, fact) })),
  editOf('teams', facts.teams, (p, id, fact) => ({ ...p, teams: replaced(p.teams, id, fact) })),
  editOf('agents', facts.agents, (p, id, fact) => ({ ...p, agents: replaced(p.agents, id, fact) })),
  editOf('points', facts.points, (p, id, fact) => ({ ...p, points: replaced(p.points, id, fact) })),
  editOf('tools', facts.tools, (p, id, fact) => ({ ...p, tools: replaced(p.tools, id, fact) })),
  editOf('bindings', facts.bindings, (p, id, fact) => ({ ...p, bindings: replaced(p.bindings, id, fact) })),
  editOf('assignments', facts.assignments, (p, id, fact) => ({ ...p, assignments: replaced(p.assignments, id, fact) })),
  editOf('delegations', facts.delegations, (p, id, fact) => ({ ...p, delegations: replaced(p.delegations, id, fact) })),
  editOf('contracts', facts.contracts, (p, id, fact) => ({ ...p, contracts: replaced(p.contracts, id, fact) })),
  editOf('attestations', facts.attestations, (p, id, fact) => ({
    ...p,
    attestations: replaced(p.attestations, id, fact),
  })),
  editOf('parities', facts.parities, (p, id, fact) => ({ ...p, parities: replaced(p.parities, id, fact) })),
  editOf('exceptions', facts.exceptions, (p, id, fact) => ({ ...p, exceptions: replaced(p.exceptions, id, fact) })),
)
