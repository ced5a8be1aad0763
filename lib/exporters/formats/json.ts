import type { DatasetColumn, DatasetRow } from '../datasets/model'
import type { Format } from './model'

/** One array of objects, one a line. */
export const jsonFormat: Format = {
  name: 'json',
  title: 'JSON',
  extension: 'json',
  mediaType: 'application/json',
  async *write({ columns, rows }) {
    let separator = '['
    const pick = picker(columns)
    for await (const batch of rows) {
      let text = ''
      for (const row of batch) {
        text += `${separator}\n${JSON.stringify(pick(row))}`
        separator = ','
      }
      yield text
    }
    yield separator === '[' ? '[]\n' : '\n]\n'
  },
}

/** One object a line. */
export const ndjsonFormat: Format = {
  name: 'ndjson',
  title: 'NDJSON',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  async *write({ columns, rows }) {
    const pick = picker(columns)
    for await (const batch of rows) {
      let text = ''
      for (const row of batch) text += `${JSON.stringify(pick(row))}\n`
      yield text
    }
  },
}

function picker(columns: readonly DatasetColumn[]): (row: DatasetRow) => DatasetRow {
  const ids = columns.map(({ id }) => id)
  return (row) => {
    const picked: DatasetRow = {}
    for (const id of ids) picked[id] = row[id] ?? null
    return picked
  }
}
