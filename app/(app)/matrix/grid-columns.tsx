'use client'

import { columnVisibilityFeature, createColumnHelper, metaHelper, tableFeatures } from '@tanstack/react-table'
import Link from 'next/link'
import { RiskBadge } from '@/components/badges'
import { LayerIcon } from '@/components/layer-icon'
import { OwnerCell } from '@/components/owner-cell'
import { RestrictedMark } from '@/components/registry/restricted'
import { type LayerId, layerIds, layerOf } from '@/lib/layers'
import type { SummaryRow } from '@/lib/matrix/model'
import type { Cell } from '@/lib/ownership/model'
import { urls } from '@/lib/urls'
import type { GridRow } from './cells'
import classes from './matrix.module.css'

export interface GridMeta {
  title: string
  width: string
  layer?: LayerId
  numeric?: boolean
}

export const gridFeatures = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<GridMeta>() })
const helper = createColumnHelper<typeof gridFeatures, GridRow>()

function sourceName(grid: GridRow, cell: Cell): string | undefined {
  if (grid.kind !== 'binding') return undefined
  if (cell.source === 'agent') return grid.row.agent.name
  return cell.source === 'tool' ? grid.row.tool.name : undefined
}

/** One effective owner as the shared owner cell shows it. */
export function BindingCell({ grid, cell }: { grid: GridRow; cell: Cell }) {
  return (
    <OwnerCell
      team={cell.team?.name ?? null}
      source={cell.source}
      confirmed={cell.status !== 'unconfirmed'}
      credible={cell.status !== 'orphaned'}
      since={cell.since}
      person={cell.person?.name ?? null}
      sourceName={sourceName(grid, cell)}
    />
  )
}

/** The owners of a layer over all bindings of an agent or tool. */
export function SummaryCell({ cell }: { cell: SummaryRow['cells'][number] }) {
  const { unowned, orphaned, unconfirmed } = cell.counts
  const [first, ...others] = cell.teams
  const more = others.length + cell.teamsMore
  return (
    <span className={classes.summary} title={cell.teams.map((team) => team.name).join(', ')}>
      {first && <span>{first.name}</span>}
      {more > 0 && <span className={classes.to}>+{more}</span>}
      {unowned > 0 && <span className={classes.missing}>{unowned} unowned</span>}
      {orphaned > 0 && <span className={classes.missing}>{orphaned} orphaned</span>}
      {unconfirmed > 0 && <span className={classes.weak}>{unconfirmed} unconfirmed</span>}
    </span>
  )
}

function Subject({ grid }: { grid: GridRow }) {
  if (grid.kind !== 'binding') {
    const href = grid.kind === 'agent' ? urls.agent(grid.row.slug) : urls.tool(grid.row.slug)
    return (
      <span className={classes.names}>
        <Link href={href} prefetch={false} tabIndex={-1}>
          {grid.row.name}
        </Link>
      </span>
    )
  }
  return (
    <span className={classes.names} title={grid.row.slug}>
      <Link href={urls.binding(grid.row.slug)} prefetch={false} tabIndex={-1}>
        {grid.row.agent.name}
      </Link>
      {grid.row.agent.restricted && <RestrictedMark />}
      <span className={classes.to} aria-hidden>
        →
      </span>
      <Link href={urls.tool(grid.row.tool.slug)} prefetch={false} tabIndex={-1}>
        {grid.row.tool.name}
      </Link>
      {grid.row.tool.restricted && <RestrictedMark />}
      {grid.row.environment !== 'production' && <span className={classes.to}>{grid.row.environment}</span>}
    </span>
  )
}

const gaps = helper.display({
  id: 'gaps',
  meta: { title: 'Gaps', width: '64px', numeric: true },
  header: 'Gaps',
  cell: ({ row: { original } }) => {
    const { gaps: count, slug } = original.row
    if (count === 0) return <span className={classes.to}>0</span>
    return (
      <Link href={urls.gaps({ [original.kind]: slug })} prefetch={false} tabIndex={-1}>
        {count}
      </Link>
    )
  },
})

const layerColumns = layerIds.map((layer) =>
  helper.display({
    id: layer,
    meta: { title: layerOf(layer).title, width: 'minmax(140px, 1fr)', layer },
    header: () => <LayerIcon layer={layer} label />,
  }),
)

/** The columns of each kind of row. Cells of the layers are drawn by the grid, which knows where the focus is. */
export const bindingColumns = [
  helper.display({
    id: 'subject',
    meta: { title: 'Agent and tool', width: 'var(--matrix-first)' },
    header: 'Agent → tool',
    cell: ({ row }) => <Subject grid={row.original} />,
  }),
  helper.display({
    id: 'risk',
    meta: { title: 'Risk', width: '88px' },
    header: 'Risk',
    cell: ({ row: { original } }) => (original.kind === 'binding' ? <RiskBadge risk={original.row.risk} /> : null),
  }),
  ...layerColumns,
  gaps,
]

export const summaryColumns = [
  helper.display({
    id: 'subject',
    meta: { title: 'Name', width: 'var(--matrix-first)' },
    header: 'Name',
    cell: ({ row }) => <Subject grid={row.original} />,
  }),
  helper.display({
    id: 'bindings',
    meta: { title: 'Bindings', width: '84px', numeric: true },
    header: 'Bindings',
    cell: ({ row: { original } }) => (original.kind === 'binding' ? null : original.row.bindings.toLocaleString('en')),
  }),
  ...layerColumns,
  gaps,
]
