/** Rows as CSV of RFC 4180 under a head of column names. */
export function csv(head: readonly string[], rows: Iterable<readonly string[]>): string {
  let text = csvLine(head)
  for (const row of rows) text += csvLine(row)
  return text
}

/** One row of it, for those who write it bit by bit. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvField).join(',')}\r\n`

/** A cell that spreadsheets take for the text it is. */
export const csvField = (text: string): string => rawCsvField(withoutFormula(text))

/** A cell for machines, exactly as it is. */
export const rawCsvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Spreadsheets run cells that begin like a formula; an apostrophe before it makes them text. Numbers stay numbers. */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text
}
