'use client'

import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { RelativeTime } from '@/components/relative-time'
import type { OutputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'

type Bundle = OutputOf<'bundles.list'>['rows'][number]

const helper = dataColumns<Bundle>()

const columns = helper.columns([
  helper.accessor('madeAt', { header: 'Made', cell: ({ row: { original } }) => <RelativeTime at={original.madeAt} /> }),
  helper.accessor('madeBy', { header: 'By', meta: { wideOnly: true } }),
  helper.display({
    id: 'datasets',
    header: 'Datasets',
    cell: ({ row: { original } }) => original.datasets.join(', ') || 'Events only',
  }),
  helper.display({
    id: 'filter',
    header: 'Rows',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      Object.entries(original.filter)
        .map(([name, value]) => `${name}: ${value}`)
        .join('; ') || 'All',
  }),
  helper.accessor('asOf', {
    header: 'State of',
    cell: ({ row: { original } }) => <RelativeTime at={original.asOf} />,
  }),
  helper.accessor('checkpoint', {
    header: 'Events in the log',
    meta: { numeric: true, wideOnly: true },
    cell: ({ row: { original } }) => original.checkpoint.toLocaleString('en'),
  }),
  helper.display({
    id: 'file',
    header: 'File',
    cell: ({ row: { original } }) => (
      <Button
        component="a"
        href={urls.bundleFile(original.id)}
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={`Save the bundle of ${original.madeAt}`}
      >
        Save
      </Button>
    ),
  }),
])

/** The bundles that were made. Each can be saved again, with the same bytes. */
export function BundlesTable({ rows, next }: { rows: Bundle[]; next: string | null }) {
  return (
    <DataTable
      key={rows[0]?.id}
      label="Evidence bundles"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('bundles.list', { cursor })}
      empty={<EmptyState>No bundle has been made yet. Make one above; it can be saved again later.</EmptyState>}
    />
  )
}
