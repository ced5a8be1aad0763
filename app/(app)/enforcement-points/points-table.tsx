'use client'

import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { PointLink, TextLink } from '@/components/links'
import { GapCount } from '@/components/registry/gap-count'
import { LastSeen } from '@/components/registry/last-seen'
import { OwnPrivileges } from '@/components/registry/own-privileges'
import { Quiet } from '@/components/registry/quiet'
import { RunningTeam } from '@/components/registry/running-team'
import { pointKindTitles } from '@/components/registry/titles'
import type { InputOf } from '@/lib/http/client'
import type { PointRow } from '@/lib/registry/points/model'
import { urls } from '@/lib/urls'

const helper = dataColumns<PointRow>()

/** From here on the server has not counted further. */
const bindingsCounted = 1000

const bindingsText = (bindings: number) =>
  bindings > bindingsCounted ? `${bindingsCounted.toLocaleString('en')}+` : bindings.toLocaleString('en')

const columns = helper.columns([
  helper.accessor('name', {
    header: 'Name',
    enableSorting: true,
    cell: ({ row: { original } }) => <PointLink slug={original.slug} name={original.name} listItem />,
  }),
  helper.accessor('kind', {
    header: 'Kind',
    cell: ({ row: { original } }) => pointKindTitles[original.kind],
  }),
  helper.display({
    id: 'team',
    header: 'Run by',
    cell: ({ row: { original } }) =>
      original.team ? <RunningTeam team={original.team} /> : <Quiet>Nobody named</Quiet>,
  }),
  helper.accessor('independentPrivileges', {
    header: 'Own privileges',
    cell: ({ row: { original } }) => <OwnPrivileges known={original.independentPrivileges} />,
  }),
  helper.accessor('tools', {
    header: 'Application of',
    meta: { numeric: true, wideOnly: true },
    cell: ({ row: { original } }) =>
      original.tools === 0 ? (
        <Quiet>0 tools</Quiet>
      ) : (
        <TextLink href={urls.tools({ application: original.slug })}>
          {original.tools === 1 ? '1 tool' : `${original.tools.toLocaleString('en')} tools`}
        </TextLink>
      ),
  }),
  helper.accessor('bindings', {
    header: 'Bindings',
    meta: { numeric: true },
    cell: ({ row: { original } }) =>
      original.bindings === 0 ? (
        <Quiet>0</Quiet>
      ) : (
        <TextLink href={urls.bindings({ point: original.slug })}>{bindingsText(original.bindings)}</TextLink>
      ),
  }),
  helper.display({
    id: 'gaps',
    header: 'Open gaps',
    meta: { numeric: true },
    cell: ({ row: { original } }) => <GapCount count={original.openGaps} href={urls.enforcementPoint(original.slug)} />,
  }),
  helper.display({
    id: 'source',
    header: 'Source',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <LastSeen source={original.source} at={original.lastSeenAt} />,
  }),
])

interface PointsTableProps {
  rows: PointRow[]
  next: string | null
  input: InputOf<'points.list'>
  empty: ReactNode
}

/** The list of enforcement points, page by page. */
export function PointsTable({ rows, next, input, empty }: PointsTableProps) {
  return (
    <DataTable
      label="Enforcement points"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('points.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
