'use client'

import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DataTable, dataColumns } from '@/components/data-table'
import { EmptyState } from '@/components/empty-state'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { OutputOf } from '@/lib/http/client'
import { scopeWords } from './scopes'

type Token = OutputOf<'tokens.list'>['rows'][number]

const helper = dataColumns<Token>()

const columns = helper.columns([
  helper.accessor('name', { header: 'Name' }),
  helper.accessor('prefix', { header: 'Begins with', cell: ({ row }) => <code>{row.original.prefix}…</code> }),
  helper.display({
    id: 'scopes',
    header: 'May',
    meta: { wideOnly: true },
    cell: ({ row }) => row.original.scopes.map((scope) => scopeWords[scope].title).join(', '),
  }),
  helper.display({
    id: 'used',
    header: 'Last used',
    cell: ({ row: { original } }) =>
      original.lastUsedAt ? <RelativeTime at={original.lastUsedAt} /> : <Quiet>never</Quiet>,
  }),
  helper.display({
    id: 'expires',
    header: 'Expires',
    cell: ({ row: { original } }) =>
      original.expiresAt ? <RelativeTime at={original.expiresAt} /> : <Quiet>never</Quiet>,
  }),
  helper.display({
    id: 'created',
    header: 'Made',
    meta: { wideOnly: true },
    cell: ({ row }) => <RelativeTime at={row.original.createdAt} />,
  }),
  helper.display({
    id: 'revoke',
    header: () => <span className="visually-hidden">Revoke</span>,
    meta: { numeric: true },
    cell: ({ row }) => <Revoke token={row.original} />,
  }),
])

function Revoke({ token }: { token: Token }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function revoke() {
    await api('tokens.revoke', { id: token.id })
    notifications.show({ message: `${token.name} is revoked.` })
    router.refresh()
  }

  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`Revoke ${token.name}`} onClick={() => setOpened(true)}>
        Revoke
      </Button>
      <ConfirmModal
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Revoke ${token.name}`}
        confirmLabel="Revoke"
        dangerous
        onConfirm={revoke}
      >
        Whatever uses the token that begins with <code>{token.prefix}</code> is refused from now on. It cannot be
        brought back; make another instead.
      </ConfirmModal>
    </>
  )
}

/** The tokens of the signed-in person. */
export function TokensTable({ tokens }: { tokens: Token[] }) {
  return (
    <DataTable
      label="API tokens"
      columns={columns}
      rows={tokens}
      rowId={({ id }) => id}
      empty={<EmptyState>No token yet: make one to use the command line or the API from a script.</EmptyState>}
    />
  )
}
