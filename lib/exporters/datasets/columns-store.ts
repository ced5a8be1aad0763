import { identifier, join, type Sql, sql } from '@/lib/db/sql'
import { isoText } from '@/lib/importers/apply/columns-store'
import type { ColumnType, DatasetColumn } from './model'

/** A column, and how a row of SQL says it. */
export interface SqlColumn extends DatasetColumn {
  value: Sql
}

/** Column by column: id, title, type, SQL, description. */
export function sqlColumn(id: string, title: string, type: ColumnType, value: Sql, description: string): SqlColumn {
  return { id, title, type, description, value: type === 'instant' ? isoText(value) : value }
}

/** What stands between SELECT and FROM. */
export const selected = (columns: readonly SqlColumn[]): Sql =>
  join(
    columns.map(({ id, value }) => sql`${value} AS ${identifier(id)}`),
    ', ',
  )

/** The columns without their SQL. */
export const described = (columns: readonly SqlColumn[]): DatasetColumn[] =>
  columns.map(({ id, title, type, description }) => ({ id, title, type, description }))
