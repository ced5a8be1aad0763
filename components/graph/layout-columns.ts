import { cardSize, gaps, type LayoutInput, type Positions } from './layout-model'

/** Most cards under each other; a longer column goes on beside itself. */
const rowsMax = 40
const sweeps = 4

/**
 * Puts agents into columns by their depth and orders each column by where its callers and callees stand. Coarser than
 * the layout for small graphs, and done in milliseconds for any graph, however deep or dense.
 */
export function layOutColumns({ agents, delegations }: LayoutInput): Positions {
  const columns: string[][] = []
  for (const { id, depth } of agents) {
    while (columns.length <= depth) columns.push([])
    columns[depth]?.push(id)
  }
  const callers = neighbours(delegations, 'to')
  const callees = neighbours(delegations, 'from')
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const forward = sweep % 2 === 0
    order(forward ? columns : [...columns].reverse(), forward ? callers : callees)
  }
  return place(columns)
}

function neighbours(delegations: LayoutInput['delegations'], of: 'from' | 'to'): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const edge of delegations) {
    const list = found.get(edge[of])
    const other = of === 'from' ? edge.to : edge.from
    if (list) list.push(other)
    else found.set(edge[of], [other])
  }
  return found
}

/** Orders each column in place by the mean place of each agent's neighbours. */
function order(columns: readonly string[][], neighboursOf: ReadonlyMap<string, readonly string[]>): void {
  const places = new Map<string, number>()
  const note = (column: readonly string[]) => {
    for (const [index, id] of column.entries()) places.set(id, index / Math.max(1, column.length))
  }
  for (const column of columns) note(column)
  for (const column of columns) {
    const wanted = new Map(column.map((id) => [id, meanOf(neighboursOf.get(id) ?? [], places, places.get(id) ?? 0)]))
    column.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0))
    note(column)
  }
}

function meanOf(ids: readonly string[], places: ReadonlyMap<string, number>, fallback: number): number {
  const known = ids.flatMap((id) => places.get(id) ?? [])
  return known.length === 0 ? fallback : known.reduce((sum, place) => sum + place, 0) / known.length
}

function place(columns: readonly string[][]): Positions {
  const positions: Positions = {}
  const height = (rows: number) => rows * (cardSize.height + gaps.rows) - gaps.rows
  const tallest = height(Math.min(rowsMax, Math.max(0, ...columns.map((column) => column.length))))
  let x = 0
  for (const column of columns) {
    for (let start = 0; start < column.length; start += rowsMax) {
      const part = column.slice(start, start + rowsMax)
      const top = (tallest - height(part.length)) / 2
      for (const [row, id] of part.entries()) positions[id] = { x, y: top + row * (cardSize.height + gaps.rows) }
      x += cardSize.width + (start + rowsMax < column.length ? gaps.rows : gaps.columns)
    }
  }
  return positions
}
