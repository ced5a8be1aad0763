'use client'

import { Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import { api } from '@/components/api'
import { DataTable, dataColumns } from '@/components/data-table'
import { TextLink } from '@/components/links'
import { CampaignStateMark } from '@/components/recertification/campaign-marks'
import { campaignKindTitles } from '@/components/recertification/campaign-words'
import { Quiet } from '@/components/registry/quiet'
import { RelativeTime } from '@/components/relative-time'
import type { InputOf } from '@/lib/http/client'
import type { CampaignRow } from '@/lib/recertification/campaigns/shapes'
import { urls } from '@/lib/urls'

const helper = dataColumns<CampaignRow>()

const columns = helper.columns([
  helper.accessor('name', {
    header: 'Campaign',
    cell: ({ row: { original } }) => (
      <TextLink href={urls.campaign(original.slug)} listItem>
        {original.name}
      </TextLink>
    ),
  }),
  helper.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) => <CampaignStateMark state={original.state} />,
  }),
  helper.accessor('kind', {
    header: 'Kind',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => campaignKindTitles[original.kind],
  }),
  helper.display({
    id: 'answered',
    header: 'Answered',
    cell: ({ row: { original } }) => <Answered campaign={original} />,
  }),
  helper.display({
    id: 'due',
    header: 'Due',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <Due campaign={original} />,
  }),
  helper.display({
    id: 'owner',
    header: 'Owner',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => original.owner.name,
  }),
])

function Answered({ campaign: { progress } }: { campaign: CampaignRow }) {
  const { items, answered } = progress
  if (items === 0) return <Quiet>–</Quiet>
  return (
    <>
      {answered.toLocaleString('en')} of {items.toLocaleString('en')}
      <Progress value={(answered / items) * 100} size={4} aria-hidden />
    </>
  )
}

function Due({ campaign }: { campaign: CampaignRow }) {
  if (campaign.dueOn) return <>{campaign.dueOn}</>
  const { endedAt, startsAt, state } = campaign
  if (endedAt)
    return (
      <Quiet>
        Ended <RelativeTime at={endedAt} />
      </Quiet>
    )
  return state === 'scheduled' && startsAt ? (
    <>
      Starts <RelativeTime at={startsAt} />
    </>
  ) : (
    <Quiet>–</Quiet>
  )
}

interface CampaignsTableProps {
  rows: CampaignRow[]
  next: string | null
  input: InputOf<'campaigns.list'>
  empty: ReactNode
}

/** Campaigns, the newest first. */
export function CampaignsTable({ rows, next, input, empty }: CampaignsTableProps) {
  return (
    <DataTable
      label="Campaigns"
      columns={columns}
      rows={rows}
      rowId={({ id }) => id}
      next={next}
      loadMore={(cursor) => api('campaigns.list', { ...input, cursor })}
      empty={empty}
    />
  )
}
