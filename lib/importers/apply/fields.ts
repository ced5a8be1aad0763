import { isDeepStrictEqual } from 'node:util'
import type { Json } from '@/lib/audit/model'

/**
 * What is known of one entity: a value for each field under the names of the estate format, such as `intent.text`.
 * Instants are ISO strings, references are the names that files use. A field that is absent is one nothing is said of.
 */
export type Fields = { [field: string]: Json }

/** The fields as given, without those that say nothing. */
export function stated(fields: { [field: string]: Json | Date | undefined }): Fields {
  const known: Fields = {}
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) known[field] = value instanceof Date ? value.toISOString() : value
  }
  return known
}

/** Whether two values say the same. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || isDeepStrictEqual(a ?? null, b ?? null)
}

/** The key of the estate format that a field belongs to: `intent.text` → `intent`. Edits by hand are kept under these. */
export function keyOfField(field: string): string {
  const dot = field.indexOf('.')
  return dot === -1 ? field : field.slice(0, dot)
}

/** The value as text, or null when it is none. */
export function textAt(fields: Fields | null, field: string): string | null {
  const value = fields?.[field]
  return typeof value === 'string' ? value : null
}
