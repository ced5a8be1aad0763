import { type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'

/** The pattern that finds `text` anywhere, whatever characters it has. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** Condition that the slug of the binding `b` has `text` in it. */
export const bindingSlugHas = (text: string): Sql =>
  sql`b.id IN (SELECT x.binding_id FROM binding_search x WHERE x.slug ILIKE ${containing(text)})`

/** One column a list is ordered by, and how its value in a cursor becomes SQL again. */
export interface OrderColumn {
  column: Sql
  value: (part: CursorKey[number]) => Sql
}

export const byText = (column: Sql): OrderColumn => ({ column, value: (part) => sql`${part}::text` })
export const byId = (column: Sql): OrderColumn => ({ column, value: (part) => sql`${part}::uuid` })

/** A key-set order: rows after `start` (none for the first page), and the ORDER BY. The last column has to be unique. */
export function seek(
  columns: readonly OrderColumn[],
  descending: boolean,
  start: CursorKey | null,
): { after: Sql; orderBy: Sql } {
  const list = (parts: readonly Sql[]) => parts.reduce((left, right) => sql`${left}, ${right}`)
  const direction = descending ? sql`DESC` : sql`ASC`
  const orderBy = list(columns.map(({ column }) => sql`${column} ${direction}`))
  if (start === null) return { after: sql`TRUE`, orderBy }
  const here = list(columns.map(({ column }) => column))
  const there = list(columns.map(({ value }, index) => value(start[index] ?? null)))
  return { after: descending ? sql`(${here}) < (${there})` : sql`(${here}) > (${there})`, orderBy }
}

/** Counts in lists stop here; one more means "more than that". */
export const countMax = 1000

/** How many rows `selection` has, counted no further than a list shows. */
export function cappedCount(selection: Sql): Sql {
  return sql`(SELECT count(*)::int FROM (${selection} LIMIT ${countMax + 1}) AS counted)`
}
