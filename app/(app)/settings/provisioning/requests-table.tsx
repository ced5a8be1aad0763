'use client'

import { Stack, Text } from '@mantine/core'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Panel } from '@/components/panel'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { OutputOf } from '@/lib/http/client'

type Request = OutputOf<'provisioning.get'>['requests'][number]

const helper = dataColumns<Request>()

const columns = helper.columns([
  helper.display({
    id: 'request',
    header: 'Request',
    cell: ({ row: { original } }) => (
      <Text span size="sm" title={original.requestId} style={{ overflowWrap: 'anywhere' }}>
        {original.method} <code>{original.path}</code>
      </Text>
    ),
  }),
  helper.display({
    id: 'outcome',
    header: 'Outcome',
    cell: ({ row: { original } }) => (
      <Stack gap={0}>
        <span>{original.status < 400 ? `Taken (${original.status})` : `Refused (${original.status})`}</span>
        {original.detail && (
          <Text size="xs" c="dimmed" maw={420} style={{ whiteSpace: 'normal' }}>
            {original.detail}
          </Text>
        )}
      </Stack>
    ),
  }),
  helper.display({
    id: 'token',
    header: 'Token',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.token ?? <Quiet>not known</Quiet>,
  }),
  helper.display({
    id: 'at',
    header: 'When',
    meta: { numeric: true },
    cell: ({ row }) => <RelativeTime at={row.original.at} />,
  }),
])

/** What the identity provider last asked, and what came of it. */
export function RequestsTable({ requests }: { requests: Request[] }) {
  return (
    <Panel title="Last requests" flush>
      <DataTable
        flush
        label="Last requests"
        columns={columns}
        rows={requests}
        rowId={({ id }) => id}
        empty={<EmptyState>Nothing has asked yet. Connect an identity provider with the address above.</EmptyState>}
      />
    </Panel>
  )
}
