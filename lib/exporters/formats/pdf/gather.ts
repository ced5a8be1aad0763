import { createHash } from 'node:crypto'
import type { DatasetColumn, DatasetRow, DatasetValue } from '../../datasets/model'
import { ndjsonFormat } from '../json'
import type { ExportContent } from '../model'
import { emphases } from './emphasis'

/** Rows that a report shows: more make a book that nobody reads, and no layout that fits in memory. The CSV has all. */
export const rowsInPdfMax = 500
/** Values of a column that are told apart. */
const valuesMax = 8
/** Characters of a cell. */
const charactersMax = 160
/** Values counted before the rest of them go together: names of teams are bounded, free text is not. */
const distinctMax = 2_000

export interface Counted {
  column: Pick<DatasetColumn, 'id' | 'title'>
  values: { value: string; count: number }[]
  /** Of values that are not among them. */
  others: number
}

export interface Crossed {
  title: string
  parts: string[]
  rows: { value: string; total: number; counts: Record<string, number> }[]
}

/** What a report of an export says; plain data, as threads hand it to each other. */
export interface PdfReport {
  title: string
  description: string
  at: string
  isPast: boolean
  filter: Readonly<Record<string, string>>
  by: string
  rows: number
  /** SHA-256 of the same rows and columns as NDJSON. */
  sha256: string
  crossed: Crossed | null
  counted: Counted[]
  table: { columns: Pick<DatasetColumn, 'id' | 'title' | 'type'>[]; rows: Record<string, string>[] }
}

/** Reads all rows once: counts them, takes their digest, keeps the first of them. */
export async function gather(content: ExportContent): Promise<PdfReport> {
  const { kind, columns, title, description, at, isPast, filter, by } = content
  const { counted, crossed, table } = emphases[kind]
  const columnOf = (id: string) => columns.find((column) => column.id === id)
  const countedColumns = counted.flatMap((id) => columnOf(id) ?? [])
  const tallies = new Map(countedColumns.map(({ id }) => [id, new Map<string, number>()]))
  const grid = new Map<string, Map<string, number>>()
  const shown: DatasetRow[] = []
  let count = 0
  async function* watched() {
    for await (const batch of content.rows) {
      count += batch.length
      for (const row of batch) {
        if (shown.length < rowsInPdfMax) shown.push(row)
        for (const [id, tally] of tallies) add(tally, cellText(row[id]))
        if (!crossed) continue
        const [by, part] = crossed
        const value = cellText(row[by])
        const line = grid.get(value) ?? new Map<string, number>()
        grid.set(value, line)
        add(line, cellText(row[part]))
      }
      yield batch
    }
  }
  const digest = createHash('sha256')
  for await (const part of ndjsonFormat.write({ ...content, rows: watched() })) digest.update(part)
  // Whoever chose few columns wants those; all of them would not fit on a page.
  const shownColumns = columns.length <= 8 ? columns : table.flatMap((id) => columnOf(id) ?? [])
  const byColumn = crossed && columnOf(crossed[0])
  const partColumn = crossed && columnOf(crossed[1])
  return {
    ...{ title, description, isPast, filter, by },
    at: at.toISOString(),
    rows: count,
    sha256: digest.digest('hex'),
    crossed:
      byColumn && partColumn && grid.size > 0
        ? crossedOf(`${byColumn.title} by ${partColumn.title.toLowerCase()}`, grid)
        : null,
    counted: countedColumns.map(({ id, title: name }) => countedOf({ id, title: name }, tallies.get(id) ?? new Map())),
    table: {
      columns: shownColumns.map(({ id, title: name, type }) => ({ id, title: name, type })),
      rows: shown.map((row) => Object.fromEntries(shownColumns.map(({ id, type }) => [id, shownText(type, row[id])]))),
    },
  }
}

const rest = 'others'

function add(tally: Map<string, number>, value: string): void {
  const key = tally.size < distinctMax || tally.has(value) ? value : rest
  tally.set(key, (tally.get(key) ?? 0) + 1)
}

/** Dark to light: the worst values stand where the eye begins. */
function countedOf(column: Counted['column'], tally: ReadonlyMap<string, number>): Counted {
  const all = [...tally].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
  return {
    column,
    values: all.slice(0, valuesMax),
    others: all.slice(valuesMax).reduce((sum, { count }) => sum + count, 0),
  }
}

function crossedOf(title: string, grid: ReadonlyMap<string, ReadonlyMap<string, number>>): Crossed {
  const parts = [...new Set([...grid.values()].flatMap((line) => [...line.keys()]))].sort()
  const rows = [...grid].map(([value, line]) => {
    const counts = Object.fromEntries(line)
    return { value, counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0) }
  })
  return { title, parts, rows: rows.sort((a, b) => b.total - a.total).slice(0, 2 * valuesMax) }
}

function cellText(value: DatasetValue | undefined): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? value.join('; ') : String(value)
}

function shownText(type: DatasetColumn['type'], value: DatasetValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (type === 'instant' && typeof value === 'string') return value.slice(0, 16).replace('T', ' ')
  const text = cellText(value)
  const characters = [...text]
  if (characters.length <= charactersMax) return text
  return `${characters.slice(0, charactersMax).join('')} … [${characters.length.toLocaleString('en')} characters, cut]`
}
