import type { OutputOf } from '@/lib/http/client'
import type { EstateCollection } from '@/lib/importers/estate/model'

export type Report = OutputOf<'imports.preview'>
export type Run = OutputOf<'imports.list'>['rows'][number]
export type Counts = Report['created']
export type Change = Report['changes'][number]
export type Problem = Report['errors'][number]
type Value = Change['fields'][number]['from']

/** What an import speaks of, in the order in which it is read. */
export const entities: readonly { collection: EstateCollection; title: string }[] = [
  { collection: 'people', title: 'People' },
  { collection: 'teams', title: 'Teams' },
  { collection: 'enforcementPoints', title: 'Enforcement points' },
  { collection: 'agents', title: 'Agents' },
  { collection: 'tools', title: 'Tools' },
  { collection: 'bindings', title: 'Bindings' },
  { collection: 'delegations', title: 'Delegations' },
  { collection: 'owners', title: 'Owners' },
  { collection: 'contracts', title: 'Contracts' },
  { collection: 'attestations', title: 'Attestations' },
  { collection: 'parityRuns', title: 'Parity runs' },
  { collection: 'exceptions', title: 'Exceptions' },
]

/** All entities together. */
export const totalOf = (counts: Counts): number => entities.reduce((sum, { collection }) => sum + counts[collection], 0)

/** "1 error", "2 errors". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** A value of a field as a reader sees it; null for none. */
export function valueText(value: Value): string | null {
  if (value === null || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item) => valueText(item) ?? '').join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** "bindings.yaml:12": where it stands, as editors open it; empty where the source cannot tell. */
export function placeText({ file, line }: { file: string; line: number | null }): string {
  return line === null ? file : `${file}:${line}`
}
