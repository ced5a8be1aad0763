'use client'

import { Stack, Text } from '@mantine/core'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import { RunOutcome } from './run-outcome'
import { ScheduleActions } from './schedule-actions'
import { destinationWords, planWords, type Schedule, viewWords } from './words'

type Row = Schedule & { can: true | string }

const helper = dataColumns<Row>()

const twoLines = (first: string, second: string) => (
  <Stack gap={0}>
    <span>{first}</span>
    <Text size="xs" c="dimmed" maw={280} truncate title={second}>
      {second}
    </Text>
  </Stack>
)

const columns = helper.columns([
  helper.display({
    id: 'name',
    header: 'Export',
    cell: ({ row: { original } }) => twoLines(original.name, viewWords(original)),
  }),
  helper.display({
    id: 'to',
    header: 'Goes to',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => twoLines(destinationWords(original), original.note ?? original.slug),
  }),
  helper.display({
    id: 'next',
    header: 'Next',
    cell: ({ row: { original } }) => (
      <Stack gap={0}>
        {original.paused ? <Quiet>paused</Quiet> : <RelativeTime at={original.nextAt} />}
        <Text size="xs" c="dimmed">
          {planWords(original)}
        </Text>
      </Stack>
    ),
  }),
  helper.display({ id: 'last', header: 'Last run', cell: ({ row }) => <RunOutcome run={row.original.last} /> }),
  helper.display({
    id: 'actions',
    header: () => <span className="visually-hidden">Actions</span>,
    meta: { numeric: true },
    cell: ({ row }) => <ScheduleActions schedule={row.original} can={row.original.can} />,
  }),
])

/** What goes where and when, and how the last run went. */
export function SchedulesTable({ schedules, can }: { schedules: Schedule[]; can: true | string }) {
  return (
    <DataTable
      label="Scheduled exports"
      columns={columns}
      rows={schedules.map((schedule) => ({ ...schedule, can }))}
      rowId={({ slug }) => slug}
      empty={<EmptyState>Nothing is exported by itself. Add one to have auditors find it where they look.</EmptyState>}
    />
  )
}
