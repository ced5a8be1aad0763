import { layers } from '@/lib/layers'
import type { EstateCollection } from '../estate/model'
import { environment, flag, known, list, path, type ReadCell, reference, text, word } from './cells'

/** A column and the place of its value in the entity. Headers are compared without case, spaces, hyphens and underscores. */
export interface Column {
  header: string
  aliases?: readonly string[]
  path: readonly [string] | readonly [string, string]
  read: ReadCell
}

/** A kind of CSV file and the columns that tell it from the others. */
export interface Table {
  name: string
  collection: Exclude<EstateCollection, 'contracts' | 'attestations' | 'parityRuns' | 'exceptions'> | 'memberships'
  /** It is this table when one of these sets of columns is there in full. */
  recognisedBy: readonly (readonly string[])[]
  columns: readonly Column[]
  /** The column that names the entity and may be left out: a slug is made from the name. */
  slug?: string
}

const column = (header: string, read: ReadCell, where?: Column['path'], aliases: readonly string[] = []): Column => ({
  header,
  path: where ?? [header],
  read,
  aliases,
})

/** In a binding CSV a column named for a layer holds the team that owns the layer on that binding. */
export const layerColumns = layers.map((layer) => ({
  layer: layer.id,
  headers: [layer.id, `${layer.id}Owner`, `${layer.id}Team`],
}))

/**
 * The CSV files that are read. The first table whose columns are there is taken, so the more particular stand first.
 */
export const csvTables: readonly Table[] = [
  {
    name: 'owners',
    collection: 'owners',
    recognisedBy: [['layer', 'scope', 'team']],
    columns: [
      column('layer', word),
      column('scope', word),
      column('subject', text),
      column('team', reference),
      column('person', text, ['person'], ['accountablePerson']),
      column('state', word),
      column('since', text),
      column('reason', text),
    ],
  },
  {
    name: 'bindings',
    collection: 'bindings',
    recognisedBy: [['agent', 'tool']],
    columns: [
      column('agent', reference, ['agent'], ['agentSlug', 'agentName']),
      column('tool', reference, ['tool'], ['toolSlug', 'toolName']),
      column('environment', environment, ['environment'], ['env']),
      column('state', word, ['state'], ['bindingState']),
      column('activeSince', text),
      column('risk', word, ['risk'], ['riskTier']),
      column('intent', text, ['intent', 'text'], ['businessIntent']),
      column('intentApprovedBy', text, ['intent', 'approvedBy']),
      column('intentApprovedAt', text, ['intent', 'approvedAt']),
      column('actions', list, ['actions'], ['scopes']),
      column('decisionMode', word),
      column('credentialType', word, ['credential', 'type'], ['credential']),
      column('credentialLifetime', text, ['credential', 'lifetime']),
      column('boundary', text, ['boundary'], ['privilegeBoundary']),
      column('allowlistPresent', flag, ['allowlist', 'present'], ['allowlist']),
      column('allowlistReviewedAt', text, ['allowlist', 'reviewedAt']),
      column('allowlistReviewedBy', text, ['allowlist', 'reviewedBy']),
      column('path', path, ['path'], ['enforcementPath']),
      column('certifiedAt', text),
    ],
  },
  {
    name: 'memberships',
    collection: 'memberships',
    recognisedBy: [['team', 'person']],
    columns: [
      column('team', reference, ['team'], ['teamSlug']),
      column('teamName', text),
      column('person', text, ['person'], ['personId', 'member']),
      column('role', word),
    ],
  },
  {
    name: 'people',
    collection: 'people',
    recognisedBy: [['id', 'name', 'email']],
    columns: [
      column('id', text, ['id'], ['personId', 'externalId', 'employeeId']),
      column('name', text, ['name'], ['fullName', 'displayName']),
      column('email', text, ['email'], ['mail', 'emailAddress']),
      column('status', word),
      column('manager', text, ['manager'], ['managerId']),
    ],
  },
  {
    name: 'enforcement points',
    collection: 'enforcementPoints',
    slug: 'point',
    recognisedBy: [
      ['point', 'name', 'kind'],
      ['name', 'kind', 'team'],
    ],
    columns: [
      column('point', reference, ['slug'], ['slug', 'enforcementPoint']),
      column('name', text),
      column('kind', word),
      column('team', reference, ['team'], ['teamSlug']),
      column('independentPrivileges', known),
    ],
  },
  {
    name: 'tools',
    collection: 'tools',
    slug: 'tool',
    recognisedBy: [
      ['tool', 'name'],
      ['name', 'classification'],
      ['name', 'independentPrivileges'],
    ],
    columns: [
      column('tool', reference, ['slug'], ['slug', 'toolSlug']),
      column('name', text),
      column('description', text),
      column('kind', word),
      column('classification', word, ['classification'], ['dataClassification']),
      column('independentPrivileges', known),
      column('application', reference),
      column('lifecycle', word),
      column('restricted', flag),
    ],
  },
  {
    name: 'agents',
    collection: 'agents',
    slug: 'agent',
    recognisedBy: [
      ['agent', 'name'],
      ['name', 'purpose'],
      ['name', 'sponsor'],
      ['name', 'autonomy'],
    ],
    columns: [
      column('agent', reference, ['slug'], ['slug', 'agentSlug']),
      column('name', text),
      column('purpose', text),
      column('sponsor', text, ['sponsor'], ['sponsorId']),
      column('autonomy', word),
      column('environment', environment, ['environment'], ['env']),
      column('lifecycle', word),
      column('identityPrimitive', word, ['identity', 'primitive']),
      column('identityId', text, ['identity', 'id']),
      column('decisionLogSource', text, ['decisionLog', 'source']),
      column('decisionLogLastSeen', text, ['decisionLog', 'lastSeen']),
      column('restricted', flag),
    ],
  },
  {
    name: 'teams',
    collection: 'teams',
    slug: 'team',
    recognisedBy: [
      ['team', 'name'],
      ['name', 'function'],
      ['name', 'contact'],
    ],
    columns: [
      column('team', reference, ['slug'], ['slug', 'teamSlug']),
      column('name', text),
      column('function', word),
      column('status', word),
      column('contact', text, ['contact'], ['contactEmail']),
    ],
  },
  {
    name: 'delegations',
    collection: 'delegations',
    recognisedBy: [['from', 'to', 'scope']],
    columns: [
      column('from', reference, ['from'], ['fromAgent']),
      column('to', reference, ['to'], ['toAgent']),
      column('scope', text),
    ],
  },
]
