import readWorkbook from 'read-excel-file/node'
import { TableImport } from '../csv/parse'
import { recognise } from '../csv/recognise'
import { type ImportFile, importLimits, type ParsedImport } from '../model'
import { refusalOfZip } from './unpack'

interface Sheet {
  sheet: string
  data: readonly (readonly unknown[])[]
}

/**
 * Reads workbooks of Excel (.xlsx): each sheet as a CSV file would be, with the values that formulas had when the workbook
 * was saved. Sheets that are no table of ours are left out with a warning, as long as there is one that is.
 */
export async function importXlsx(files: readonly ImportFile[]): Promise<ParsedImport> {
  const run = new TableImport()
  for (const file of files) await readFile(file, run)
  return run.result()
}

async function readFile({ name, bytes }: ImportFile, run: TableImport): Promise<void> {
  const refusal = refusalOf(bytes)
  if (refusal !== null) {
    run.refuse(name, [{ line: null, message: refusal }])
    return
  }
  let sheets: Sheet[]
  try {
    sheets = await readWorkbook(Buffer.from(bytes))
  } catch {
    run.refuse(name, [{ line: null, message: 'Not a workbook that can be read; save it again as .xlsx, or as CSV' }])
    return
  }
  const filled = sheets.map((sheet) => ({ ...sheet, rows: rowsOf(sheet) })).filter(({ rows }) => rows.length > 0)
  const known = filled.filter(({ rows: [head] }) => head !== undefined && 'table' in recognise(head.cells, head.line))
  if (filled.length === 0) run.refuse(name, [{ line: null, message: 'The workbook is empty' }])
  for (const { sheet, rows } of filled) {
    const place = `${name}, sheet ${sheet}`
    const [head] = rows
    if (known.length > 0 && !known.some((each) => each.sheet === sheet)) {
      run.remark(place, {
        line: head?.line ?? null,
        message: 'The sheet is not read: its header is none that is known',
      })
    } else {
      run.table(place, (onRow) => {
        for (const row of rows) onRow(row)
        return { ok: true, value: rows.length }
      })
    }
  }
}

/** The first bytes of a zip, and of what Excel wrote before 2007 and writes today when there is a password. */
const zipMark = [0x50, 0x4b]
const oldMark = [0xd0, 0xcf, 0x11, 0xe0]
const begins = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte)

function refusalOf(bytes: Uint8Array): string | null {
  if (bytes.byteLength > importLimits.fileBytesMax)
    return `The file has ${bytes.byteLength} bytes; at most ${importLimits.fileBytesMax} are read`
  if (begins(bytes, oldMark)) return 'This is an .xls workbook, or one with a password; save it as .xlsx without one'
  if (!begins(bytes, zipMark)) return 'This is not an .xlsx workbook'
  return refusalOfZip(bytes)
}

/** The rows that say something, with their numbers. */
function rowsOf({ data }: Sheet): { cells: string[]; line: number }[] {
  return data
    .map((cells, index) => ({ cells: cells.map(textOf), line: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

/** A cell as CSV would say it. A day has no time of day. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (!(cell instanceof Date)) return String(cell)
  if (Number.isNaN(cell.getTime())) return ''
  const text = cell.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}
