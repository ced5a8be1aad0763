import type { GapState, GapSubjectType, Severity } from '@/lib/gaps/model'
import type { LayerId } from '@/lib/layers'

/** A gap with all that its risk says. */
export interface OscalGap {
  id: string
  rule: string
  layer: LayerId | null
  severity: Severity
  state: GapState
  subject: { type: GapSubjectType; id: string; slug: string }
  /** The point of the path it is about. */
  point: { id: string; slug: string } | null
  /** How many active bindings it affects. */
  affected: number
  explanation: string
  openedAt: Date
  dueAt: Date | null
  assigneeId: string | null
  /** The teams that own its layer where it shows. */
  teamIds: readonly string[]
  exception: OscalException | null
  remediation: OscalRemediation | null
  /** What became of it, oldest first: the latest of its changes. */
  events: readonly OscalGapEvent[]
}

/** The acceptance of a gap's risk that is asked for or in force. */
export interface OscalException {
  id: string
  state: 'asked' | 'in_force'
  reason: string
  askedBy: string
  decidedBy: string | null
  expires: Date
}

/** Revoked access that has to go where it is granted. */
export interface OscalRemediation {
  id: string
  dueAt: Date
  assigneeId: string | null
  teamId: string | null
}

export interface OscalGapEvent {
  id: string
  at: Date
  toState: GapState
  actor: string
  note: string | null
}

/** What gaps are placed on. */
export interface OscalSubject {
  id: string
  type: GapSubjectType | 'enforcement_point'
  slug: string
  name: string
  description: string
  isActive: boolean
}

export interface OscalTeam {
  id: string
  slug: string
  name: string
  function: string
  isActive: boolean
  contact: string | null
}

export interface OscalPerson {
  id: string
  externalId: string
  name: string
  isActive: boolean
  teamIds: readonly string[]
}

export interface OscalCampaign {
  id: string
  slug: string
  name: string
  description: string
  kind: 'ownership' | 'access'
  state: string
  startedAt: Date
  endedAt: Date | null
  items: number
  ownerId: string | null
  ownerName: string
}

/**
 * Where a document takes its content from: each reads its rows page by page, in an order that stays, and may be asked
 * more than once. All of them have to answer from one and the same state of the register.
 */
export interface OscalSource {
  gaps(): AsyncIterable<readonly OscalGap[]>
  subjects(): AsyncIterable<readonly OscalSubject[]>
  teams(): AsyncIterable<readonly OscalTeam[]>
  /** Those that something in the document refers to. */
  people(): AsyncIterable<readonly OscalPerson[]>
  campaigns(): AsyncIterable<readonly OscalCampaign[]>
}
