import type { Row } from '../pages'

/** A row with one text per column: what is inside an object becomes a column of its own, such as `sponsor.name`. */
export type FlatRow = ReadonlyMap<string, string>

/** Rows as a table: every column that any row has, in the order of their appearance. */
export function flatten(rows: readonly Row[]): { columns: string[]; rows: FlatRow[] } {
  const flat = rows.map((row) => new Map(cellsOf('', row)))
  const names = new Set(flat.flatMap((row) => [...row.keys()]))
  const parents = new Set([...names].flatMap(parentsOf))
  // Where a row has nothing for what is an object in others, there is no column for the nothing.
  return { columns: [...names].filter((name) => !parents.has(name)), rows: flat }
}

function* cellsOf(name: string, value: Row[string]): Generator<[string, string]> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) yield* cellsOf(name ? `${name}.${key}` : key, inner)
  } else yield [name, textOf(value)]
}

function textOf(value: Row[string]): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(nameOf).join('; ')
  return String(value)
}

/** What stands for an entry of a list: the name that scripts know it by. */
function nameOf(value: Row[string]): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return textOf(value)
  const key = ['slug', 'externalId', 'name', 'id'].find((candidate) => typeof value[candidate] === 'string')
  const [inner] = Object.values(value).filter((part) => part !== null && typeof part === 'object')
  return key ? String(value[key]) : inner === undefined ? JSON.stringify(value) : nameOf(inner)
}

function parentsOf(name: string): string[] {
  const parts = name.split('.')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'))
}
