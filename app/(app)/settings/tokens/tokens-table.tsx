'use client'

import { notifications } from '@mantine/notifications'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { api } from '@/components/api'
import { ConfirmModal } from '@/components/confirm-modal'
import { DataTable, dataColumns } from '@/components/data-table'
import { DisabledReason } from '@/components/disabled-reason'
import { EmptyState } from '@/components/empty-state'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { OutputOf } from '@/lib/http/client'
import { scopeWords } from './scopes'

type Token = OutputOf<'tokens.list'>['rows'][number]
/** A token, the service account it is of if any, and whether whoever looks may revoke it. */
type Row = Token & { agent: string | undefined; can: true | string }

const helper = dataColumns<Row>()

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

function Revoke({ token }: { token: Row }) {
  const router = useRouter()
  const [opened, setOpened] = useState(false)

  async function revoke() {
    const { id, agent } = token
    await (agent === undefined ? api('tokens.revoke', { id }) : api('serviceAccounts.revokeToken', { agent, id }))
    notifications.show({ message: `${token.name} is revoked.` })
    router.refresh()
  }

  return (
    <>
      <DisabledReason
        can={token.can}
        size="compact-xs"
        variant="default"
        aria-label={`Revoke ${token.name}`}
        onClick={() => setOpened(true)}
      >
        Revoke
      </DisabledReason>
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

interface TokensTableProps {
  tokens: Token[]
  /** The slug of the agent whose service account they are of; the signed-in person's own without one. */
  agent?: string
  can?: true | string
}

/** The tokens of the signed-in person, or of a service account. */
export function TokensTable({ tokens, agent, can = true }: TokensTableProps) {
  return (
    <DataTable
      label="API tokens"
      columns={columns}
      rows={tokens.map((token): Row => ({ ...token, agent, can }))}
      rowId={({ id }) => id}
      empty={<EmptyState>No token yet: make one to use the command line or the API from a script.</EmptyState>}
    />
  )
}
