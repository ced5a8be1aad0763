import { csvField, csvLine, rawCsvField } from '../csv'
import type { DatasetColumn, DatasetRow } from '../datasets/model'
import type { Format } from './model'

/** CSV of RFC 4180 in UTF-8. Lists are separated by `; `. */
export const csvFormat: Format = {
  name: 'csv',
  title: 'CSV',
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8',
  async *write({ columns, rows, raw }) {
    yield csvLine(columns.map(({ id }) => id))
    const line = lineOf(columns, raw)
    for await (const batch of rows) {
      let text = ''
      for (const row of batch) text += line(row)
      yield text
    }
  },
}

/** A cell that begins with a letter or digit and holds nothing special stands for itself; most do. */
const plain = /^\w[^",\r\n]*$/

function lineOf(columns: readonly DatasetColumn[], raw: boolean): (row: DatasetRow) => string {
  const ids = columns.map(({ id }) => id)
  const field = raw ? rawCsvField : csvField
  return (row) => {
    let line = ''
    for (let index = 0; index < ids.length; index += 1) {
      const value = row[ids[index] ?? '']
      if (index > 0) line += ','
      if (value === null || value === undefined) continue
      if (typeof value === 'string') line += plain.test(value) ? value : field(value)
      else line += typeof value === 'object' ? field(value.join('; ')) : String(value)
    }
    return `${line}\r\n`
  }
}
