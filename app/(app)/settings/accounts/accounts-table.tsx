'use client'

import { Badge, Group } from '@mantine/core'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { PersonName } from '@/components/registry/person-name'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { AccountRow } from '@/lib/access/accounts/model'
import { roleTitles } from '@/lib/access/model'
import type { InputOf } from '@/lib/http/client'
import { AccountActions } from './account-actions'
import { waysInWords } from './words'

type Row = AccountRow & { can: true | string; isOwn: boolean }

const helper = dataColumns<Row>()

const columns = helper.columns([
  helper.display({
    id: 'name',
    header: 'Account',
    cell: ({ row: { original } }) => (
      <Group gap={8} wrap="nowrap">
        <span>{original.name}</span>
        {original.isOwn && (
          <Badge size="xs" variant="light">
            you
          </Badge>
        )}
        {original.status === 'disabled' && (
          <Badge size="xs" color="gray" variant="default">
            disabled
          </Badge>
        )}
      </Group>
    ),
  }),
  helper.accessor('email', { header: 'E-mail', meta: { wideOnly: true } }),
  helper.display({ id: 'role', header: 'Role', cell: ({ row }) => roleTitles[row.original.role] }),
  helper.display({
    id: 'person',
    header: 'Person',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.person ? <PersonName person={original.person} /> : <Quiet>nobody</Quiet>,
  }),
  helper.display({
    id: 'by',
    header: 'Signs in by',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => waysInWords(original.waysIn) ?? <Quiet>nothing yet</Quiet>,
  }),
  helper.display({ id: 'seen', header: 'Last here', cell: ({ row }) => <LastHere account={row.original} /> }),
  helper.display({
    id: 'actions',
    header: () => <span className="visually-hidden">Actions</span>,
    meta: { numeric: true },
    cell: ({ row: { original } }) => <AccountActions account={original} can={original.can} isOwn={original.isOwn} />,
  }),
])

function LastHere({ account: { seenAt, invitedUntil } }: { account: AccountRow }) {
  if (seenAt !== null) return <RelativeTime at={seenAt} />
  if (invitedUntil === null) return <Quiet>never</Quiet>
  return (
    <Quiet>
      invited, until <RelativeTime at={invitedUntil} />
    </Quiet>
  )
}

interface AccountsTableProps {
  rows: AccountRow[]
  next: string | null
  input: InputOf<'accounts.list'>
  /** Whether accounts may be changed. */
  can: true | string
  /** The account of whoever looks. */
  own: string | null
  empty: React.ReactNode
}

/** The list of accounts, page by page. */
export function AccountsTable({ rows, next, input, can, own, empty }: AccountsTableProps) {
  const shown = (row: AccountRow): Row => ({ ...row, can, isOwn: row.id === own })
  return (
    <DataTable
      label="Accounts"
      columns={columns}
      rows={rows.map(shown)}
      rowId={({ id }) => id}
      next={next}
      loadMore={async (cursor) => {
        const page = await api('accounts.list', { ...input, cursor })
        return { ...page, rows: page.rows.map(shown) }
      }}
      empty={empty}
    />
  )
}
