import { evaluateAll } from '../evaluate'
import { defaultGapPolicy, type Finding, type GapPolicy } from '../model'
import type {
  AgentFact,
  AssignmentFact,
  AttestationFact,
  BindingFact,
  ContractFact,
  DelegationFact,
  ExceptionFact,
  Instant,
  ParityFact,
  PersonFact,
  Picture,
  PointFact,
  TeamFact,
  ToolFact,
} from '../picture'
import type { Rule } from '../rule'

/** The instant at which tests look at a picture. */
export const now: Instant = Date.UTC(2026, 10, 1)
export const second = 1000
export const hours = (number: number): Instant => number * 60 * 60 * 1000
export const days = (number: number): Instant => number * 24 * 60 * 60 * 1000

type Some<F> = Partial<F> & { id: string }

export const person = (fact: Some<PersonFact>): PersonFact => ({ name: `Person ${fact.id}`, status: 'active', ...fact })

export const team = (fact: Some<TeamFact>): TeamFact => ({
  slug: fact.id,
  name: `Team ${fact.id}`,
  function: 'application',
  status: 'active',
  hasActiveMember: true,
  ...fact,
})

export const agent = (fact: Some<AgentFact>): AgentFact => ({
  slug: fact.id,
  name: `Agent ${fact.id}`,
  lifecycle: 'active',
  autonomy: 'supervised',
  sponsorId: null,
  decisionLogSource: 'siem',
  decisionLogSeenAt: now,
  ...fact,
})

export const point = (fact: Some<PointFact>): PointFact => ({
  slug: fact.id,
  name: `Point ${fact.id}`,
  kind: 'application',
  teamId: null,
  independentPrivileges: 'unknown',
  canBeAsked: false,
  ...fact,
})

export const tool = (fact: Some<ToolFact>): ToolFact => ({
  slug: fact.id,
  name: `Tool ${fact.id}`,
  lifecycle: 'active',
  applicationId: null,
  independentPrivileges: 'unknown',
  ...fact,
})

/** An active binding that no rule finds fault with: wanted, approved and freshly certified. */
export const binding = (fact: Some<BindingFact> & Pick<BindingFact, 'agentId' | 'toolId'>): BindingFact => ({
  slug: fact.id,
  state: 'active',
  risk: 'medium',
  activeSince: now - days(100),
  intentText: 'Look up the caller',
  intentApprovedAt: now - days(100),
  decisionMode: 'runtime',
  credentialType: 'short_lived',
  credentialLifetimeSeconds: 900,
  boundary: null,
  allowlistPresent: false,
  allowlistReviewedAt: null,
  certifiedAt: now - days(1),
  certificationLostAt: null,
  unansweredAt: null,
  unansweredIn: null,
  remediationDueAt: null,
  path: [],
  ...fact,
})

/** An accepted assignment that has been open for 100 days. */
export const assignment = (
  fact: Some<AssignmentFact> & Pick<AssignmentFact, 'layer' | 'scope' | 'teamId'>,
): AssignmentFact => ({
  subjectId: null,
  personId: null,
  state: 'accepted',
  validFrom: now - days(100),
  validTo: null,
  proposedAt: now - days(100),
  unansweredAt: null,
  unansweredIn: null,
  ...fact,
})

export const delegation = (fact: Some<DelegationFact> & Omit<DelegationFact, 'id'>): DelegationFact => fact

/** A contract in force with one vector, written by the team `app` and signed off by the team `sec`. */
export const contract = (fact: Some<ContractFact> & Pick<ContractFact, 'toolId'>): ContractFact => ({
  version: 1,
  state: 'in_force',
  authorTeamId: 'app',
  signedOffTeamId: 'sec',
  digest: 'd1',
  vectorCount: 1,
  ...fact,
})

/** An attestation of a day ago. */
export const attestation = (
  fact: Some<AttestationFact> & Pick<AttestationFact, 'pointId' | 'toolId'>,
): AttestationFact => ({
  digest: 'd1',
  contractVersion: 1,
  at: now - days(1),
  ...fact,
})

/** A point that agreed to everything a day ago. */
export const parity = (fact: Some<ParityFact> & Pick<ParityFact, 'pointId' | 'toolId'>): ParityFact => ({
  askedAt: now - days(1),
  digest: 'd1',
  disagreements: [],
  disagreementCount: 0,
  contradictions: [],
  contradictionCount: 0,
  ...fact,
})

/** An exception for the whole subject that holds for another 30 days. */
export const exception = (
  fact: Some<ExceptionFact> & Pick<ExceptionFact, 'rule' | 'subjectType' | 'subjectId'>,
): ExceptionFact => ({
  layer: null,
  pointId: null,
  reason: 'A migration is under way',
  approver: 'Ana',
  expires: now + days(30),
  ...fact,
})

type FactLists = { [K in keyof Picture]?: Picture[K] extends ReadonlyMap<string, infer F> ? readonly F[] : never }

/** A picture of these facts. */
export function pictureOf(facts: FactLists): Picture {
  const byId = <F extends { id: string }>(list: readonly F[] = []) => new Map(list.map((fact) => [fact.id, fact]))
  return {
    people: byId(facts.people),
    teams: byId(facts.teams),
    agents: byId(facts.agents),
    points: byId(facts.points),
    tools: byId(facts.tools),
    bindings: byId(facts.bindings),
    assignments: byId(facts.assignments),
    delegations: byId(facts.delegations),
    contracts: byId(facts.contracts),
    attestations: byId(facts.attestations),
    parities: byId(facts.parities),
    exceptions: byId(facts.exceptions),
  }
}

/** What one rule finds in a picture of these facts. */
export function findingsOf(
  rule: Rule,
  facts: FactLists,
  at: Instant = now,
  policy: GapPolicy = defaultGapPolicy,
): Finding[] {
  return evaluateAll(pictureOf(facts), { now: at, policy }, [rule])
}

/** Findings in a form that reads in a test: `agent:a identity high [b1 b2]`. */
export function brief(findings: readonly Finding[]): string[] {
  return findings
    .map(
      ({ subject, layer, severity, bindingIds }) =>
        `${subject.type}:${subject.id} ${layer ?? '-'} ${severity} [${bindingIds.join(' ')}]`,
    )
    .sort()
}
