'use client'

import { api } from '@/components/api'
import { TeamStatusBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { TeamLink } from '@/components/links'
import { Departed } from '@/components/registry/departed'
import { GapCount } from '@/components/registry/gap-count'
import { Quiet } from '@/components/registry/quiet'
import { teamFunctionTitles } from '@/components/registry/titles'
import type { InputOf } from '@/lib/http/client'
import type { TeamRow } from '@/lib/registry/teams/model'
import { urls } from '@/lib/urls'
import { Leads } from './leads'
import { cellsText } from './words'

const helper = dataColumns<TeamRow>()

const columns = helper.columns([
  helper.accessor('name', {
    header: 'Name',
    enableSorting: true,
    cell: ({ row: { original } }) => <TeamLink slug={original.slug} name={original.name} listItem />,
  }),
  helper.accessor('function', {
    header: 'Function',
    cell: ({ row }) => teamFunctionTitles[row.original.function],
  }),
  helper.accessor('status', {
    header: 'Status',
    meta: { wideOnly: true },
    cell: ({ row }) => <TeamStatusBadge status={row.original.status} />,
  }),
  helper.display({ id: 'leads', header: 'Leads', cell: ({ row }) => <Leads leads={row.original.leads} /> }),
  helper.accessor('members', {
    header: 'Members',
    meta: { numeric: true, wideOnly: true },
    cell: ({ row: { original } }) => (original.members === 0 ? <Departed>0</Departed> : original.members),
  }),
  helper.accessor('ownedCells', {
    header: 'Owned cells',
    meta: { numeric: true },
    cell: ({ row: { original } }) => (original.ownedCells === 0 ? <Quiet>0</Quiet> : cellsText(original.ownedCells)),
  }),
  helper.accessor('openGaps', {
    header: 'Open gaps',
    meta: { numeric: true },
    cell: ({ row: { original } }) => <GapCount count={original.openGaps} href={urls.gaps({ team: original.slug })} />,
  }),
])

interface TeamsTableProps {
  rows: TeamRow[]
  next: string | null
  input: InputOf<'teams.list'>
  empty: React.ReactNode
}

/** The list of teams, page by page. */
export function TeamsTable({ rows, next, input, empty }: TeamsTableProps) {
  return (
    <DataTable
      label="Teams"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('teams.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
