import type { Assignable } from '@/components/assign/targets'
import { type LayerId, layerOf } from '@/lib/layers'
import type { MatrixRow, SummaryRow } from '@/lib/matrix/model'

/** A row of the grid, whichever of the three kinds it is. */
export type GridRow = { kind: 'binding'; row: MatrixRow } | { kind: 'agent' | 'tool'; row: SummaryRow }

/** One cell that somebody points at or has selected. */
export interface CellRef {
  row: GridRow
  layer: LayerId
}

export const cellKey = ({ row, layer }: CellRef) => `${row.row.id}:${layer}`

/** The cell as the dialog that assigns takes it. */
export function assignableOf({ row: grid, layer }: CellRef): Assignable {
  if (grid.kind !== 'binding') return { layer, subjects: { [grid.kind]: grid.row } }
  const { row } = grid
  const cell = row.cells.find((candidate) => candidate.layer === layer)
  const binding = { slug: row.slug, name: `${row.agent.name} on ${row.tool.name}` }
  return { layer, subjects: { binding, agent: row.agent, tool: row.tool }, ...(cell && { cell }) }
}

const plain = (text: string) => {
  const oneLine = text.replace(/[\t\r\n]+/g, ' ')
  // A spreadsheet would run it as a formula.
  return /^[=+\-@]/.test(oneLine) ? `'${oneLine}` : oneLine
}

/** The selected cells, or all given rows, as tab-separated text for a spreadsheet. */
export function tsvOf(rows: readonly GridRow[], layers: readonly LayerId[]): string {
  const head = ['Subject', 'Environment', 'Risk', ...layers.map((layer) => layerOf(layer).title)]
  const lines = rows.map((grid) => {
    const { row } = grid
    const facts = grid.kind === 'binding' ? [grid.row.environment, grid.row.risk] : ['', '']
    const owners = layers.map((layer) => {
      if (grid.kind === 'binding') {
        const cell = grid.row.cells.find((candidate) => candidate.layer === layer)
        if (!cell?.team) return 'unowned'
        return cell.status === 'owned' ? cell.team.name : `${cell.team.name} (${cell.status})`
      }
      const cell = grid.row.cells.find((candidate) => candidate.layer === layer)
      const names = cell?.teams.map((team) => team.name) ?? []
      return [...names, ...(cell && cell.counts.unowned > 0 ? [`${cell.counts.unowned} unowned`] : [])].join(', ')
    })
    return [row.slug, ...facts, ...owners].map(plain).join('\t')
  })
  return [head.join('\t'), ...lines].join('\n')
}
