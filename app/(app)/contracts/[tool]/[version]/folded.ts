import type { DiffRow } from '@/lib/contracts/line-diff'

/** Equal lines kept around each difference. */
const around = 3
/** Fewer equal lines than this are shown rather than counted. */
const foldFrom = 3

export type FoldedRow = { key: string } & ({ kind: 'row'; row: DiffRow } | { kind: 'fold'; count: number })

/** The rows with long stretches of equal lines folded to their number: what differs is what one came for. */
export function folded(rows: readonly DiffRow[]): FoldedRow[] {
  const near = rows.map(({ same }) => !same)
  const shown = rows.map((_, index) => near.slice(Math.max(0, index - around), index + around + 1).some(Boolean))
  const result: FoldedRow[] = []
  for (let index = 0; index < rows.length; ) {
    const end = shown.indexOf(true, index)
    const hidden = (end === -1 ? rows.length : end) - index
    if (hidden >= foldFrom) {
      result.push({ key: `fold-${index}`, kind: 'fold', count: hidden })
      index += hidden
      continue
    }
    const row = rows[index]
    if (row) result.push({ key: `row-${index}`, kind: 'row', row })
    index += 1
  }
  return result
}
