import { CsvError, parse } from 'csv-parse/sync'
import { importLimits } from '../model'
import type { Read } from '../source/text'

/** What one file's first row says, and where it stands. */
export interface CsvRow {
  cells: readonly string[]
  line: number
}

const delimiters = [',', ';', '\t'] as const
/** A record longer than this is a quote that was never closed. */
const recordCharactersMax = 1024 * 1024
const sharedMax = 20_000
const sharedCharactersMax = 100
/** Rows that are looked at, those of blank cells included. */
const recordsMax = 2 * importLimits.rowsMax

/**
 * Splits CSV text into rows with the line each begins on, handing them to `onRow` one by one so that a big file is never
 * held twice. Comma, semicolon or tab, by what the first line has most of; `sep=;` as spreadsheets write it is obeyed.
 */
export function readCsv(text: string, onRow: (row: CsvRow) => void): Read<number> {
  const normal = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const hint = /^sep=(.)\n/i.exec(normal)
  const body = hint ? normal.slice(hint[0].length) : normal
  const lineOffset = hint ? 1 : 0
  const shared = sharedCells()
  let rows = 0
  let records = 0
  let previousEnd = 0
  try {
    parse(body, {
      delimiter: hint?.[1] ?? delimiterOf(body),
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      to: recordsMax,
      max_record_size: recordCharactersMax,
      on_record: (cells: string[], { lines }) => {
        // `lines` is where the record ends; cells that hold line breaks move its beginning up.
        const breaks = cells.reduce(
          (count, cell) => (cell.includes('\n') ? count + cell.split('\n').length - 1 : count),
          0,
        )
        previousEnd = lines
        records += 1
        if (cells.every((cell) => cell.trim() === '')) return null
        rows += 1
        // One more than the limit (and its header) is read, so that the importer can say that there are too many.
        if (rows <= importLimits.rowsMax + 2) onRow({ cells: cells.map(shared), line: lines - breaks + lineOffset })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // An open quote swallows the rest of the file: the row it is in begins after the last whole one.
    const openQuote = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
    const line = !openQuote && typeof error.lines === 'number' ? error.lines : previousEnd + 1
    return { ok: false, faults: [{ line: line + lineOffset, message: `Not valid CSV: ${faultWords(error)}` }] }
  }
  if (records >= recordsMax)
    return {
      ok: false,
      faults: [{ line: previousEnd + lineOffset, message: `More than ${recordsMax} rows, blank ones included` }],
    }
  return { ok: true, value: rows }
}

/** The cells of a column repeat: one string for all that read the same. Bounded, for a column of ids repeats nothing. */
function sharedCells(): (cell: string) => string {
  const known = new Map<string, string>()
  return (cell) => {
    if (cell.length > sharedCharactersMax) return cell
    const first = known.get(cell)
    if (first !== undefined) return first
    if (known.size === sharedMax) known.clear()
    known.set(cell, cell)
    return cell
  }
}

function faultWords(error: CsvError): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quoted cell that never ends'
    case 'CSV_MAX_RECORD_SIZE':
      return `a row of more than ${recordCharactersMax} characters; is a quote left open?`
    default:
      return 'a double quote in the middle of a cell; quote the whole cell and double the quotes inside it'
  }
}

/** The delimiter that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const firstLine = (/^\s*(.*)/.exec(text)?.[1] ?? '').slice(0, 100_000).replace(/"[^"]*"/g, '')
  let best: string = ','
  let most = 0
  for (const delimiter of delimiters) {
    const count = firstLine.split(delimiter).length - 1
    if (count > most) {
      most = count
      best = delimiter
    }
  }
  return best
}
