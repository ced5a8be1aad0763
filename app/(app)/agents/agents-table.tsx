'use client'

import { api } from '@/components/api'
import { LifecycleBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { AgentLink, PersonLink } from '@/components/links'
import { Departed } from '@/components/registry/departed'
import { GapCount } from '@/components/registry/gap-count'
import { LastSeen } from '@/components/registry/last-seen'
import { RestrictedMark } from '@/components/registry/restricted'
import { autonomyTitles } from '@/components/registry/titles'
import type { InputOf } from '@/lib/http/client'
import type { AgentRow } from '@/lib/registry/agents/model'
import { urls } from '@/lib/urls'

const helper = dataColumns<AgentRow>()

export const agentColumns = helper.columns([
  helper.accessor('name', {
    header: 'Name',
    enableSorting: true,
    cell: ({ row: { original } }) => (
      <>
        <AgentLink slug={original.slug} name={original.name} listItem />
        {original.restricted && <RestrictedMark />}
      </>
    ),
  }),
  helper.accessor('lifecycle', {
    header: 'Lifecycle',
    cell: ({ row: { original } }) => <LifecycleBadge lifecycle={original.lifecycle} />,
  }),
  helper.accessor('autonomy', {
    header: 'Autonomy',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => autonomyTitles[original.autonomy],
  }),
  helper.accessor('environment', { header: 'Environment', meta: { wideOnly: true } }),
  helper.display({
    id: 'sponsor',
    header: 'Sponsor',
    cell: ({ row: { original } }) => {
      const { sponsor } = original
      if (!sponsor) return <Departed>None named</Departed>
      const link = <PersonLink id={sponsor.externalId} name={sponsor.name} />
      return sponsor.status === 'left' ? <Departed>{link} has left</Departed> : link
    },
  }),
  helper.accessor('bindings', { header: 'Bindings', meta: { numeric: true, wideOnly: true } }),
  helper.display({
    id: 'gaps',
    header: 'Open gaps',
    meta: { numeric: true },
    cell: ({ row: { original } }) => <GapCount count={original.openGaps} href={urls.gaps({ agent: original.slug })} />,
  }),
  helper.display({
    id: 'source',
    header: 'Source',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <LastSeen source={original.source} at={original.lastSeenAt} />,
  }),
])

interface AgentsTableProps {
  rows: AgentRow[]
  next: string | null
  input: InputOf<'agents.list'>
  empty: React.ReactNode
}

/** The list of agents, page by page. */
export function AgentsTable({ rows, next, input, empty }: AgentsTableProps) {
  return (
    <DataTable
      label="Agents"
      columns={agentColumns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('agents.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
