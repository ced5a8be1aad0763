'use client'

import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  type Header,
  metaHelper,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import Link from 'next/link'
import { type ReactNode, useRef } from 'react'
import classes from './data-table.module.css'
import { ScrollFrame } from './scroll-frame'
import { useListKeys } from './use-list-keys'
import { type LoadMore, useMoreRows } from './use-more-rows'
import { useUrlState } from './use-url-state'

interface ColumnMeta {
  /** What the column choice calls it, when its header is not a plain text. */
  title?: string
  /** Figures stand right. */
  numeric?: boolean
  width?: number | string
  /** Left out on a phone, where the page of the row says it. */
  wideOnly?: boolean
}

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature, columnMeta: metaHelper<ColumnMeta>() })
export type DataColumn<Row extends RowData> = ColumnDef<typeof features, Row>

/** Typed columns: `dataColumns<Row>().columns([helper.accessor(…), helper.display(…)])`. Sorting is on where `enableSorting` is true. */
export const dataColumns = <Row extends RowData>() => createColumnHelper<typeof features, Row>()

interface DataTableProps<Row extends RowData> {
  /** Names the table for those who cannot see what it stands under. */
  label: string
  columns: DataColumn<Row>[]
  /** The first page. */
  rows: Row[]
  rowId: (row: Row) => string
  /** Rows that came since, above the first page. */
  fresh?: Row[]
  /** Where the first page ended, and how to get the next: the list goes on by key. */
  next?: string | null
  loadMore?: LoadMore<Row>
  /** In a panel without padding, whose frame is its own as well. */
  flush?: boolean
  /** What stands here when there is no row. */
  empty: ReactNode
}

/**
 * A list of records. Order (`sort=name` or `sort=-name`) and columns (`columns=a,b`) live in the address and are applied
 * by whoever supplies the rows; here they are only shown. The first column is its row's header and stays in sight.
 */
export function DataTable<Row extends RowData>({
  label,
  columns,
  rows,
  rowId,
  fresh = [],
  next = null,
  loadMore,
  flush = false,
  empty,
}: DataTableProps<Row>) {
  const url = useUrlState()
  const body = useRef<HTMLTableSectionElement>(null)
  useListKeys(body)
  const more = useMoreRows(rows, next, loadMore)
  const all = fresh.length === 0 ? more.rows : [...fresh, ...more.rows]
  const sort = url.value('sort')
  const sorting = sort === '' ? [] : [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }]
  const chosen = url.list('columns')
  const idOf = (column: DataColumn<Row>) => column.id ?? ('accessorKey' in column ? String(column.accessorKey) : '')
  const hidden = chosen.length === 0 ? [] : columns.map(idOf).filter((id, index) => index > 0 && !chosen.includes(id))
  const table = useTable({
    features,
    columns,
    data: all,
    getRowId: rowId,
    manualSorting: true,
    defaultColumn: { enableSorting: false },
    state: { sorting, columnVisibility: Object.fromEntries(hidden.map((id) => [id, false])) },
  })
  if (all.length === 0) return empty

  return (
    <>
      <ScrollFrame label={label} className={flush ? classes.flush : classes.frame} busy={url.pending}>
        <table className={classes.table} aria-label={label}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <HeaderCell key={header.id} header={header} hrefOf={(order) => url.href({ sort: order })}>
                    <table.FlexRender header={header} />
                  </HeaderCell>
                ))}
              </tr>
            ))}
          </thead>
          <tbody ref={body}>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id}>
                {row.getVisibleCells().map((cell, index) => {
                  const { numeric, wideOnly } = cell.column.columnDef.meta ?? {}
                  return index === 0 ? (
                    <th key={cell.id} scope="row">
                      <table.FlexRender cell={cell} />
                    </th>
                  ) : (
                    <td key={cell.id} data-numeric={numeric || undefined} data-wide-only={wideOnly || undefined}>
                      <table.FlexRender cell={cell} />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      <div className={classes.foot} data-flush={flush || undefined}>
        <span role="status">{`${all.length.toLocaleString('en')} shown${more.next === null ? '' : ', there are more'}`}</span>
        {more.problem && <span role="alert">{more.problem}</span>}
        {more.next !== null && (
          <Button variant="default" loading={more.pending} onClick={more.load}>
            Load more
          </Button>
        )}
      </div>
    </>
  )
}

interface HeaderCellProps<Row extends RowData> {
  header: Header<typeof features, Row>
  hrefOf: (order: string | null) => string
  children: ReactNode
}

function HeaderCell<Row extends RowData>({ header, hrefOf, children }: HeaderCellProps<Row>) {
  const { column } = header
  const { numeric, width, wideOnly } = column.columnDef.meta ?? {}
  const sorted = column.getIsSorted()
  const sortable = column.columnDef.enableSorting === true
  // Ascending, descending, then the list's own order again.
  const following = sorted === false ? column.id : sorted === 'asc' ? `-${column.id}` : null
  const Arrow = sorted === false ? IconArrowsSort : sorted === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <th
      scope="col"
      style={{ width }}
      data-numeric={numeric || undefined}
      data-wide-only={wideOnly || undefined}
      aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
    >
      {sortable ? (
        <Link
          href={hrefOf(following)}
          replace
          scroll={false}
          prefetch={false}
          className={classes.sort}
          data-sorted={sorted || undefined}
        >
          {children}
          <Arrow size={12} aria-hidden />
        </Link>
      ) : (
        children
      )}
    </th>
  )
}

/** Which columns a table shows, kept in the address. The first one always stays. */
export function ColumnChoice({ columns }: { columns: readonly { id: string; title: string }[] }) {
  const url = useUrlState()
  const all = columns.map(({ id }) => id)
  const chosen = url.list('columns').length === 0 ? all : url.list('columns')
  const choose = (ids: string[]) =>
    url.go({ columns: ids.length === all.length || ids.length === 0 ? null : all.filter((id) => ids.includes(id)) })
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Checkbox.Group aria-label="Columns" value={chosen} onChange={choose}>
          <Stack gap={6}>
            {columns.map(({ id, title }) => (
              <Checkbox key={id} size="xs" value={id} label={title} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
