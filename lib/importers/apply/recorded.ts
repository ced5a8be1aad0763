import type { AuditChange } from '@/lib/audit/model'
import type { EstateCollection } from '../estate/model'
import type { FieldChange } from './diff'

/** What the audit log calls one record of each collection. */
const subjectTypes: Readonly<Record<EstateCollection, string>> = {
  people: 'person',
  teams: 'team',
  enforcementPoints: 'enforcement_point',
  agents: 'agent',
  tools: 'tool',
  bindings: 'binding',
  delegations: 'delegation',
  owners: 'assignment',
  contracts: 'contract',
  attestations: 'attestation',
  parityRuns: 'parity_run',
  exceptions: 'exception',
}

/** What an import did to one record, as its history shows it: by the name it goes by, with the fields that differ. */
export function recordedChange(
  collection: EstateCollection,
  { id, key, isNew }: { id: string; key: string; isNew: boolean },
  changes: readonly FieldChange[],
): AuditChange {
  const side = (value: 'from' | 'to') =>
    Object.fromEntries([['slug', key], ...changes.map((change) => [change.field, change[value]] as const)])
  const record = { subjectType: subjectTypes[collection], subjectId: id }
  return isNew ? { ...record, after: side('to') } : { ...record, before: side('from'), after: side('to') }
}
