import type { Reader } from '@/lib/db/reading'
import type { DatasetColumn, DatasetRow } from '../datasets/model'
import type { ExportFormat, ExportKind } from '../names'

/** What a file is made from. */
export interface ExportContent {
  kind: ExportKind
  title: string
  description: string
  columns: readonly DatasetColumn[]
  rows: AsyncIterable<DatasetRow[]>
  /** The rows as `Dataset.records` says them, to be read instead of `rows`, for a format that takes them. */
  records?: AsyncIterable<string[]> | undefined
  /** The state that the rows are of, for formats that say more than they do; absent for lists. */
  db?: Reader | undefined
  /** What narrows it, by the names of the filters. */
  filter: Readonly<Record<string, string>>
  /** The instant that it shows. */
  at: Date
  /** Whether that instant is past. */
  isPast: boolean
  /** Who asked. */
  by: string
  /** Cells that look like formulas stay as they are. */
  raw: boolean
}

export interface Format {
  name: ExportFormat
  title: string
  extension: string
  mediaType: string
  /** The kinds it can carry; all when absent. */
  kinds?: readonly ExportKind[]
  /** Reads `records` where there are any. */
  takesRecords?: boolean
  /** Rows that one file can hold at most; no limit of its own when absent. */
  rowsMax?: number
  /** Rows it can be sent with while somebody waits, when that is fewer than of others. */
  directRowsMax?: number
  /** The file, part by part, in constant memory or within `rowsMax`. */
  write(content: ExportContent): AsyncIterable<string | Uint8Array>
}
