'use client'

import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { BindingStateBadge, RiskBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { TextLink, ToolLink } from '@/components/links'
import { GapCount } from '@/components/registry/gap-count'
import { LastSeen } from '@/components/registry/last-seen'
import { Quiet } from '@/components/registry/quiet'
import { credentialTypeTitles, decisionModeTitles } from '@/components/registry/titles'
import { RelativeTime } from '@/components/relative-time'
import type { InputOf } from '@/lib/http/client'
import type { BindingRow } from '@/lib/registry/bindings/model'
import { urls } from '@/lib/urls'

const helper = dataColumns<BindingRow>()

const columns = helper.columns([
  helper.accessor('slug', {
    header: 'Agent',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <TextLink href={urls.binding(original.slug)} listItem>
        {original.agent.name}
        <span className="visually-hidden">
          {' '}
          on {original.tool.name}, {original.environment}
        </span>
      </TextLink>
    ),
  }),
  helper.display({
    id: 'tool',
    header: 'Tool',
    enableSorting: true,
    cell: ({ row: { original } }) => <ToolLink slug={original.tool.slug} name={original.tool.name} />,
  }),
  helper.accessor('environment', { header: 'Environment', meta: { wideOnly: true } }),
  helper.accessor('state', {
    header: 'State',
    enableSorting: true,
    cell: ({ row: { original } }) => <BindingStateBadge state={original.state} />,
  }),
  helper.accessor('risk', {
    header: 'Risk',
    enableSorting: true,
    cell: ({ row: { original } }) => <RiskBadge risk={original.risk} />,
  }),
  helper.accessor('decisionMode', {
    header: 'Decided',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => decisionModeTitles[original.decisionMode],
  }),
  helper.accessor('credentialType', {
    header: 'Credential',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => credentialTypeTitles[original.credentialType],
  }),
  helper.accessor('certifiedUntil', {
    header: 'Certified until',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.certifiedUntil ? (
        <RelativeTime at={original.certifiedUntil} />
      ) : (
        <Quiet>{original.state === 'revoked' ? '–' : 'Never certified'}</Quiet>
      ),
  }),
  helper.display({
    id: 'gaps',
    header: 'Open gaps',
    meta: { numeric: true },
    cell: ({ row: { original } }) => (
      <GapCount count={original.openGaps} href={urls.gaps({ binding: original.slug })} />
    ),
  }),
  helper.display({
    id: 'source',
    header: 'Source',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <LastSeen source={original.source} at={original.lastSeenAt} />,
  }),
])

interface BindingsTableProps {
  rows: BindingRow[]
  next: string | null
  input: InputOf<'bindings.list'>
  empty: ReactNode
}

/** The list of bindings, page by page. */
export function BindingsTable({ rows, next, input, empty }: BindingsTableProps) {
  return (
    <DataTable
      label="Bindings"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('bindings.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
