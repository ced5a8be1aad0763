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
  TeamStatus,
  ToolLifecycle,
} from '@/lib/registry/model'

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
}

export interface PointFact {
  id: string
  slug: string
  name: string
  kind: PointKind
  teamId: string | null
  independentPrivileges: Known
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
  certifiedAt: Instant | null
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
}
