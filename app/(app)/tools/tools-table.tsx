'use client'

import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { LifecycleBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { PointLink, ToolLink } from '@/components/links'
import { GapCount } from '@/components/registry/gap-count'
import { LastSeen } from '@/components/registry/last-seen'
import { OwnPrivileges } from '@/components/registry/own-privileges'
import { Quiet } from '@/components/registry/quiet'
import { RestrictedMark } from '@/components/registry/restricted'
import { classificationTitles, toolKindTitles } from '@/components/registry/titles'
import type { InputOf } from '@/lib/http/client'
import type { ToolRow } from '@/lib/registry/tools/model'
import { urls } from '@/lib/urls'
import { ChooseTool, ChoosingTools } from './chosen-tools'

const helper = dataColumns<ToolRow>()

const columns = helper.columns([
  helper.accessor('name', {
    header: 'Name',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <ChooseTool tool={original}>
        <ToolLink slug={original.slug} name={original.name} listItem />
        {original.restricted && <RestrictedMark />}
      </ChooseTool>
    ),
  }),
  helper.accessor('kind', {
    header: 'Kind',
    cell: ({ row: { original } }) => toolKindTitles[original.kind],
  }),
  helper.accessor('classification', {
    header: 'Classification',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => classificationTitles[original.classification],
  }),
  helper.accessor('independentPrivileges', {
    header: 'Own privileges',
    cell: ({ row: { original } }) => <OwnPrivileges known={original.independentPrivileges} />,
  }),
  helper.display({
    id: 'application',
    header: 'Application',
    meta: { wideOnly: true },
    cell: ({
      row: {
        original: { application },
      },
    }) => (application ? <PointLink slug={application.slug} name={application.name} /> : <Quiet>Not named</Quiet>),
  }),
  helper.accessor('lifecycle', {
    header: 'Lifecycle',
    cell: ({ row: { original } }) => <LifecycleBadge lifecycle={original.lifecycle} />,
  }),
  helper.accessor('bindings', { header: 'Bindings', meta: { numeric: true, wideOnly: true } }),
  helper.display({
    id: 'gaps',
    header: 'Open gaps',
    meta: { numeric: true },
    cell: ({ row: { original } }) => <GapCount count={original.openGaps} href={urls.gaps({ tool: original.slug })} />,
  }),
  helper.display({
    id: 'source',
    header: 'Source',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <LastSeen source={original.source} at={original.lastSeenAt} />,
  }),
])

interface ToolsTableProps {
  rows: ToolRow[]
  next: string | null
  input: InputOf<'tools.list'>
  empty: ReactNode
  mayRoute: true | string
}

/** The list of tools, page by page; several can be chosen to route their bindings through one point. */
export function ToolsTable({ rows, next, input, empty, mayRoute }: ToolsTableProps) {
  return (
    <ChoosingTools mayRoute={mayRoute}>
      <DataTable
        label="Tools"
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        next={next}
        loadMore={(cursor) => api('tools.list', { ...input, cursor })}
        empty={empty}
      />
    </ChoosingTools>
  )
}
