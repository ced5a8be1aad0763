'use client'

import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { TextLink } from '@/components/links'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import { roleTitles } from '@/lib/access/model'
import { isLetIn, type ServiceAccount } from '@/lib/access/service-accounts/model'
import type { InputOf } from '@/lib/http/client'
import { urls } from '@/lib/urls'
import { Owner } from './owner'

const helper = dataColumns<ServiceAccount>()

const columns = helper.columns([
  helper.display({
    id: 'agent',
    header: 'Agent',
    cell: ({ row: { original } }) => (
      <TextLink href={urls.serviceAccount(original.agent.slug)}>{original.agent.name}</TextLink>
    ),
  }),
  helper.display({ id: 'owner', header: 'Owner', cell: ({ row }) => <Owner account={row.original} /> }),
  helper.display({ id: 'role', header: 'Role', cell: ({ row }) => roleTitles[row.original.role] }),
  helper.display({
    id: 'letIn',
    header: 'Let in',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => {
      const letIn = isLetIn(original)
      return letIn === true ? 'Yes' : <Quiet>No. {letIn}</Quiet>
    },
  }),
  helper.accessor('tokens', { header: 'Tokens', meta: { numeric: true } }),
  helper.display({
    id: 'used',
    header: 'Last used',
    cell: ({ row: { original } }) =>
      original.lastUsedAt ? <RelativeTime at={original.lastUsedAt} /> : <Quiet>never</Quiet>,
  }),
])

interface ServiceAccountsTableProps {
  rows: ServiceAccount[]
  next: string | null
  input: InputOf<'serviceAccounts.list'>
  empty: React.ReactNode
}

/** The list of service accounts, page by page. */
export function ServiceAccountsTable({ rows, next, input, empty }: ServiceAccountsTableProps) {
  return (
    <DataTable
      label="Service accounts"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('serviceAccounts.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
