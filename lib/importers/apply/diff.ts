import type { Json } from '@/lib/audit/model'
import { type Fields, keyOfField, same } from './fields'

/** An entity as the registry holds it. */
export interface PresentRow {
  id: string
  /** Keys of the estate format whose values a person has set by hand since. */
  editedFields: readonly string[]
  fields: Fields
}

export interface FieldChange {
  field: string
  from: Json
  to: Json
}

/** What an import makes of one entity. */
export interface EntityPlan {
  action: 'create' | 'update' | 'unchanged'
  /** The whole entity as it will stand. */
  after: Fields
  changes: FieldChange[]
  /** What the source says otherwise than a person who edited it: kept as the person set it. */
  conflicts: FieldChange[]
}

/**
 * Compares what a source says with what is there. Fields that the source is silent on stay as they are, and so do those
 * that a person has set by hand, unless they are `imposed`.
 */
export function planEntity(
  present: PresentRow | undefined,
  wanted: Fields,
  defaults: Fields,
  imposed: readonly string[] = [],
): EntityPlan {
  if (!present) {
    const changes = Object.entries(wanted).map(([field, to]) => ({ field, from: null, to }))
    return { action: 'create', after: { ...defaults, ...wanted }, changes, conflicts: [] }
  }
  const changes: FieldChange[] = []
  const conflicts: FieldChange[] = []
  for (const [field, to] of Object.entries(wanted)) {
    const from = present.fields[field] ?? null
    if (same(from, to)) continue
    const isEdited = !imposed.includes(field) && present.editedFields.includes(keyOfField(field))
    ;(isEdited ? conflicts : changes).push({ field, from, to })
  }
  if (changes.length === 0) return { action: 'unchanged', after: present.fields, changes, conflicts }
  const after = { ...present.fields }
  for (const { field, to } of changes) after[field] = to
  return { action: 'update', after, changes, conflicts }
}
