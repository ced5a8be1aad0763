import type { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import type { Reader } from '@/lib/db/reading'
import type { DatasetColumn, DatasetName, DatasetRow } from './model'

/** What rows are read with: whose they are, at which instant, and from the present or the past, as `db` decides. */
export interface DatasetContext {
  /** For rows, in a transaction that sees one state of the database: a snapshot or a reading. */
  db: Reader
  now: Date
  actor: Actor
}

/** The order of the keys' UTF-8 bytes. */
export const keyOrder = 'key'

/** A population that can be exported in full, row by row. */
export interface Dataset<Filter extends z.ZodType = z.ZodType> {
  name: DatasetName
  title: string
  description: string
  /** The first is the key. */
  columns: readonly DatasetColumn[]
  /** What the list or page of the same things takes as its filters. */
  filter: Filter
  /** The orders it can be read in; `key` is the first. */
  sorts: readonly [typeof keyOrder, ...string[]]
  /** Rows some at a time, in constant memory. */
  rows(context: DatasetContext, filter: z.output<Filter>, sort?: string): AsyncIterable<DatasetRow[]>
  /**
   * The same rows as PostgreSQL writes rows as text, `(cell,"cell with a space",,…)`, with the cells of these columns in
   * this order: a single value a row costs the driver a fraction of what a value a cell does. Truth is `true` or `false`,
   * lists are separated by `; `. Absent where rows are made in this process.
   */
  records?(
    context: DatasetContext,
    filter: z.output<Filter>,
    columns: readonly DatasetColumn[],
    sort?: string,
  ): AsyncIterable<string[]>
  /** How many rows there are, counted no further than `max`. Needs no transaction. */
  count(context: DatasetContext, filter: z.output<Filter>, max: number): Promise<number>
}

export const defineDataset = <Filter extends z.ZodType>(dataset: Dataset<Filter>): Dataset<Filter> => dataset
