import type { Style, Terminal } from '../terminal'

/** A cell of a table: text, or text in a style where the terminal shows colours. */
export type TableCell = string | { text: string; style: Style }

const gap = '  '

/** Rows under a head, aligned; the last column is as wide as it likes. Ends with a line break. */
export function columns(head: readonly string[], rows: readonly (readonly TableCell[])[], terminal: Terminal): string {
  const lines = [head.map((text): TableCell => ({ text, style: 'bold' })), ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))))
  return lines.map((line) => `${lineOf(line, widths, terminal)}\n`).join('')
}

function lineOf(line: readonly TableCell[], widths: readonly number[], terminal: Terminal): string {
  return line
    .map((cell, column) => {
      const text = textOf(cell)
      const shown = typeof cell === 'string' ? text : terminal.style(cell.style, text)
      const isLast = column === line.length - 1
      return isLast ? shown : shown + ' '.repeat((widths[column] ?? 0) - [...text].length)
    })
    .join(gap)
}

const widthOf = (cell: TableCell) => [...textOf(cell)].length

const textOf = (cell: TableCell) => oneLine(typeof cell === 'string' ? cell : cell.text)

/** Text from elsewhere on one line, without what a terminal would take for a command. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '\uFFFD')
}
