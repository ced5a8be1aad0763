import { z } from 'zod'
import type { Query } from '@/lib/use-cases/define'
import type { ColumnType, DatasetColumn, DatasetRow, DatasetValue } from '../datasets/model'

/** A column of a list: where in a row of its answer the value stands, such as `sponsor.externalId` or `leads[].externalId`. */
export interface ListColumn extends DatasetColumn {
  path: string
}

/** A list of the API as a source of exports: all of its pages, in its own orders. */
export interface ListSource {
  title: string
  description: string
  query: Query
  columns: readonly ListColumn[]
  /** Filters that are numbers: in an address everything is text. */
  numbers?: readonly string[]
}

/** Column by column: id, title, type, path, description. */
export const cell = (id: string, title: string, type: ColumnType, path: string, description: string): ListColumn => ({
  id,
  title,
  type,
  path,
  description,
})

const rowSchema = z.record(z.string(), z.unknown())
/** A page of any list. */
export const listPageSchema = z.object({ rows: z.array(rowSchema), next: z.string().nullable() })
type ListRow = z.infer<typeof rowSchema>

/** A row of a list as one of an export. */
export const exportedRow = (columns: readonly ListColumn[], row: ListRow): DatasetRow =>
  Object.fromEntries(columns.map(({ id, path, type }) => [id, exportedValue(type, at(row, path.split('.')))]))

function at(value: unknown, path: readonly string[]): unknown {
  const [first, ...rest] = path
  if (first === undefined || value === null || value === undefined) return value ?? null
  const field = first.replace('[]', '')
  const parsed = rowSchema.safeParse(value)
  const found = parsed.success ? parsed.data[field] : null
  return first.endsWith('[]') && Array.isArray(found) ? found.map((each) => at(each, rest)) : at(found, rest)
}

function exportedValue(type: ColumnType, value: unknown): DatasetValue {
  if (value === null || value === undefined) return null
  if (type === 'list') return Array.isArray(value) ? value.map(String) : [String(value)]
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}
