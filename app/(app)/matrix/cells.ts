import { type LayerId, layerOf } from '@/lib/layers'
import type { MatrixRow, SummaryRow } from '@/lib/matrix/model'
import type { Cell } from '@/lib/ownership/model'

/** A row of the grid, whichever of the three kinds it is. */
export type GridRow = { kind: 'binding'; row: MatrixRow } | { kind: 'agent' | 'tool'; row: SummaryRow }

/** One cell that somebody points at or has selected. */
export interface CellRef {
  row: GridRow
  layer: LayerId
}

export const cellKey = ({ row, layer }: CellRef) => `${row.row.id}:${layer}`

/** Where an owner is set: where the layer belongs, or on one kind of subject for all selected cells. */
export type AssignAt = 'natural' | 'binding' | 'agent' | 'tool'

export interface AssignTarget {
  layer: LayerId
  scope: 'binding' | 'agent' | 'tool'
  subject: string
  /** For people: "Identity of Support bot". */
  label: string
  expected?: string | null
}

function subjectOf({ row: grid }: CellRef, scope: AssignTarget['scope']): { slug: string; name: string } {
  if (grid.kind !== 'binding') return grid.row
  const { row } = grid
  if (scope === 'binding') return { slug: row.slug, name: `${row.agent.name} on ${row.tool.name}` }
  return scope === 'agent' ? row.agent : row.tool
}

const specificity: Record<string, number> = { organisation: 0, enforcement_point: 1, tool: 1, agent: 1, binding: 2 }

/**
 * The assignment that the person saw at the place they are about to set: known when the effective owner comes from
 * that very scope, known to be none when it comes from a wider one, and otherwise not visible from the cell.
 */
function expectedAt(cell: Cell | undefined, scope: AssignTarget['scope']): { expected?: string | null } {
  if (!cell) return {}
  if (cell.source === scope) return { expected: cell.assignmentId }
  if (cell.source === null || (specificity[scope] ?? 0) > (specificity[cell.source] ?? 0)) return { expected: null }
  return {}
}

/** The assignments that setting an owner for these cells means, each once. */
export function targetsOf(cells: readonly CellRef[], at: AssignAt): AssignTarget[] {
  const targets = new Map<string, AssignTarget>()
  for (const ref of cells) {
    const { kind } = ref.row
    const layer = layerOf(ref.layer)
    const scope = kind !== 'binding' ? kind : at === 'natural' ? layer.naturalAnchor : at
    const { slug, name } = subjectOf(ref, scope)
    const cell =
      ref.row.kind === 'binding' ? ref.row.row.cells.find((candidate) => candidate.layer === ref.layer) : undefined
    targets.set(`${ref.layer}:${scope}:${slug}`, {
      layer: ref.layer,
      scope,
      subject: slug,
      label: `${layer.title} of ${name}`,
      ...expectedAt(cell, scope),
    })
  }
  return [...targets.values()]
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
