'use client'

import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, useEffect, useRef } from 'react'
import { RiskBadge } from '@/components/badges'
import type { LayerId } from '@/lib/layers'
import { type CellRef, cellKey, type GridRow } from './cells'
import { BindingCell, bindingColumns, gridFeatures, SummaryCell, summaryColumns } from './grid-columns'
import classes from './matrix.module.css'
import type { Grouping } from './query'
import { useGridKeys } from './use-grid-keys'

const rowHeight = 34
const headHeight = 33

interface MatrixGridProps {
  label: string
  kind: 'binding' | 'agent' | 'tool'
  rows: readonly GridRow[]
  group: Grouping | null
  /** Ids of the columns to show; empty for all. */
  columns: readonly string[]
  selected: ReadonlySet<string>
  onSelect: (cells: CellRef[], how: 'toggle' | 'extend') => void
  onAssign: (cell: CellRef) => void
  onCopy: () => void
  onClear: () => void
  /** Which rows are on screen, after each scroll. */
  onLook: (first: number, last: number) => void
}

type Item = { kind: 'group'; title: GridRow } | { kind: 'row'; grid: GridRow; index: number }

function groupValue(grid: GridRow, group: Grouping): string {
  if (grid.kind !== 'binding') return ''
  return group === 'risk' ? grid.row.risk : grid.row[group].slug
}

function itemsOf(rows: readonly GridRow[], group: Grouping | null): Item[] {
  const items: Item[] = []
  let last: string | null = null
  for (const [index, grid] of rows.entries()) {
    if (group && groupValue(grid, group) !== last) {
      last = groupValue(grid, group)
      items.push({ kind: 'group', title: grid })
    }
    items.push({ kind: 'row', grid, index })
  }
  return items
}

function GroupTitle({ grid, group }: { grid: GridRow; group: Grouping }) {
  if (grid.kind !== 'binding') return null
  return group === 'risk' ? <RiskBadge risk={grid.row.risk} /> : grid.row[group].name
}

/**
 * The matrix: a virtual grid of rows and layers, with a sticky head and first column. A table element cannot hold rows
 * that are placed by transform, so this follows the WAI-ARIA grid pattern: one cell in the tab order, keys move it.
 */
export function MatrixGrid(props: MatrixGridProps) {
  const { rows, kind, group, selected } = props
  const frame = useRef<HTMLDivElement>(null)
  const definitions = kind === 'binding' ? bindingColumns : summaryColumns
  const hidden =
    props.columns.length === 0
      ? []
      : definitions.flatMap(({ id }) => (id && id !== 'subject' && !props.columns.includes(id) ? [id] : []))
  const table = useTable({
    features: gridFeatures,
    columns: definitions,
    data: rows,
    getRowId: (grid: GridRow) => grid.row.id,
    state: { columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])) },
  })
  const leaves = table.getVisibleLeafColumns()
  const layerColumns = leaves.flatMap((column) => column.columnDef.meta?.layer ?? [])
  const template: CSSProperties = {
    gridTemplateColumns: leaves.map((column) => column.columnDef.meta?.width ?? '120px').join(' '),
  }
  const items = itemsOf(rows, group)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
    initialRect: { width: 1200, height: 680 },
  })
  const itemOfRow = (index: number) => items.findIndex((item) => item.kind === 'row' && item.index === index)
  const cellAt = (row: number, column: number): CellRef | null => {
    const grid = rows[row]
    const layer = layerColumns[column]
    return grid && layer ? { row: grid, layer } : null
  }
  const withCell = (position: { row: number; column: number }, act: (cell: CellRef) => void) => {
    const cell = cellAt(position.row, position.column)
    if (cell) act(cell)
  }
  const keys = useGridKeys(frame, {
    rowCount: rows.length,
    columnCount: layerColumns.length,
    scrollTo: (row) => virtual.scrollToIndex(itemOfRow(row)),
    onEnter: (position) => withCell(position, props.onAssign),
    onToggle: (position, extend) => withCell(position, (cell) => props.onSelect([cell], extend ? 'extend' : 'toggle')),
    onCopy: props.onCopy,
    onEscape: props.onClear,
  })
  const shown = virtual.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  const { onLook } = props
  useEffect(() => {
    const index = (at: number) => {
      const item = items[at]
      return item?.kind === 'row' ? item.index : rows.length - 1
    }
    onLook(items[first]?.kind === 'row' ? index(first) : 0, index(last))
  })
  useEffect(keys.settle)

  function onCellClick(event: MouseEvent, row: number, column: number) {
    keys.setActive({ row, column })
    withCell({ row, column }, (cell) => {
      if (event.shiftKey) props.onSelect([cell], 'extend')
      else if (event.ctrlKey || event.metaKey) props.onSelect([cell], 'toggle')
      else props.onAssign(cell)
    })
  }

  return (
    <div ref={frame} className={classes.frame}>
      <div
        role="grid"
        aria-label={props.label}
        aria-multiselectable
        aria-rowcount={-1}
        className={classes.table}
        onKeyDown={keys.onKeyDown}
      >
        <div role="row" className={classes.head} style={template}>
          {table.getHeaderGroups().flatMap((headers) =>
            headers.headers.map((header, index) => (
              <div key={header.id} role="columnheader" className={index === 0 ? classes.first : undefined}>
                <table.FlexRender header={header} />
              </div>
            )),
          )}
        </div>
        <div className={classes.body} style={{ height: virtual.getTotalSize() }} role="rowgroup">
          {shown.map(({ index, start }) => {
            const item = items[index]
            if (!item) return null
            const place = { transform: `translateY(${start}px)` }
            if (item.kind === 'group') {
              return (
                <div key={`group-${index}`} role="row" className={classes.group} style={place}>
                  <div role="gridcell">{group && <GroupTitle grid={item.title} group={group} />}</div>
                </div>
              )
            }
            const row = table.getRowModel().rows[item.index]
            if (!row) return null
            return (
              <div
                key={row.id}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes.row}
                style={{ ...template, ...place }}
              >
                {row.getVisibleCells().map((cell) => {
                  const { layer, numeric } = cell.column.columnDef.meta ?? {}
                  if (!layer) {
                    const isFirst = cell.column.id === 'subject'
                    return (
                      <div
                        key={cell.id}
                        role={isFirst ? 'rowheader' : 'gridcell'}
                        className={[classes.cell, isFirst && classes.first, numeric && classes.number]
                          .filter(Boolean)
                          .join(' ')}
                      >
                        <table.FlexRender cell={cell} />
                      </div>
                    )
                  }
                  const column = layerColumns.indexOf(layer)
                  const isActive = keys.active.row === item.index && keys.active.column === column
                  return (
                    <div
                      key={cell.id}
                      role="gridcell"
                      tabIndex={isActive ? 0 : -1}
                      data-cell={`${item.index}:${column}`}
                      data-layer={layer}
                      aria-selected={selected.has(cellKey({ row: item.grid, layer }))}
                      className={classes.cell}
                      onClick={(event) => onCellClick(event, item.index, column)}
                      onFocus={() => !isActive && keys.setActive({ row: item.index, column })}
                    >
                      <LayerCell grid={item.grid} layer={layer} />
                    </div>
                  )
                })}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function LayerCell({ grid, layer }: { grid: GridRow; layer: LayerId }) {
  if (grid.kind === 'binding') {
    const cell = grid.row.cells.find((candidate) => candidate.layer === layer)
    return cell ? <BindingCell grid={grid} cell={cell} /> : null
  }
  const cell = grid.row.cells.find((candidate) => candidate.layer === layer)
  return cell ? <SummaryCell cell={cell} /> : null
}
