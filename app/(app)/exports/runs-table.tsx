'use client'

import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { Digest } from '@/components/digest'
import { EmptyState } from '@/components/empty-state'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import type { ExportRun } from '@/lib/exporters/model'
import { formatTitles } from '@/lib/exporters/names'
import { urls } from '@/lib/urls'
import { RunMark } from './run-mark'
import { filterWords, sizeWords } from './words'

const helper = dataColumns<ExportRun>()

const columns = helper.columns([
  helper.accessor('title', {
    header: 'What',
    cell: ({ row: { original } }) => `${original.title}, ${formatTitles[original.format]}`,
  }),
  helper.display({ id: 'state', header: 'State', cell: ({ row: { original } }) => <RunMark run={original} /> }),
  helper.display({ id: 'act', header: 'File', cell: ({ row: { original } }) => <Act run={original} /> }),
  helper.display({
    id: 'filter',
    header: 'Narrowed to',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => filterWords(original.filter),
  }),
  helper.display({
    id: 'asOf',
    header: 'As of',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (original.asOf ? <RelativeTime at={original.asOf} /> : 'When it was read'),
  }),
  helper.accessor('rows', {
    header: 'Rows',
    meta: { numeric: true },
    cell: ({ row: { original } }) => original.rows.toLocaleString('en'),
  }),
  helper.accessor('bytes', {
    header: 'Size',
    meta: { numeric: true, wideOnly: true },
    cell: ({ row: { original } }) => sizeWords(original.bytes),
  }),
  helper.display({
    id: 'digest',
    header: 'SHA-256',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.sha256 && <Digest digest={original.sha256} />,
  }),
  helper.accessor('requestedAt', {
    header: 'Asked',
    cell: ({ row: { original } }) => <RelativeTime at={original.requestedAt} />,
  }),
])

const isUnderWay = ({ state }: ExportRun) => state === 'queued' || state === 'running'
const lookAgainMs = 2_000

/** The exports that were written in the background, looked at again for as long as one is under way. */
export function RunsTable({ rows, next }: { rows: ExportRun[]; next: string | null }) {
  const router = useRouter()
  const underWay = rows.some(isUnderWay)
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => router.refresh(), lookAgainMs)
    return () => clearInterval(timer)
  }, [underWay, router])
  return (
    <DataTable
      key={rows[0]?.id}
      label="Exports"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('exports.list', { cursor })}
      empty={
        <EmptyState>
          No export has been written in the background yet. Small ones are sent at once and do not stand here.
        </EmptyState>
      }
    />
  )
}

function Act({ run }: { run: ExportRun }) {
  const router = useRouter()
  const cancel = useAttempt(
    async () => void (await api('exports.cancel', { id: run.id })),
    () => router.refresh(),
  )
  if (run.state === 'done') {
    return (
      <Button
        component="a"
        href={urls.exportRunFile(run.id)}
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={`Download ${run.title}`}
      >
        Download
      </Button>
    )
  }
  if (!isUnderWay(run)) return null
  return (
    <Group gap="xs">
      <Button variant="default" size="compact-sm" loading={cancel.pending} onClick={() => cancel.run()}>
        Cancel
      </Button>
      {cancel.problem && <span role="alert">{cancel.problem}</span>}
    </Group>
  )
}
