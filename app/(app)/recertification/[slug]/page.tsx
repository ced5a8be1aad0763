import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { Notice } from '@/components/notice'
import { PageHeader } from '@/components/page-header'
import { CampaignStateMark } from '@/components/recertification/campaign-marks'
import {
  campaignKindTitles,
  itemStateTitles,
  outcomeTitles,
  standingTitles,
} from '@/components/recertification/campaign-words'
import { read } from '@/lib/http/page-data'
import { listItemsInput } from '@/lib/recertification/campaigns/items'
import { itemStates, outcomes, standings } from '@/lib/recertification/model'
import { riskTiers } from '@/lib/registry/model'
import { decoded, urls } from '@/lib/urls'
import { filtersOf, optionsOf, type SearchParams } from '../../list-query'
import { Draft } from './draft'
import { ItemsTable } from './items-table'
import { Standing } from './standing'

interface CampaignPageProps {
  params: Promise<{ slug: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: CampaignPageProps): Promise<Metadata> {
  return { title: (await read('campaigns.get', { slug: decoded((await params).slug) })).name }
}

export default async function CampaignPage({ params, searchParams }: CampaignPageProps) {
  const slug = decoded((await params).slug)
  const campaign = await read('campaigns.get', { slug })
  const { name, kind, state, dueOn, startsAt, owner, trouble } = campaign
  const isEarly = state === 'draft' || state === 'scheduled'
  const when = dueOn ? ` · due ${dueOn}` : state === 'scheduled' && startsAt ? ` · starts ${startsAt.slice(0, 10)}` : ''
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ title: 'Campaigns', href: urls.recertification() }]}
        badges={<CampaignStateMark state={state} />}
        meta={`${campaignKindTitles[kind]}${when} · ${owner.name}`}
        actions={
          isEarly ? undefined : (
            <LinkButton href={urls.campaignReport(slug)} variant="default">
              Report
            </LinkButton>
          )
        }
      />
      {trouble && <Notice label="It does not get on">{trouble}</Notice>}
      {isEarly ? <Draft campaign={campaign} /> : <Running slug={slug} params={await searchParams} />}
    </>
  )
}

async function Running({ slug, params }: { slug: string; params: SearchParams }) {
  const filters = filtersOf(listItemsInput.shape, ['q', 'state', 'outcome', 'risk', 'standing'], params)
  const input = { slug, ...filters }
  const [progress, items] = await Promise.all([read('campaigns.progress', { slug }), read('campaigns.items', input)])
  return (
    <>
      <Standing progress={progress} />
      <FilterBar
        textLabel="Item"
        filters={[
          { name: 'state', title: 'State', options: optionsOf(itemStates, itemStateTitles) },
          { name: 'outcome', title: 'Outcome', options: optionsOf(outcomes, outcomeTitles) },
          { name: 'risk', title: 'Risk', options: optionsOf(riskTiers) },
          { name: 'standing', title: 'Since last time', options: optionsOf(standings, standingTitles) },
        ]}
      />
      <ItemsTable {...items} input={input} empty={<EmptyState>No item fits these filters.</EmptyState>} />
    </>
  )
}
