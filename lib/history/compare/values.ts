import { validate } from 'uuid'
import type { Json } from '@/lib/audit/model'
import type { Names } from '@/lib/audit/naming'
import type { ComparedField } from './kinds'

/** A row as the database keeps it, by columns. */
export type Kept = Readonly<Record<string, Json>>

/** What the id in a column refers to. */
export type Reference = 'person' | 'team' | 'point'
export type References = Readonly<Record<Reference, ReadonlyMap<string, { key: string; name: string }>>>

type JsonObject = { [key: string]: Json }

/** What was and what is of a record, field by field; of one that changed, only the fields that differ. */
export interface Sides {
  before: JsonObject | null
  after: JsonObject | null
}

/** The ids that rows refer to by these fields. */
export function referred(
  fields: readonly ComparedField[],
  rows: readonly (Kept | null)[],
): Record<Reference, string[]> {
  const ids = { person: new Set<string>(), team: new Set<string>(), point: new Set<string>() }
  for (const row of rows) {
    for (const { column, holds } of row === null ? [] : fields) {
      const value = row?.[column]
      if (holds && holds !== 'instant' && typeof value === 'string' && validate(value)) ids[holds].add(value)
    }
  }
  return { person: [...ids.person], team: [...ids.team], point: [...ids.point] }
}

/** Both sides of a difference, with people, teams and points by their keys. */
export function sidesOf(fields: readonly ComparedField[], was: Kept | null, is: Kept | null, known: References): Sides {
  const shown =
    was === null || is === null
      ? fields
      : fields.filter(({ column }) => JSON.stringify(was[column]) !== JSON.stringify(is[column]))
  const side = (row: Kept | null) => (row === null ? null : objectOf(shown, row, known))
  return { before: side(was), after: side(is) }
}

function objectOf(fields: readonly ComparedField[], row: Kept, known: References): JsonObject {
  const object: JsonObject = {}
  for (const { name, column, holds } of fields) {
    const [outer, inner] = name.split('.')
    const value = told(row[column] ?? null, holds, known)
    if (outer === undefined) continue
    if (inner === undefined) object[outer] = value
    else object[outer] = { ...nested(object[outer]), [inner]: value }
  }
  return object
}

const nested = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

function told(value: Json, holds: ComparedField['holds'], known: References): Json {
  if (typeof value !== 'string' || holds === undefined) return value
  if (holds === 'instant') return new Date(value).toISOString()
  return known[holds].get(value)?.key ?? value
}

/** What the people and teams of references are called, by the keys that they are named with. */
export function namesOf({ person, team }: References): Names {
  const named = (found: ReadonlyMap<string, { key: string; name: string }>) =>
    Object.fromEntries([...found.values()].map(({ key, name }) => [key, name]))
  return { people: named(person), teams: named(team) }
}
