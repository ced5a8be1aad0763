import 'server-only'
import { DomainError } from '@/lib/use-cases/errors'
import { formats } from './formats'
import type { ExportContent, Format } from './formats/model'
import type { ExportView } from './model'
import type { ExportKind } from './names'
import type { OpenExport } from './source'

/** The format that a view asks for. @throws DomainError when it cannot carry what is asked for. */
export function formatFor({ kind, format: name }: Pick<ExportView, 'kind' | 'format'>): Format {
  const format = formats[name]
  if (format.kinds?.includes(kind) ?? true) return format
  const message = `${format.title} carries ${format.kinds?.join(', ')}, not ${kind}.`
  throw new DomainError('invalid_input', message, { fields: [{ field: 'format', message }] })
}

interface About {
  view: Pick<ExportView, 'kind' | 'filter' | 'raw'>
  format: Format
  at: Date
  isPast: boolean
  by: string
  /** Hears how many rows each batch has that is read. */
  onRows?: (count: number) => void
}

/** What a format writes, within its limit. */
export function contentOf(opened: OpenExport, { view, format, at, isPast, by, onRows }: About): ExportContent {
  const { title, description, columns, records, db } = opened
  const { kind, filter, raw } = view
  const rows = within(opened.rows, format, onRows)
  const limited = { rows, records: records && within(records, format, onRows) }
  return { kind, title, description, columns, filter, raw, at, isPast, by, ...limited, db }
}

async function* within<Row>(
  rows: AsyncIterable<Row[]>,
  { rowsMax, title }: Format,
  onRows?: (count: number) => void,
): AsyncGenerator<Row[]> {
  let count = 0
  for await (const batch of rows) {
    count += batch.length
    onRows?.(batch.length)
    if (rowsMax !== undefined && count > rowsMax) {
      throw new DomainError(
        'too_large',
        `${title} holds ${rowsMax.toLocaleString('en')} rows; this has more. Narrow it, or take CSV, which has no limit.`,
      )
    }
    yield batch
  }
}

/** `matrix-2026-11-28.csv` */
export const fileName = (kind: ExportKind, { extension }: Format, at: Date): string =>
  `${kind}-${at.toISOString().slice(0, 10)}.${extension}`

/** The headers of a file to save, for the eyes of whoever asked alone. */
export const fileHeaders = (kind: ExportKind, format: Format, at: Date): Record<string, string> => ({
  'content-type': format.mediaType,
  'content-disposition': `attachment; filename="${fileName(kind, format, at)}"`,
  'x-content-type-options': 'nosniff',
})
