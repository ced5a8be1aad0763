import type { z } from 'zod'
import { cursorRows } from '@/lib/db/cursor'
import { identifier, join, type Sql, sql } from '@/lib/db/sql'
import { isoText } from '@/lib/importers/apply/columns-store'
import type { Dataset, DatasetContext } from './dataset'
import type { ColumnType, DatasetColumn, DatasetRow } from './model'

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

/** A value as formats of text write it. */
function asText({ id, type }: DatasetColumn): Sql {
  const value = sql`x.${identifier(id)}`
  if (type === 'boolean') return sql`${value}::text`
  // Without the third argument it would leave elements out that are null.
  return type === 'list' ? sql`array_to_string(${value}, '; ', '')` : value
}

interface SqlDataset<Filter extends z.ZodType> extends Omit<Dataset<Filter>, 'rows' | 'records' | 'count'> {
  /** The statements whose rows, one after the other, are the dataset in the order that is asked for. */
  statements(context: DatasetContext, filter: z.output<Filter>, sort: string): Promise<Sql[]>
}

/** A dataset that is selected by SQL alone. */
export function sqlDataset<Filter extends z.ZodType>({
  statements,
  ...dataset
}: SqlDataset<Filter>): Dataset<Filter> & Pick<SqlDataset<Filter>, 'statements'> {
  return {
    ...dataset,
    statements,
    async *rows(context, filter, sort = dataset.sorts[0]) {
      for (const statement of await statements(context, filter, sort)) {
        yield* cursorRows<DatasetRow>(context.db, statement)
      }
    },
    async *records(context, filter, columns, sort = dataset.sorts[0]) {
      const record = sql`ROW(${join(columns.map(asText), ', ')})::text`
      for (const statement of await statements(context, filter, sort)) {
        const batches = cursorRows<{ record: string }>(
          context.db,
          sql`SELECT ${record} AS record FROM (${statement}) x`,
        )
        for await (const batch of batches) yield batch.map((row) => row.record)
      }
    },
    async count(context, filter, max) {
      let count = 0
      for (const statement of await statements(context, filter, dataset.sorts[0])) {
        const [row] = await context.db.query<{ rows: number }>(
          sql`SELECT count(*)::int AS rows FROM (${statement} LIMIT ${max - count}) AS counted`,
        )
        count += row?.rows ?? 0
      }
      return count
    },
  }
}
