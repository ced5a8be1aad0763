export const columnTypes = ['text', 'number', 'instant', 'date', 'boolean', 'list'] as const
export type ColumnType = (typeof columnTypes)[number]

/** A column of a dataset. Instants are ISO 8601 in UTC with milliseconds, dates `2026-11-01`, lists arrays of texts. */
export interface DatasetColumn {
  /** In snake case; the name of the field in JSON and of the column in CSV. */
  id: string
  title: string
  type: ColumnType
  description: string
}

export type DatasetValue = string | number | boolean | null | string[]
/** One row: flat, by column. Its `key` is unique in the dataset. */
export type DatasetRow = Record<string, DatasetValue>

export const datasetNames = ['matrix', 'gaps', 'assignments', 'certifications', 'audit', 'coverage'] as const
export type DatasetName = (typeof datasetNames)[number]
