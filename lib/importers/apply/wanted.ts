import { type Json, toJson } from '@/lib/audit/model'
import { durationSeconds } from '@/lib/gaps/duration'
import type { Estate, EstateCollection } from '../estate/model'
import { keyOf } from '../keys'
import { type Fields, stated } from './fields'

/** The collections that are compared field by field. Owners have a history and are planned by themselves. */
export const tableCollections = [
  'people',
  'teams',
  'enforcementPoints',
  'agents',
  'tools',
  'bindings',
  'delegations',
  'contracts',
  'attestations',
  'parityRuns',
  'exceptions',
] as const satisfies readonly EstateCollection[]
export type TableCollection = (typeof tableCollections)[number]

type Entity<C extends EstateCollection> = Estate[C][number]

const seconds = (duration: string | undefined) => (duration === undefined ? undefined : durationSeconds(duration))

/** What a source says of an entity. */
export const wantedOf: { readonly [C in TableCollection]: (entity: Entity<C>) => Fields } = {
  people: ({ name, email, timeZone, status, manager }) => stated({ name, email, timeZone, status, manager }),
  teams: ({ name, function: duty, status, contact, members }) =>
    stated({
      name,
      function: duty,
      status,
      contact,
      members: members?.map(({ person, role }) => ({ person, role })),
    }),
  enforcementPoints: ({ name, kind, team, independentPrivileges, decisionEndpoint }) =>
    stated({ name, kind, team, independentPrivileges, decisionEndpoint }),
  agents: ({ name, purpose, sponsor, autonomy, environment, lifecycle, identity, decisionLog, restricted }) =>
    stated({
      name,
      purpose,
      sponsor,
      autonomy,
      environment,
      lifecycle,
      'identity.primitive': identity?.primitive,
      'identity.id': identity?.id,
      'decisionLog.source': decisionLog?.source,
      'decisionLog.lastSeen': decisionLog?.lastSeen,
      restricted: marked(restricted),
    }),
  tools: ({
    name,
    description,
    kind,
    classification,
    independentPrivileges,
    application,
    lifecycle,
    actions,
    restricted,
  }) =>
    stated({
      name,
      description,
      kind,
      classification,
      independentPrivileges,
      application,
      lifecycle,
      actions: actions?.map((action) => stated({ ...action })),
      restricted: marked(restricted),
    }),
  bindings: (binding) =>
    stated({
      agent: binding.agent,
      tool: binding.tool,
      environment: binding.environment,
      state: binding.state,
      activeSince: binding.activeSince,
      'intent.text': binding.intent?.text,
      'intent.approvedBy': binding.intent?.approvedBy,
      'intent.approvedAt': binding.intent?.approvedAt,
      actions: binding.actions,
      risk: binding.risk,
      decisionMode: binding.decisionMode,
      'credential.type': binding.credential?.type,
      'credential.lifetimeSeconds': seconds(binding.credential?.lifetime),
      boundary: binding.boundary,
      'allowlist.present': binding.allowlist?.present,
      'allowlist.reviewedAt': binding.allowlist?.reviewedAt,
      'allowlist.reviewedBy': binding.allowlist?.reviewedBy,
      path: binding.path?.map(({ point, mode }) => ({ point, mode })),
      certifiedAt: binding.certifiedAt,
    }),
  // The format's default for a scope is the empty one, which says nothing.
  delegations: ({ from, to, scope }) => stated({ from, to, scope: scope === '' ? undefined : scope }),
  contracts: ({ tool, version, state, author, signedOffBy, limits }) =>
    stated({
      tool,
      version,
      state,
      author,
      'signedOffBy.person': signedOffBy?.person,
      'signedOffBy.team': signedOffBy?.team,
      'signedOffBy.at': signedOffBy?.at,
      limits: limits && toJson(limits),
    }),
  attestations: ({ point, tool, contractVersion, at, by }) => stated({ point, tool, contractVersion, at, by }),
  parityRuns: ({ tool, contractVersion, at, answers }) =>
    stated({ tool, contractVersion, at, answers: answersByPoint(answers) }),
  exceptions: ({ rule, subject, layer, point, reason, approver, expires }) =>
    stated({ rule, subject, layer, point, reason, approver, expires }),
}

/** A mark as its column is read: what is not marked is null. */
const marked = (value: boolean | undefined): Json | undefined => (value === false ? null : value)

/** Point by point, each in the order of its vectors: as the registry keeps them. */
function answersByPoint(answers: Entity<'parityRuns'>['answers']): Json {
  const points = [...new Set(answers.map(({ point }) => point))].sort()
  return points.flatMap((point) =>
    answers.filter((answer) => answer.point === point).map((answer) => stated({ ...answer })),
  )
}

/** What names the row of an entity. An attestation is one statement at one time; each later one stands beside it. */
export function rowKeyOf<C extends EstateCollection>(collection: C, entity: Entity<C>): string {
  const key = keyOf[collection](entity)
  return 'contractVersion' in entity && !('answers' in entity) ? `${key}#${entity.at.toISOString()}` : key
}

/** What a new entity is where its source is silent: the registry's own defaults. */
export const defaultsOf: { readonly [C in TableCollection]: Fields } = {
  people: { email: null, timeZone: null, status: 'active', manager: null },
  teams: { function: 'business', status: 'active', contact: null, members: [] },
  enforcementPoints: { team: null, independentPrivileges: 'unknown', decisionEndpoint: null },
  agents: {
    purpose: '',
    sponsor: null,
    autonomy: 'supervised',
    environment: 'production',
    lifecycle: 'discovered',
    'identity.primitive': null,
    'identity.id': null,
    'decisionLog.source': null,
    'decisionLog.lastSeen': null,
    restricted: null,
  },
  tools: {
    description: '',
    kind: 'api',
    classification: 'internal',
    independentPrivileges: 'unknown',
    application: null,
    lifecycle: 'active',
    actions: [],
    restricted: null,
  },
  bindings: {
    state: 'requested',
    activeSince: null,
    'intent.text': null,
    'intent.approvedBy': null,
    'intent.approvedAt': null,
    actions: [],
    risk: 'medium',
    decisionMode: 'static',
    'credential.type': 'long_lived',
    'credential.lifetimeSeconds': null,
    boundary: null,
    'allowlist.present': null,
    'allowlist.reviewedAt': null,
    'allowlist.reviewedBy': null,
    path: [],
    certifiedAt: null,
  },
  delegations: { scope: '' },
  contracts: {
    state: 'draft',
    author: null,
    'signedOffBy.person': null,
    'signedOffBy.team': null,
    'signedOffBy.at': null,
    inForceAt: null,
    supersededAt: null,
    limits: {},
  },
  attestations: { by: null },
  parityRuns: {},
  exceptions: { layer: null, point: null },
}
