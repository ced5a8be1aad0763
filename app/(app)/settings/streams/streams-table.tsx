'use client'

import { Stack, Text } from '@mantine/core'
import { StreamStateBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import { StreamActions } from './stream-actions'
import { kindWords, lagWords, placeOf, type Stream } from './words'

type Row = Stream & { can: true | string }

const helper = dataColumns<Row>()

const columns = helper.columns([
  helper.display({
    id: 'name',
    header: 'Stream',
    cell: ({ row: { original } }) => (
      <Stack gap={0}>
        <span>{original.name}</span>
        <Text size="xs" c="dimmed">
          {original.slug}
        </Text>
      </Stack>
    ),
  }),
  helper.display({
    id: 'to',
    header: 'To',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (
      <Stack gap={0}>
        <span>{kindWords[original.kind]}</span>
        <Text size="xs" c="dimmed" truncate maw={280} title={placeOf(original)}>
          {placeOf(original)}
        </Text>
      </Stack>
    ),
  }),
  helper.display({ id: 'state', header: 'State', cell: ({ row }) => <State stream={row.original} /> }),
  helper.display({
    id: 'delivered',
    header: 'Last delivered',
    cell: ({ row: { original } }) =>
      original.deliveredAt ? <RelativeTime at={original.deliveredAt} /> : <Quiet>never</Quiet>,
  }),
  helper.display({
    id: 'lag',
    header: 'Behind',
    meta: { numeric: true },
    cell: ({ row: { original } }) =>
      original.lag === 0 ? <Quiet>{lagWords(0)}</Quiet> : <span>{lagWords(original.lag)}</span>,
  }),
  helper.display({
    id: 'actions',
    header: () => <span className="visually-hidden">Actions</span>,
    meta: { numeric: true },
    cell: ({ row }) => <StreamActions stream={row.original} can={row.original.can} />,
  }),
])

function State({ stream: { paused, error, nextAttemptAt } }: { stream: Stream }) {
  if (paused) return <StreamStateBadge state="paused" />
  if (error === null) return <StreamStateBadge state="running" />
  return (
    <Stack gap={2} align="flex-start">
      <StreamStateBadge state="failing" />
      <Text size="xs" maw={320}>
        {error}
      </Text>
      {nextAttemptAt && (
        <Text size="xs" c="dimmed">
          Tried again <RelativeTime at={nextAttemptAt} />
        </Text>
      )}
    </Stack>
  )
}

/** Where events go, how far each is behind, and what went wrong. */
export function StreamsTable({ streams, can }: { streams: Stream[]; can: true | string }) {
  return (
    <DataTable
      label="Event streams"
      columns={columns}
      rows={streams.map((stream) => ({ ...stream, can }))}
      rowId={({ slug }) => slug}
      empty={<EmptyState>Nothing is sent on. Add a stream to have your SIEM see what happens here.</EmptyState>}
    />
  )
}
