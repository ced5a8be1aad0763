import { validate } from 'uuid'
import type { AuditChange, AuditEntry, Json } from './model'

type JsonObject = { [key: string]: Json }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The records that one side of an event lists, by their ids. */
function listed(side: Json | undefined): Map<string, JsonObject> {
  const records = Array.isArray(side) ? side.filter(isObject) : []
  return new Map(records.flatMap(({ id, ...fields }) => (typeof id === 'string' && validate(id) ? [[id, fields]] : [])))
}

/**
 * The single records that an event changed: those that it names, else those that its `after` lists by id with what its
 * `before` lists of them. None for an event about one record, which tells of it itself.
 */
export function changesIn({ subjectType, before, after, changes }: AuditEntry): readonly AuditChange[] {
  if (changes) return changes
  const was = listed(before)
  return [...listed(after)].map(([subjectId, fields]) => {
    const earlier = was.get(subjectId)
    return { subjectType, subjectId, ...(earlier && { before: earlier }), after: fields }
  })
}
