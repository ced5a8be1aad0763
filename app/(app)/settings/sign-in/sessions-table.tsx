'use client'

import { Badge, Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Problem } from '@/components/problem'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import { useAttempt } from '@/components/use-attempt'
import type { OutputOf } from '@/lib/http/client'
import { browserOf } from './browser-name'

type Session = OutputOf<'sessions.list'>['rows'][number]

const methodWords: Record<Session['method'], string> = {
  password: 'password',
  password_and_code: 'password and code',
  passkey: 'passkey',
  provider: 'identity provider',
}

const helper = dataColumns<Session>()

const columns = helper.columns([
  helper.display({
    id: 'browser',
    header: 'Browser',
    cell: ({ row: { original } }) => (
      <Group gap={8}>
        <span title={original.browser ?? undefined}>{browserOf(original.browser)}</span>
        {original.isThis && (
          <Badge size="xs" variant="light">
            this one
          </Badge>
        )}
      </Group>
    ),
  }),
  helper.display({
    id: 'address',
    header: 'Address',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.address ?? <Quiet>unknown</Quiet>,
  }),
  helper.display({
    id: 'by',
    header: 'By',
    meta: { wideOnly: true },
    cell: ({ row }) => methodWords[row.original.method],
  }),
  helper.display({ id: 'since', header: 'Since', cell: ({ row }) => <RelativeTime at={row.original.createdAt} /> }),
  helper.display({ id: 'seen', header: 'Last seen', cell: ({ row }) => <RelativeTime at={row.original.seenAt} /> }),
  helper.display({
    id: 'end',
    header: () => <span className="visually-hidden">Sign out there</span>,
    meta: { numeric: true },
    cell: ({ row: { original } }) => !original.isThis && <EndSession session={original} />,
  }),
])

function EndSession({ session }: { session: Session }) {
  const router = useRouter()
  const { pending, problem, run } = useAttempt(
    async () => {
      await api('sessions.end', { id: session.id })
    },
    () => router.refresh(),
  )
  return (
    <>
      <Button size="compact-xs" variant="default" loading={pending} onClick={() => run()}>
        Sign out there
      </Button>
      <Problem text={problem} />
    </>
  )
}

/** Where the person is signed in; each can be ended, and all others at once. */
export function SessionsTable({ sessions }: { sessions: Session[] }) {
  const router = useRouter()
  const { pending, problem, run } = useAttempt(
    async () => {
      const { ended } = await api('sessions.endOthers', {})
      notifications.show({
        message: `You are signed out in ${ended === 1 ? 'one other place' : `${ended} other places`}.`,
      })
    },
    () => router.refresh(),
  )
  return (
    <>
      <DataTable
        flush
        label="Sessions"
        columns={columns}
        rows={sessions}
        rowId={({ id }) => id}
        empty={<EmptyState>Nowhere.</EmptyState>}
      />
      {sessions.length > 1 && (
        <Group p="sm" justify="space-between">
          <Text size="xs" c="dimmed">
            Sign out where you do not know the browser, and change your password.
          </Text>
          <Button variant="default" size="xs" loading={pending} onClick={() => run()}>
            Sign out everywhere else
          </Button>
        </Group>
      )}
      <Problem text={problem} />
    </>
  )
}
