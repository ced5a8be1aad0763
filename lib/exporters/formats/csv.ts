import { csvField, csvLine, rawCsvField } from '../csv'
import type { DatasetColumn, DatasetRow } from '../datasets/model'
import type { Format } from './model'

/** CSV of RFC 4180 in UTF-8. Lists are separated by `; `. */
export const csvFormat: Format = {
  name: 'csv',
  title: 'CSV',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  takesRecords: true,
  async *write({ columns, rows, records, raw }) {
    yield csvLine(columns.map(({ id }) => id))
    const cell = cellOf(raw)
    if (records) yield* linesOf(records, (record) => recordLine(record, cell))
    else yield* linesOf(rows, rowLine(columns, cell))
  },
}

/** Texts of more than about 100 kB are not young any more for V8: they would lie about until it clears up everything. */
const rowsAPart = 100

/** The lines of the rows, in texts of some lines each. */
async function* linesOf<Row>(batches: AsyncIterable<Row[]>, line: (row: Row) => string): AsyncGenerator<string> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += rowsAPart) {
      yield `${batch
        .slice(from, from + rowsAPart)
        .map(line)
        .join('\r\n')}\r\n`
    }
  }
}

type Cell = (text: string) => string

/** A cell that begins with a letter or digit and holds nothing special stands for itself; most do. */
const plain = /^\w[^",\r\n]*$/

function cellOf(raw: boolean): Cell {
  const field = raw ? rawCsvField : csvField
  return (text) => (plain.test(text) ? text : field(text))
}

function rowLine(columns: readonly DatasetColumn[], cell: Cell): (row: DatasetRow) => string {
  const ids = columns.map(({ id }) => id)
  return (row) => {
    let line = ''
    for (let index = 0; index < ids.length; index += 1) {
      const value = row[ids[index] ?? '']
      if (index > 0) line += ','
      if (value === null || value === undefined) continue
      if (typeof value === 'string') line += cell(value)
      else line += typeof value === 'object' ? cell(value.join('; ')) : String(value)
    }
    return line
  }
}

/**
 * The cells of a record that CSV may write otherwise: those that PostgreSQL has put in quotes, for they are empty or hold
 * a quote, comma, parenthesis, backslash or space; and those that begin like a formula. All others are the same in both.
 */
const special = /"([^"]*(?:""[^"]*)*)"|(?<![^,])[=+\-@\uFF1D\uFF0B\uFF0D\uFF20][^,]*/g

/** Within its quotes PostgreSQL writes quotes and backslashes twice. */
const doubled = /""|\\\\/g

const recordLine = (record: string, cell: Cell): string =>
  record
    .slice(1, -1)
    .replace(special, (found, quoted?: string) => cell(quoted?.replace(doubled, (pair) => pair.charAt(0)) ?? found))
