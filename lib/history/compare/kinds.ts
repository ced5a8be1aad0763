/** What two instants of the estate are compared by, in the order in which the differences are shown. */
export const comparedKinds = [
  'owner',
  'gap',
  'binding',
  'path_step',
  'assignment',
  'contract',
  'agent',
  'delegation',
  'tool',
  'enforcement_point',
  'team',
  'membership',
  'person',
] as const
export type ComparedKind = (typeof comparedKinds)[number]

/**
 * How something differs: it was not there before, is not there any more, or is not the same. An owner is `moved` when
 * another team answers, and `changed` when the same team does on other grounds. A gap that is resolved is not there.
 */
export const hows = ['added', 'opened', 'moved', 'changed', 'gone', 'closed'] as const
export type How = (typeof hows)[number]

/** What a column holds, where it is no plain value. */
type Holds = 'instant' | 'person' | 'team' | 'point'

/** One field that is compared: its name in answers (a dot for a field within a field), and its column. */
export interface ComparedField {
  name: string
  column: string
  holds?: Holds
}

/** How one kind of record is compared. */
export interface Comparison {
  table: string
  key: readonly string[]
  fields: readonly ComparedField[]
  /** Columns that say what a record is; they stay the same for as long as there is one. */
  identity: readonly string[]
  /** A field whose change is more than a change. */
  moves?: string
  /** What it is called when something comes or goes. */
  comes: How
  goes: How
}

const plain = (name: string, column: string = snakeCase(name)): ComparedField => ({ name, column })
const instant = (name: string, column: string = snakeCase(name)): ComparedField => ({ name, column, holds: 'instant' })
const person = (name: string, column: string = `${snakeCase(name)}_id`): ComparedField => ({
  name,
  column,
  holds: 'person',
})
const team = (name: string, column: string = `${snakeCase(name)}_id`): ComparedField => ({
  name,
  column,
  holds: 'team',
})
const point = (name: string, column: string = `${snakeCase(name)}_id`): ComparedField => ({
  name,
  column,
  holds: 'point',
})

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const comesAndGoes = { comes: 'added', goes: 'gone' } as const
const certification = [instant('certifiedAt'), plain('certifiedBy')]

/**
 * Every kind with what counts as a difference. What a source or the product notes for itself does not: when a record was
 * last seen, its version, which fields were edited by hand.
 */
export const comparisons: Readonly<Record<ComparedKind, Comparison>> = {
  owner: {
    ...comesAndGoes,
    table: 'effective_owner',
    key: ['binding_id', 'layer'],
    identity: [],
    moves: 'team_id',
    fields: [team('team'), plain('status'), plain('source'), plain('assignment', 'assignment_id')],
  },
  gap: {
    table: 'gap',
    key: ['id'],
    identity: ['rule', 'subject_type', 'subject_slug', 'layer', 'point_id'],
    comes: 'opened',
    goes: 'closed',
    fields: [
      ...[plain('severity'), plain('state'), plain('affected'), plain('explanation'), instant('openedAt')],
      ...[instant('dueAt'), person('assignee')],
    ],
  },
  binding: {
    ...comesAndGoes,
    table: 'binding',
    key: ['id'],
    identity: ['slug', 'agent_id', 'tool_id', 'environment'],
    fields: [
      ...[plain('state'), instant('activeSince'), plain('risk'), plain('actions'), plain('decisionMode')],
      ...[plain('intent.text', 'intent_text'), person('intent.approvedBy', 'intent_approved_by_id')],
      ...[instant('intent.approvedAt', 'intent_approved_at'), plain('credential.type', 'credential_type')],
      ...[plain('credential.lifetimeSeconds', 'credential_lifetime_seconds'), plain('boundary')],
      ...[plain('allowlist.present', 'allowlist_present'), instant('allowlist.reviewedAt', 'allowlist_reviewed_at')],
      ...[person('allowlist.reviewedBy', 'allowlist_reviewed_by_id'), ...certification],
      ...[instant('certificationLostAt'), instant('remediationDueAt')],
    ],
  },
  path_step: {
    ...comesAndGoes,
    table: 'path_step',
    key: ['binding_id', 'position'],
    identity: [],
    fields: [point('point'), plain('mode')],
  },
  assignment: {
    ...comesAndGoes,
    table: 'assignment',
    key: ['id'],
    identity: ['layer', 'scope', 'agent_id', 'tool_id', 'point_id', 'binding_id'],
    fields: [
      ...[team('team'), person('person'), plain('state'), instant('validFrom'), instant('validTo'), plain('setBy')],
      ...[plain('reason'), instant('decidedAt'), plain('decidedBy'), plain('decisionReason'), ...certification],
    ],
  },
  contract: {
    ...comesAndGoes,
    table: 'contract',
    key: ['id'],
    identity: ['tool_id', 'version'],
    fields: [
      ...[plain('state'), team('author', 'author_team_id'), plain('authoredBy'), plain('digest'), plain('note')],
      ...[person('signedOffBy'), team('signedOffTeam'), instant('signedOffAt'), instant('inForceAt')],
      instant('supersededAt'),
    ],
  },
  agent: {
    ...comesAndGoes,
    table: 'agent',
    key: ['id'],
    identity: ['slug'],
    fields: [
      ...[plain('name'), plain('purpose'), person('sponsor'), plain('autonomy'), plain('environment')],
      ...[plain('lifecycle'), plain('identityPrimitive'), plain('identityId'), plain('decisionLogSource')],
    ],
  },
  delegation: {
    ...comesAndGoes,
    table: 'delegation',
    key: ['id'],
    identity: ['from_agent_id', 'to_agent_id'],
    fields: [plain('scope')],
  },
  tool: {
    ...comesAndGoes,
    table: 'tool',
    key: ['id'],
    identity: ['slug'],
    fields: [
      ...[plain('name'), plain('description'), plain('kind'), plain('classification'), plain('lifecycle')],
      ...[plain('independentPrivileges'), point('application'), plain('actions')],
    ],
  },
  enforcement_point: {
    ...comesAndGoes,
    table: 'enforcement_point',
    key: ['id'],
    identity: ['slug'],
    fields: [
      ...[plain('name'), plain('kind'), team('team'), plain('independentPrivileges'), plain('decisionEndpoint')],
      plain('credentialKind'),
    ],
  },
  team: {
    ...comesAndGoes,
    table: 'team',
    key: ['id'],
    identity: ['slug'],
    fields: [plain('name'), plain('function'), plain('status'), plain('contact')],
  },
  membership: {
    ...comesAndGoes,
    table: 'membership',
    key: ['team_id', 'person_id'],
    identity: [],
    fields: [plain('role')],
  },
  person: {
    ...comesAndGoes,
    table: 'person',
    key: ['id'],
    identity: ['external_id'],
    fields: [plain('name'), plain('email'), plain('status'), person('manager'), plain('timeZone')],
  },
}

/** In which ways something of a kind can differ. */
export function howsOf(kind: ComparedKind): readonly How[] {
  const { comes, goes, moves } = comparisons[kind]
  return [comes, ...(moves ? (['moved'] as const) : []), 'changed', goes]
}
