import { diffLines } from 'diff'
import { prettyText } from './canonical'

interface Line {
  number: number
  text: string
}

/** One row of two documents side by side. Where they differ, a side may have nothing. */
export interface DiffRow {
  left: Line | null
  right: Line | null
  same: boolean
}

/** From this many edits on, two documents are shown as wholly different: looking for the least takes too long. */
const editsMax = 4000

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Two contracts in canonical order, line by line beside each other. */
export function lineDiff(from: unknown, to: unknown): DiffRow[] {
  const before = `${prettyText(from)}\n`
  const after = `${prettyText(to)}\n`
  const parts = diffLines(before, after, { maxEditLength: editsMax }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  const rows: DiffRow[] = []
  const count = { left: 0, right: 0 }
  const next = (side: 'left' | 'right', text: string): Line => {
    count[side] += 1
    return { number: count[side], text }
  }
  for (const [index, part] of parts.entries()) {
    const lines = linesOf(part.value)
    if (part.removed) {
      const follower = parts[index + 1]
      const added = follower?.added ? linesOf(follower.value) : []
      for (let at = 0; at < Math.max(lines.length, added.length); at += 1) {
        const [was, is] = [lines[at], added[at]]
        rows.push({
          left: was === undefined ? null : next('left', was),
          right: is === undefined ? null : next('right', is),
          same: false,
        })
      }
    } else if (part.added) {
      // What follows something removed was shown beside it.
      if (!parts[index - 1]?.removed)
        for (const text of lines) rows.push({ left: null, right: next('right', text), same: false })
    } else for (const text of lines) rows.push({ left: next('left', text), right: next('right', text), same: true })
  }
  return rows
}
