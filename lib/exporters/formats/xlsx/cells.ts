import type { ColumnType, DatasetValue } from '../../datasets/model'

/** Characters that one cell holds. */
const cellCharactersMax = 32_767
/** Days from the first day that spreadsheets count to that of computers, and the milliseconds of a day. */
const epochDays = 25_569
const dayMs = 86_400_000

/** Indexes of the cell formats in the styles of the workbook. */
export const cellStyles = { plain: 0, head: 1, instant: 2, date: 3, wrapped: 4 } as const

/** A cell that is text and never a formula, whatever it begins with. */
export function textCell(at: string, text: string, style: number = cellStyles.plain): string {
  return `<c r="${at}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${xmlText(cut(text))}</t></is></c>`
}

const numberCell = (at: string, value: number, style: number = cellStyles.plain) =>
  `<c r="${at}"${style === 0 ? '' : ` s="${style}"`}><v>${value}</v></c>`

/** A value in the type of its column, at an address such as `B7`; nothing for none. */
export function valueCell(at: string, type: ColumnType, value: DatasetValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return numberCell(at, value)
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'object') return textCell(at, value.join('; '))
  return type === 'instant' || type === 'date' ? timeCell(at, type, value) : textCell(at, value)
}

/** Spreadsheets know no time zones: instants are in UTC, as their columns say. What they cannot count stays text. */
function timeCell(at: string, type: 'instant' | 'date', text: string): string {
  const days = Date.parse(text) / dayMs + epochDays
  return days >= 61 && days < 2_958_466 ? numberCell(at, days, cellStyles[type]) : textCell(at, text)
}

function cut(text: string): string {
  if (text.length <= cellCharactersMax) return text
  const mark = ` … (${text.length.toLocaleString('en')} characters, cut here)`
  return `${text.slice(0, cellCharactersMax - mark.length)}${mark}`
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/** Text as XML, with what XML cannot carry replaced, and with what spreadsheets would read as an escape escaped. */
function xmlText(text: string): string {
  return text
    .replace(/[&<>]/g, (character) => escapes[character] ?? character)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\r/g, '_x000D_')
    .replace(unwritable, '\ufffd')
}

/** Escapes the value of an attribute too. */
export const xmlAttribute = (text: string): string => xmlText(text).replaceAll('"', '&quot;')
