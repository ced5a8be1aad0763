import { identifier, join, type Sql, sql } from '@/lib/db/sql'
import { type ComparedKind, type Comparison, comparisons } from './kinds'

/** Two instants of the estate, the earlier first. */
export interface Span {
  from: Date
  to: Date
}

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`

/** What is there of a kind: a gap that is resolved is kept as a row, and is no gap. */
const present: Partial<Record<ComparedKind, Sql>> = { gap: sql`state <> 'resolved'` }

const row = (alias: 'w' | 'i', columns: readonly string[]) =>
  sql`ROW(${join(
    columns.map((column) => sql`${identifier(alias)}.${identifier(column)}`),
    ', ',
  )})`

/**
 * What differs of a kind between two instants, as the common table expressions `was` and `became` (the versions at each that
 * the other does not share) and `differing` (their keys, how they differ, and what they are).
 *
 * Only rows that were written between the instants are looked at: what was at `from` and differs has been replaced or
 * removed since, and so stands in history until an instant in between; what is at `to` and differs has been recorded in
 * between, and is the live row, or one that was replaced after `to`.
 */
export function differenceOf(kind: ComparedKind, { from, to }: Span): Sql {
  const comparison = comparisons[kind]
  const { table, key, identity, fields } = comparison
  const [live, kept] = [sql`public.${identifier(table)}`, sql`history.${identifier(table)}`]
  const named = [...key, ...identity, ...fields.map(({ column }) => column)]
  const columns = join(named.map(identifier), ', ')
  const there = present[kind] ?? sql`TRUE`
  const keys = join(key.map(identifier), ', ')
  const identities = identity.map(identifier).map((column) => sql`COALESCE(i.${column}, w.${column}) AS ${column}`)
  const selected = join([...key.map(identifier), ...identities, sql`${howOf(comparison)} AS how`], ', ')
  const compared = fields.map(({ column }) => column)
  return sql`
    was AS (
      SELECT TRUE AS there, ${columns} FROM ${kept}
      WHERE recorded_until > ${at(from)} AND recorded_until <= ${at(to)} AND recorded_at <= ${at(from)} AND ${there}
    ),
    became AS (
      SELECT TRUE AS there, ${columns} FROM ${live}
      WHERE recorded_at > ${at(from)} AND recorded_at <= ${at(to)} AND ${there}
      UNION ALL
      SELECT TRUE, ${columns} FROM ${kept}
      WHERE recorded_at > ${at(from)} AND recorded_at <= ${at(to)} AND recorded_until > ${at(to)} AND ${there}
    ),
    differing AS (
      SELECT ${selected}
      FROM was w FULL JOIN became i USING (${keys})
      WHERE w.there IS NULL OR i.there IS NULL OR ${row('w', compared)} IS DISTINCT FROM ${row('i', compared)}
    )`
}

function howOf({ comes, goes, moves }: Comparison): Sql {
  const moved = moves ? sql`WHEN w.${identifier(moves)} IS DISTINCT FROM i.${identifier(moves)} THEN 'moved'` : sql``
  return sql`CASE WHEN w.there IS NULL THEN ${comes}::text WHEN i.there IS NULL THEN ${goes}::text ${moved} ELSE 'changed' END`
}
