import 'server-only'
import type { Actor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import type { Reader } from '@/lib/db/reading'
import { DomainError } from '@/lib/use-cases/errors'
import { fieldProblems } from '@/lib/use-cases/run'
import { datasets } from './datasets'
import { type DatasetColumn, type DatasetName, type DatasetRow, datasetNames } from './datasets/model'
import type { Format } from './formats/model'
import { lists } from './lists'
import { type ListContext, listRows } from './lists/rows'
import type { ExportView } from './model'
import type { ExportKind, ListName } from './names'
import { inSnapshot } from './snapshot-rows'

/** Who asks, and of when. */
export interface Asking {
  database: Database
  actor: Actor
  /** The instant that is shown: the present, or `asOf`. */
  now: Date
  asOf?: Date | undefined
  newId: () => string
  requestId: string
}

/** What was asked for, opened: rows that see one state of the database until it is ended. */
export interface OpenExport {
  title: string
  description: string
  /** Those asked for, in the order asked for. */
  columns: readonly DatasetColumn[]
  rows: AsyncIterable<DatasetRow[]>
  /** The same as `Dataset.records` says them, if they were asked for and it has them; then `rows` are not to be read. */
  records?: AsyncIterable<string[]> | undefined
  /** The state that they are of; absent for lists. */
  db?: Reader | undefined
  /** Gives back what it holds; what still runs is cancelled. */
  end(): Promise<void>
}

export type Wanted = Pick<ExportView, 'kind' | 'filter' | 'sort' | 'columns'>

/** How the rows will be read. */
type Reading = Pick<Format, 'takesRecords'>

const isDataset = (kind: ExportKind): kind is DatasetName => datasetNames.some((name) => name === kind)

/** Title, description, columns and orders of a kind. */
export function describeKind(kind: ExportKind) {
  if (isDataset(kind)) {
    const { title, description, columns, sorts } = datasets[kind]
    return { title, description, columns, sorts }
  }
  const { title, description, columns } = lists[kind]
  return { title, description, columns, sorts: [] }
}

/**
 * Opens what is asked for, for a format. The first rows have been read when it answers, so that what is wrong with it is known by then.
 * @throws DomainError for a filter, an order or columns that it does not have.
 */
export async function openExport(asking: Asking, wanted: Wanted, { takesRecords }: Reading): Promise<OpenExport> {
  const { title, description, columns } = describeKind(wanted.kind)
  const chosen = chosenColumns(columns, wanted.columns)
  const { rows, records, db, end } = isDataset(wanted.kind)
    ? await openDataset(asking, wanted.kind, wanted, chosen)
    : openList(asking, wanted.kind, wanted)
  try {
    const begunOne = takesRecords && records ? { rows, records: await begun(records) } : { rows: await begun(rows) }
    return { title, description, columns: chosen, ...begunOne, db, end }
  } catch (error) {
    await end()
    throw error
  }
}

/** The same items, the first of them read already. */
async function begun<Item>(items: AsyncIterable<Item>): Promise<AsyncIterable<Item>> {
  const iterator = items[Symbol.asyncIterator]()
  return resumed(await iterator.next(), iterator)
}

async function* resumed<Item>(first: IteratorResult<Item>, rest: AsyncIterator<Item>): AsyncGenerator<Item> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value
}

function chosenColumns(columns: readonly DatasetColumn[], ids: readonly string[] | undefined): DatasetColumn[] {
  if (!ids || ids.length === 0)
    return columns.map(({ id, title, type, description }) => ({ id, title, type, description }))
  return ids.map((wanted) => {
    const column = columns.find(({ id }) => id === wanted)
    if (column) return column
    const message = `There is no column "${wanted}". There are ${columns.map(({ id }) => id).join(', ')}.`
    throw new DomainError('invalid_input', message, { fields: [{ field: 'columns', message }] })
  })
}

function datasetFilter(kind: DatasetName, filter: Wanted['filter']): unknown {
  const parsed = datasets[kind].filter.safeParse(filter)
  if (parsed.success) return parsed.data
  const fields = fieldProblems(parsed.error).map(({ field, message }) => ({ field: `filter.${field}`, message }))
  throw new DomainError('invalid_input', `${fields[0]?.field ?? 'filter'}: ${fields[0]?.message ?? 'Not valid'}`, {
    fields,
  })
}

async function openDataset(
  { database, actor, now, asOf }: Asking,
  kind: DatasetName,
  { filter, sort }: Wanted,
  columns: readonly DatasetColumn[],
) {
  const dataset = datasets[kind]
  const parsed = datasetFilter(kind, filter)
  if (sort !== undefined && !dataset.sorts.includes(sort)) {
    const message = `There is no order "${sort}". There are ${dataset.sorts.join(', ')}.`
    throw new DomainError('invalid_input', message, { fields: [{ field: 'sort', message }] })
  }
  const reading = await database.read(asOf)
  const context = { db: reading, now, actor }
  // Neither begins before it is read.
  const rows = dataset.rows(context, parsed, sort)
  const records = dataset.records?.(context, parsed, columns, sort)
  return { rows, records, db: reading, end: () => reading.end() }
}

function openList({ database, asOf, ...rest }: Asking, kind: ListName, wanted: Wanted) {
  const rows = inSnapshot(database, asOf, (db) => listRows({ ...rest, db }, kind, wanted))
  return { rows, records: undefined, db: undefined, end: async () => void (await rows.return(undefined)) }
}

/** How many rows there are, counted no further than `max`. */
export async function countRows(context: ListContext, { kind, filter }: Wanted, max: number): Promise<number> {
  if (isDataset(kind)) return await datasets[kind].count(context, datasetFilter(kind, filter), max)
  let count = 0
  for await (const batch of listRows(context, kind, { filter })) {
    count += batch.length
    if (count >= max) return max
  }
  return count
}
