'use client'

import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { TextLink } from '@/components/links'
import { RelativeTime } from '@/components/relative-time'
import { urls } from '@/lib/urls'
import classes from './imports.module.css'
import { kindWords } from './kinds'
import { type Counts, type Run, totalOf } from './words'

const helper = dataColumns<Run>()
const count = (counts: Counts) => {
  const total = totalOf(counts)
  return total === 0 ? <span className={classes.dim}>0</span> : total.toLocaleString('en')
}

const columns = helper.columns([
  helper.accessor('at', {
    header: 'When',
    cell: ({ row: { original } }) => (
      <TextLink href={urls.importRun(original.id)} listItem>
        <RelativeTime at={original.at} />
      </TextLink>
    ),
  }),
  helper.accessor('kind', { header: 'Kind', cell: ({ row }) => kindWords[row.original.kind].title }),
  helper.accessor('actorName', { header: 'By' }),
  helper.display({
    id: 'files',
    header: 'Files',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <Files names={original.files} />,
  }),
  helper.display({
    id: 'created',
    header: 'New',
    meta: { numeric: true },
    cell: ({ row }) => count(row.original.summary.created),
  }),
  helper.display({
    id: 'updated',
    header: 'Changed',
    meta: { numeric: true },
    cell: ({ row }) => count(row.original.summary.updated),
  }),
  helper.display({
    id: 'unchanged',
    header: 'Unchanged',
    meta: { numeric: true, wideOnly: true },
    cell: ({ row }) => count(row.original.summary.unchanged),
  }),
  helper.display({
    id: 'missing',
    header: 'Missing',
    meta: { numeric: true, wideOnly: true },
    cell: ({ row }) => count(row.original.summary.missing),
  }),
])

function Files({ names }: { names: readonly string[] }) {
  const [first = '', ...others] = names
  return (
    <span className={classes.fileNames} title={names.slice(0, 30).join('\n')}>
      <span>{first}</span>
      {others.length > 0 && <span className={classes.dim}>and {others.length} more</span>}
    </span>
  )
}

/** Imports that were applied, newest first. */
export function RunsTable({ rows, next }: { rows: Run[]; next: string | null }) {
  return (
    <DataTable
      label="Past imports"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('imports.list', { cursor })}
      empty={
        <EmptyState>
          Nothing was imported yet. Begin with the file you have; an estate file (its format is described in
          docs/estate-format.md) can say everything, a spreadsheet saved as CSV is quickest.
        </EmptyState>
      }
    />
  )
}
