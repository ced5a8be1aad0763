'use client'

import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { RiskBadge } from '@/components/badges'
import { DataTable, dataColumns } from '@/components/data-table'
import { TextLink } from '@/components/links'
import { ItemStateMark, OutcomeMark, StandingMark } from '@/components/recertification/campaign-marks'
import { Quiet } from '@/components/registry/quiet'
import type { InputOf } from '@/lib/http/client'
import type { CampaignItem } from '@/lib/recertification/campaigns/items'
import { urls } from '@/lib/urls'

const helper = dataColumns<CampaignItem>()

const columns = helper.columns([
  helper.accessor('subject', {
    header: 'Item',
    cell: ({ row: { original } }) => (
      <TextLink href={urls.reviewItem(original.id)} listItem>
        {original.subject}
      </TextLink>
    ),
  }),
  helper.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) =>
      original.outcome ? <OutcomeMark outcome={original.outcome} /> : <ItemStateMark state={original.state} />,
  }),
  helper.accessor('risk', {
    header: 'Risk',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <RiskBadge risk={original.risk} />,
  }),
  helper.accessor('standing', {
    header: 'Since last time',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <StandingMark standing={original.standing} />,
  }),
  helper.display({
    id: 'reviewers',
    header: 'Reviewers',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) =>
      original.reviewers.map(({ person }) => person.name).join(', ') || <Quiet>Nobody</Quiet>,
  }),
])

interface ItemsTableProps {
  rows: CampaignItem[]
  next: string | null
  input: InputOf<'campaigns.items'>
  empty: ReactNode
}

/** What a campaign asks about, and how it was answered. */
export function ItemsTable({ rows, next, input, empty }: ItemsTableProps) {
  return (
    <DataTable
      label="Items"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('campaigns.items', { ...input, cursor })}
      empty={empty}
    />
  )
}
