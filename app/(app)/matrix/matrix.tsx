'use client'

import { Button, CloseButton, SegmentedControl, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconUserPlus } from '@tabler/icons-react'
import Link from 'next/link'
import { useCallback, useMemo, useState } from 'react'
import { api } from '@/components/api'
import { AssignDialog } from '@/components/assign/assign-dialog'
import { offerUndo } from '@/components/assign/offer-undo'
import { ColumnChoice } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { ExportMenu } from '@/components/export-menu'
import { type Filter, FilterBar } from '@/components/filter-bar'
import { OwnerCellLegend } from '@/components/owner-cell-legend'
import { PageHeader } from '@/components/page-header'
import { useUrlState } from '@/components/use-url-state'
import { layerIds, layers } from '@/lib/layers'
import type { MatrixRow, SummaryRow } from '@/lib/matrix/model'
import { urls } from '@/lib/urls'
import { assignableOf, type CellRef, cellKey, type GridRow, tsvOf } from './cells'
import { CountsStrip } from './counts-strip'
import { bindingColumns, summaryColumns } from './grid-columns'
import classes from './matrix.module.css'
import { MatrixGrid } from './matrix-grid'
import type { MatrixViewState } from './query'
import { type Page, useKeysetPages } from './use-keyset-pages'

interface MatrixProps {
  view: MatrixViewState
  first: { kind: 'binding'; page: Page<MatrixRow> } | { kind: 'agent' | 'tool'; page: Page<SummaryRow> }
  filters: readonly Filter[]
  /** `true`, or why the signed-in person may not assign. */
  mayAssign: true | string
}

const pageSize = 100
const kinds = { bindings: 'binding', agents: 'agent', tools: 'tool' } as const

const gridRows = {
  binding: (rows: MatrixRow[]): GridRow[] => rows.map((row) => ({ kind: 'binding', row })),
  agent: (rows: SummaryRow[]): GridRow[] => rows.map((row) => ({ kind: 'agent', row })),
  tool: (rows: SummaryRow[]): GridRow[] => rows.map((row) => ({ kind: 'tool', row })),
}

function firstPage({ first }: MatrixProps): Page<GridRow> {
  const { next } = first.page
  return {
    rows: first.kind === 'binding' ? gridRows.binding(first.page.rows) : gridRows[first.kind](first.page.rows),
    next,
  }
}

/** Cells are exported one a row: of the layers in sight, where some are not. */
function exportFilter(filters: MatrixViewState['filters'], columns: readonly string[]) {
  const shown = layerIds.filter((layer) => columns.includes(layer))
  return shown.length === 0 || filters.layer ? filters : { ...filters, layer: shown.join(',') }
}

async function fetchRows({ rows, filters, sort }: MatrixViewState, cursor: string | undefined): Promise<Page<GridRow>> {
  const page = { limit: pageSize, ...(cursor !== undefined && { cursor }) }
  if (rows === 'bindings') {
    const answer = await api('matrix.rows', { ...filters, sort, ...page })
    return { rows: gridRows.binding(answer.rows), next: answer.next }
  }
  const answer = await api('matrix.summaries', { ...filters, view: rows, ...page })
  return { rows: gridRows[kinds[rows] === 'tool' ? 'tool' : 'agent'](answer.rows), next: answer.next }
}

/** All cells between two, row by row and layer by layer. */
function rectangle(rows: readonly GridRow[], from: CellRef, to: CellRef): CellRef[] {
  const at = (cell: CellRef) => rows.findIndex(({ row }) => row.id === cell.row.row.id)
  const [top, bottom] = [at(from), at(to)].sort((a, b) => a - b)
  const [left, right] = [layerIds.indexOf(from.layer), layerIds.indexOf(to.layer)].sort((a, b) => a - b)
  if (top === undefined || bottom === undefined || top < 0) return [to]
  return rows
    .slice(top, bottom + 1)
    .flatMap((row) => layerIds.slice(left, (right ?? 0) + 1).map((layer) => ({ row, layer })))
}

/** The matrix with its filters, counts, selection and the dialog that assigns. */
export function Matrix(props: MatrixProps) {
  const { view, filters, mayAssign } = props
  const url = useUrlState()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new first page comes with a new `first` and nothing else
  const first = useMemo(() => firstPage(props), [props.first])
  const viewKey = JSON.stringify(view)
  const fetchPage = useCallback((cursor: string | undefined) => fetchRows(JSON.parse(viewKey), cursor), [viewKey])
  const pages = useKeysetPages(first, fetchPage)
  const [selected, setSelected] = useState<ReadonlyMap<string, CellRef>>(new Map())
  const [anchor, setAnchor] = useState<CellRef | null>(null)
  const [assigning, setAssigning] = useState<readonly CellRef[] | null>(null)
  const [writes, setWrites] = useState(0)
  const kind = kinds[view.rows]
  const columns = kind === 'binding' ? bindingColumns : summaryColumns

  function select(cells: CellRef[], how: 'toggle' | 'extend') {
    const [cell] = cells
    if (!cell) return
    const next = new Map(selected)
    if (how === 'extend' && anchor)
      for (const each of rectangle(pages.rows, anchor, cell)) next.set(cellKey(each), each)
    else if (next.has(cellKey(cell))) next.delete(cellKey(cell))
    else next.set(cellKey(cell), cell)
    setAnchor(cell)
    setSelected(next)
  }

  const clear = () => setSelected(new Map())

  function assign(cell: CellRef) {
    if (mayAssign !== true) {
      notifications.show({ message: mayAssign })
      return
    }
    setAssigning(selected.has(cellKey(cell)) ? [...selected.values()] : [cell])
  }

  function changed() {
    pages.refresh()
    setWrites((count) => count + 1)
  }

  function assigned(ids: string[], sentence: string) {
    clear()
    changed()
    offerUndo(ids, sentence, changed)
  }

  async function copy() {
    const ids = new Set([...selected.values()].map(({ row }) => row.row.id))
    const rows = ids.size > 0 ? pages.rows.filter(({ row }) => ids.has(row.id)) : pages.rows
    await navigator.clipboard.writeText(tsvOf(rows, layerIds))
    notifications.show({
      message: `${rows.length} rows copied for a spreadsheet${ids.size === 0 && pages.more ? ' (those loaded so far)' : ''}.`,
    })
  }

  return (
    <div className={classes.page}>
      <PageHeader
        title="Matrix"
        actions={
          <>
            <SegmentedControl
              size="xs"
              aria-label="Rows"
              value={view.rows}
              onChange={(rows) =>
                url.go({ rows: rows === 'bindings' ? null : rows, group: null, sort: null, columns: null })
              }
              data={[
                { value: 'bindings', label: 'Bindings' },
                { value: 'agents', label: 'Agents' },
                { value: 'tools', label: 'Tools' },
              ]}
            />
            {kind === 'binding' && (
              <>
                <Select
                  aria-label="Sort"
                  w={118}
                  value={view.sort}
                  disabled={view.group !== null}
                  allowDeselect={false}
                  onChange={(sort) => url.go({ sort: sort === 'agent' ? null : sort })}
                  data={[
                    { value: 'agent', label: 'By agent' },
                    { value: 'tool', label: 'By tool' },
                    { value: 'risk', label: 'By risk' },
                  ]}
                />
                <Select
                  aria-label="Group"
                  w={126}
                  placeholder="No groups"
                  clearable
                  value={view.group}
                  onChange={(group) => url.go({ group })}
                  data={[
                    { value: 'agent', label: 'Group: agent' },
                    { value: 'tool', label: 'Group: tool' },
                    { value: 'risk', label: 'Group: risk' },
                  ]}
                />
              </>
            )}
            <ColumnChoice
              columns={columns.flatMap(({ id, meta }) =>
                id && id !== 'subject' ? [{ id, title: meta?.title ?? id }] : [],
              )}
            />
            <Button variant="default" leftSection={<IconCopy size={14} />} onClick={copy}>
              Copy
            </Button>
            <ExportMenu kind="matrix" filter={exportFilter(view.filters, url.list('columns'))} sort={view.sort} />
          </>
        }
      />
      <CountsStrip filters={view.filters} version={writes} />
      <FilterBar filters={filters} textLabel="Agent or tool" />
      {pages.rows.length === 0 ? (
        <Empty filtered={Object.keys(view.filters).length > 0} />
      ) : (
        <MatrixGrid
          label={`Matrix of ${view.rows} and the ${layers.length} control layers`}
          kind={kind}
          rows={pages.rows}
          group={view.group}
          columns={url.list('columns')}
          selected={new Set(selected.keys())}
          onSelect={select}
          onAssign={assign}
          onCopy={copy}
          onClear={clear}
          onLook={pages.look}
        />
      )}
      {selected.size > 0 && (
        <div className={classes.selection} role="toolbar" aria-label="Selected cells">
          <b>{selected.size}</b> {selected.size === 1 ? 'cell' : 'cells'} selected
          <Button
            leftSection={<IconUserPlus size={14} />}
            onClick={() =>
              mayAssign === true ? setAssigning([...selected.values()]) : notifications.show({ message: mayAssign })
            }
          >
            Assign
          </Button>
          <CloseButton aria-label="Clear selection" onClick={clear} />
        </div>
      )}
      <div className={classes.foot}>
        <span role="status">
          {pages.rows.length.toLocaleString('en')} rows{pages.more ? ', more as you scroll' : ''}
        </span>
        {pages.problem && (
          <span role="alert">
            {pages.problem}{' '}
            <Button variant="subtle" size="compact-xs" onClick={pages.retry}>
              Try again
            </Button>
          </span>
        )}
        <span>Enter assigns · Space selects · Shift extends · Ctrl C copies</span>
      </div>
      <OwnerCellLegend />
      {assigning && (
        <AssignDialog items={assigning.map(assignableOf)} onClose={() => setAssigning(null)} onAssigned={assigned} />
      )}
    </div>
  )
}

function Empty({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        action={
          <Button component={Link} href={urls.matrix()} variant="default">
            Clear filters
          </Button>
        }
      >
        No row fits these filters.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      action={
        <Button component={Link} href={urls.imports()}>
          Import an estate
        </Button>
      }
    >
      No active binding yet: every agent that may call a tool will stand here with its five owners.
    </EmptyState>
  )
}
