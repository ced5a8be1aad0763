import type { ExportKind } from '../../names'

/** What the report of a kind sums up, and which columns its table has when nobody chose any. */
export interface Emphasis {
  /** Columns whose values are counted. */
  counted: readonly string[]
  /** One column by another: the bars at the beginning. */
  crossed?: readonly [by: string, parts: string]
  table: readonly string[]
}

export const emphases: Readonly<Record<ExportKind, Emphasis>> = {
  matrix: {
    counted: ['status', 'risk', 'source', 'environment', 'team'],
    crossed: ['layer', 'status'],
    table: ['binding', 'layer', 'status', 'team', 'person_name', 'source', 'risk', 'since'],
  },
  gaps: {
    counted: ['severity', 'state', 'rule', 'layer', 'overdue'],
    crossed: ['layer', 'severity'],
    table: ['severity', 'title', 'layer', 'subject', 'state', 'affected', 'due_at', 'explanation'],
  },
  assignments: {
    counted: ['state', 'scope', 'credible', 'team'],
    crossed: ['layer', 'state'],
    table: ['name', 'team', 'person_name', 'state', 'credible', 'valid_from', 'set_by', 'reason'],
  },
  certifications: {
    counted: ['standing', 'kind', 'campaign', 'team'],
    crossed: ['risk', 'standing'],
    table: ['subject', 'kind', 'team', 'risk', 'standing', 'certified_at', 'certified_by', 'certified_until'],
  },
  audit: {
    counted: ['action', 'actor_kind', 'subject_type'],
    table: ['sequence', 'at', 'actor', 'action', 'subject_type', 'subject_id', 'reason'],
  },
  coverage: {
    counted: ['verdict', 'worst'],
    crossed: ['framework', 'verdict'],
    table: ['framework', 'control', 'title', 'verdict', 'open', 'excepted', 'worst', 'rules'],
  },
  people: { counted: ['status', 'source'], table: ['key', 'name', 'email', 'status', 'manager', 'teams', 'open_gaps'] },
  teams: {
    counted: ['function', 'status'],
    table: ['key', 'name', 'function', 'status', 'leads', 'members', 'open_gaps'],
  },
  agents: {
    counted: ['lifecycle', 'autonomy', 'environment'],
    table: ['key', 'name', 'lifecycle', 'autonomy', 'environment', 'sponsor_name', 'bindings', 'open_gaps'],
  },
  tools: {
    counted: ['kind', 'classification', 'independent_privileges'],
    table: ['key', 'name', 'kind', 'classification', 'independent_privileges', 'application', 'bindings', 'open_gaps'],
  },
  'enforcement-points': {
    counted: ['kind', 'team'],
    table: ['key', 'name', 'kind', 'team', 'tools', 'bindings', 'open_gaps'],
  },
  bindings: {
    counted: ['state', 'risk', 'decision_mode', 'credential_type', 'environment'],
    table: ['key', 'state', 'risk', 'decision_mode', 'credential_type', 'certified_at', 'certified_until', 'open_gaps'],
  },
  delegations: { counted: ['source'], table: ['from', 'to', 'scope', 'source', 'created_at'] },
  contracts: {
    counted: ['state', 'model', 'author'],
    table: [
      'tool',
      'version',
      'state',
      'author',
      'signed_off_by',
      'in_force_at',
      'points_enforcing',
      'points_attested',
    ],
  },
  exceptions: {
    counted: ['state', 'rule', 'layer'],
    table: ['title', 'subject', 'layer', 'state', 'expires', 'asked_by', 'decided_by', 'reason'],
  },
  campaigns: {
    counted: ['state', 'kind'],
    table: ['name', 'kind', 'state', 'due_on', 'owner', 'items', 'open', 'answered'],
  },
  remediations: {
    counted: ['state', 'risk', 'team', 'overdue'],
    table: ['binding', 'risk', 'campaign', 'state', 'due_at', 'team', 'assignee'],
  },
}
