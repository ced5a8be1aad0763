import { isDeepStrictEqual } from 'node:util'
import type { AuditEntry, Json } from '@/lib/audit/model'
import { DomainError } from '@/lib/use-cases/errors'

/** The editable fields of a thing under the names of the estate format, as JSON. */
export type Fields = { [field: string]: Json }
/** The fields that an edit names; those left undefined stay as they are. */
export type WantedFields = { [field: string]: Json | undefined }

/** What an edit changes: only the fields that differ, before and after. */
export interface Changes {
  fields: string[]
  before: Fields
  after: Fields
}

/**
 * Compares what is there with what an edit wants.
 * @throws DomainError `refused` when nothing would change: an audit event about nothing is noise.
 */
export function changesBetween(present: Fields, wanted: WantedFields): Changes {
  const changes: Changes = { fields: [], before: {}, after: {} }
  for (const [field, value] of Object.entries(wanted)) {
    const was = present[field] ?? null
    if (value === undefined || isDeepStrictEqual(was, value)) continue
    changes.fields.push(field)
    changes.before[field] = was
    changes.after[field] = value
  }
  if (changes.fields.length === 0)
    throw new DomainError('refused', 'Nothing would change: the values are there already.')
  return changes
}

/** The fields a person has edited so far: an importer shows a conflict there instead of overwriting. */
export function editedWith(editedFields: readonly string[], fields: readonly string[]): string[] {
  return [...new Set([...editedFields, ...fields])].sort()
}

/** The object without its undefined keys, as Prisma wants it. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

/** What was edited, for the audit log. */
interface Subject {
  type: string
  id: string
  /** What people call it: kept in both sides of the event, so that it can be read by itself. */
  slug: string
}

/** The audit entry of an edit: what changed and nothing else. */
export function editEntry(
  { type, id, slug }: Subject,
  changes: Pick<Changes, 'before' | 'after'>,
  reason: string | undefined,
): AuditEntry {
  const before = { slug, ...changes.before }
  return { subjectType: type, subjectId: id, before, after: { slug, ...changes.after }, ...defined({ reason }) }
}
