import type { ContractState } from '@/lib/contracts/model'
import type { LayerId } from '@/lib/layers'
import type { AssignmentState, OwnershipScope } from '@/lib/ownership/model'
import type {
  AgentLifecycle,
  Autonomy,
  BindingState,
  CredentialType,
  DecisionMode,
  Known,
  PathMode,
  PersonStatus,
  PointKind,
  RiskTier,
  TeamFunction,
  TeamStatus,
  ToolLifecycle,
} from '@/lib/registry/model'
import type { GapSubjectType } from './model'

/** Milliseconds since the epoch. The pure part of the product counts time in these, never in `Date`. */
export type Instant = number

export interface PersonFact {
  id: string
  name: string
  status: PersonStatus
}

export interface TeamFact {
  id: string
  slug: string
  name: string
  function: TeamFunction
  status: TeamStatus
  /** Whether at least one of its members is an active person. */
  hasActiveMember: boolean
}

export interface AgentFact {
  id: string
  slug: string
  name: string
  lifecycle: AgentLifecycle
  autonomy: Autonomy
  sponsorId: string | null
  /** Where its authorization decisions are logged, as far as anybody recorded it. */
  decisionLogSource: string | null
  decisionLogSeenAt: Instant | null
}

export interface PointFact {
  id: string
  slug: string
  name: string
  kind: PointKind
  teamId: string | null
  independentPrivileges: Known
  /** Whether it has an AuthZEN endpoint, so that it can be asked for decisions. */
  canBeAsked: boolean
}

export interface ToolFact {
  id: string
  slug: string
  name: string
  lifecycle: ToolLifecycle
  applicationId: string | null
  independentPrivileges: Known
}

export interface BindingFact {
  id: string
  slug: string
  agentId: string
  toolId: string
  state: BindingState
  risk: RiskTier
  activeSince: Instant | null
  intentText: string | null
  intentApprovedAt: Instant | null
  decisionMode: DecisionMode
  credentialType: CredentialType
  credentialLifetimeSeconds: number | null
  boundary: string | null
  /** Null when nobody knows whether there is a local allowlist. */
  allowlistPresent: boolean | null
  allowlistReviewedAt: Instant | null
  certifiedAt: Instant | null
  /** Since when something that was certified is not so any more; null when nothing has changed since. */
  certificationLostAt: Instant | null
  /** When the campaign of this name ended without an answer about it; null when there has been an answer since. */
  unansweredAt: Instant | null
  unansweredIn: string | null
  /** By when revoked access has to be gone where it is granted; null when there is nothing left to show. */
  remediationDueAt: Instant | null
  path: readonly { pointId: string; mode: PathMode }[]
}

export interface AssignmentFact {
  id: string
  layer: LayerId
  scope: OwnershipScope
  /** Id of the subject, null for the organisation. */
  subjectId: string | null
  teamId: string
  personId: string | null
  state: AssignmentState
  validFrom: Instant
  validTo: Instant | null
  /** When the team was named; the handshake is counted from here. */
  proposedAt: Instant
  /** When the campaign of this name ended without an answer about it; null when there has been an answer since. */
  unansweredAt: Instant | null
  unansweredIn: string | null
}

export interface DelegationFact {
  id: string
  fromAgentId: string
  toAgentId: string
}

export interface ContractFact {
  id: string
  toolId: string
  version: number
  state: ContractState
  authorTeamId: string | null
  /** The team that signed it off; null without a signature. */
  signedOffTeamId: string | null
  digest: string
  /** How many decision vectors it holds; without any, no point can be asked about it. */
  vectorCount: number
}

/** The latest attestation of a point for a tool. */
export interface AttestationFact {
  id: string
  pointId: string
  toolId: string
  /** Digest of the contract it names. */
  digest: string
  contractVersion: number
  at: Instant
}

/** What is known of how a point decides for a tool: its part in the latest parity run, and what its own log showed since. */
export interface ParityFact {
  id: string
  toolId: string
  pointId: string
  /** When the latest finished run asked it; null when none did. */
  askedAt: Instant | null
  /** Digest of the contract whose vectors it was asked; null when none did. */
  digest: string | null
  /** One sentence for each vector that it answered otherwise than expected, or not at all; the first few. */
  disagreements: readonly string[]
  disagreementCount: number
  /** One sentence for each logged decision that contradicts the contract in force; the first few. */
  contradictions: readonly string[]
  contradictionCount: number
}

/** A risk somebody accepted until `expires`. Without a layer or point it covers all that the rule finds on the subject. */
export interface ExceptionFact {
  id: string
  rule: string
  subjectType: GapSubjectType
  subjectId: string
  layer: LayerId | null
  pointId: string | null
  reason: string
  /** Name of the approver. */
  approver: string
  expires: Instant
}

/** The transparency log, as the last verification of it left it. */
export interface LogFact {
  id: string
  /** How many places were found where the audit tables are not what was logged. */
  findings: number
  /** The first of them, in words. */
  first: string | null
}

/** Everything resolution and the gap rules may know, as plain facts by id. Loaded from the database, or made from an estate file. */
export interface Picture {
  people: ReadonlyMap<string, PersonFact>
  teams: ReadonlyMap<string, TeamFact>
  agents: ReadonlyMap<string, AgentFact>
  points: ReadonlyMap<string, PointFact>
  tools: ReadonlyMap<string, ToolFact>
  bindings: ReadonlyMap<string, BindingFact>
  assignments: ReadonlyMap<string, AssignmentFact>
  delegations: ReadonlyMap<string, DelegationFact>
  contracts: ReadonlyMap<string, ContractFact>
  attestations: ReadonlyMap<string, AttestationFact>
  parities: ReadonlyMap<string, ParityFact>
  /** Approved ones alone, expired ones included. */
  exceptions: ReadonlyMap<string, ExceptionFact>
  /** Absent where no log was ever verified, as in estate files. */
  log?: LogFact
}

/** The kinds of facts of which there are many. */
export type FactKind = Exclude<keyof Picture, 'log'>
