import { identifier, join, type Sql, sql } from '@/lib/db/sql'

/**
 * The rows of a governed table as they were recorded at an instant: these columns, and since when each row was as it was.
 * `where` narrows the live rows, `whereKept` those of history, where another index may be at hand. Schemas are named, so
 * that it says the same wherever it is asked.
 */
export function versionsAt(
  table: string,
  columns: readonly string[],
  instant: Date,
  where: Sql = sql`TRUE`,
  whereKept: Sql = where,
): Sql {
  const named = join([...columns, 'recorded_at'].map(identifier), ', ')
  const at = sql`${instant.toISOString()}::timestamptz`
  return sql`(
    SELECT ${named} FROM public.${identifier(table)} WHERE recorded_at <= ${at} AND ${where}
    UNION ALL
    SELECT ${named} FROM history.${identifier(table)} WHERE recorded_at <= ${at} AND recorded_until > ${at} AND ${whereKept})`
}
