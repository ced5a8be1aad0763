import { Zip, ZipDeflate } from 'fflate'
import type { DatasetColumn } from '../../datasets/model'
import { directRowsMax } from '../../model'
import { aboutLines } from '../about'
import type { ExportContent, Format } from '../model'
import { cellStyles, textCell, valueCell } from './cells'
import { columnName, sheetEnd, sheetPath, sheetStart, workbookParts } from './parts'

/** Rows of a sheet of Excel, its head apart. */
const rowsMax = 1_048_575

/**
 * A workbook of Excel: a typed sheet with a frozen head and filters, and a sheet that says what it is. It is written row
 * by row, for every library that makes workbooks holds all of one in memory.
 */
export const xlsxFormat: Format = {
  name: 'xlsx',
  title: 'Excel (XLSX)',
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  rowsMax,
  directRowsMax,
  async *write(content) {
    const only = (async function* () {
      yield content
    })()
    yield* writeWorkbook([content.title], only, content.at)
  },
}

/**
 * A workbook with a sheet for each content, in the order of the titles, and one that says what each is. The contents are taken
 * one after the other: each has been written before the next begins.
 */
export async function* writeWorkbook(
  titles: readonly string[],
  contents: AsyncIterable<ExportContent>,
  at: Date,
): AsyncGenerator<Uint8Array> {
  const zip = zipOf(at)
  const names = [...titles.map(sheetName), 'About']
  for (const [path, xml] of workbookParts(names)) yield* zip.file(path, [xml])
  const written: { content: ExportContent; count: number }[] = []
  for await (const content of contents) {
    const sheet = { content, count: 0 }
    const counted = countRows(content, (rows) => {
      sheet.count += rows
    })
    yield* zip.file(sheetPath(written.length), dataSheet(content.columns, counted))
    written.push(sheet)
  }
  yield* zip.file(sheetPath(titles.length), aboutSheet(written))
  yield* zip.end()
}

async function* countRows({ rows }: ExportContent, add: (rows: number) => void) {
  for await (const batch of rows) {
    add(batch.length)
    yield batch
  }
}

/** Sheets have names of up to 31 characters without some signs. */
const sheetName = (title: string) => title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)

const widthOf = ({ type, title }: DatasetColumn) =>
  Math.max(title.length + 4, type === 'instant' ? 24 : type === 'number' || type === 'boolean' ? 11 : 22)

async function* dataSheet(columns: readonly DatasetColumn[], batches: ExportContent['rows']): AsyncGenerator<string> {
  const names = columns.map((_, index) => columnName(index + 1))
  yield sheetStart(columns.map(widthOf))
  yield rowOf(1, columns.map(headOf), cellStyles.head)
  let number = 1
  for await (const batch of batches) {
    let xml = ''
    for (const row of batch) {
      number += 1
      xml += `<row r="${number}">`
      for (const [index, { id, type }] of columns.entries()) xml += valueCell(`${names[index]}${number}`, type, row[id])
      xml += '</row>'
    }
    yield xml
  }
  yield sheetEnd(columns.length, number)
}

const headOf = ({ title, type }: DatasetColumn) => (type === 'instant' ? `${title} (UTC)` : title)

const rowOf = (number: number, texts: readonly string[], style: number) =>
  `<row r="${number}">${texts.map((text, index) => textCell(`${columnName(index + 1)}${number}`, text, style)).join('')}</row>`

function* aboutSheet(sheets: readonly { content: ExportContent; count: number }[]): Generator<string> {
  yield sheetStart([28, 100])
  const lines = sheets.flatMap(({ content, count }) => [
    ...aboutLines(content, count),
    ...content.columns.map(({ title, description }) => [title, description]),
  ])
  yield rowOf(1, ['What', 'Is'], cellStyles.head)
  for (const [index, line] of lines.entries()) yield rowOf(index + 2, line, cellStyles.wrapped)
  yield sheetEnd(2, lines.length + 1)
}

/** A zip written file by file: what comes out so far is handed on after each part that goes in. */
function zipOf(at: Date) {
  const encoder = new TextEncoder()
  let out: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    out.push(chunk)
  })
  const take = () => {
    const chunks = out
    out = []
    return chunks
  }
  return {
    async *file(path: string, parts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
      const file = new ZipDeflate(path, { level: 6 })
      file.mtime = at
      zip.add(file)
      for await (const part of parts) {
        file.push(encoder.encode(part))
        yield* take()
      }
      file.push(new Uint8Array(0), true)
      yield* take()
    },
    *end(): Generator<Uint8Array> {
      zip.end()
      yield* take()
    },
  }
}
