'use client'

import { api } from '@/components/api'
import { PersonStatusBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { PersonLink } from '@/components/links'
import { GapCount } from '@/components/registry/gap-count'
import { LastSeen } from '@/components/registry/last-seen'
import { PersonName } from '@/components/registry/person-name'
import { Quiet } from '@/components/registry/quiet'
import type { InputOf } from '@/lib/http/client'
import type { PersonRow } from '@/lib/registry/people/model'
import { urls } from '@/lib/urls'
import { TeamsOf } from './teams-of'

const helper = dataColumns<PersonRow>()

const columns = helper.columns([
  helper.accessor('name', {
    header: 'Name',
    enableSorting: true,
    cell: ({ row: { original } }) => <PersonLink id={original.externalId} name={original.name} listItem />,
  }),
  helper.accessor('status', {
    header: 'Status',
    cell: ({ row }) => <PersonStatusBadge status={row.original.status} />,
  }),
  helper.display({ id: 'teams', header: 'Teams', cell: ({ row }) => <TeamsOf teams={row.original.teams} /> }),
  helper.display({
    id: 'manager',
    header: 'Manager',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => (original.manager ? <PersonName person={original.manager} /> : <Quiet>–</Quiet>),
  }),
  helper.display({
    id: 'email',
    header: 'E-mail',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.email ?? <Quiet>–</Quiet>,
  }),
  helper.accessor('openGaps', {
    header: 'Open gaps',
    meta: { numeric: true },
    cell: ({ row: { original } }) => <GapCount count={original.openGaps} href={urls.person(original.externalId)} />,
  }),
  helper.display({
    id: 'source',
    header: 'Source',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <LastSeen source={original.source} at={original.lastSeenAt} />,
  }),
])

interface PeopleTableProps {
  rows: PersonRow[]
  next: string | null
  input: InputOf<'people.list'>
  empty: React.ReactNode
}

/** The list of people, page by page. */
export function PeopleTable({ rows, next, input, empty }: PeopleTableProps) {
  return (
    <DataTable
      label="People"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('people.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
