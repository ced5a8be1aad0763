import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { ExportMenu } from '@/components/export-menu'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { Panel } from '@/components/panel'
import {
  campaignKindTitles,
  campaignStateTitles,
  campaignTriggerTitles,
} from '@/components/recertification/campaign-words'
import { pageMay, read } from '@/lib/http/page-data'
import { listCampaignsInput } from '@/lib/recertification/campaigns/shapes'
import { campaignKinds, campaignStates, campaignTriggers } from '@/lib/recertification/model'
import { urls } from '@/lib/urls'
import { filtersOf, linkedFilter, optionsOf, type SearchParams } from '../list-query'
import { CampaignsTable } from './campaigns-table'
import { StartingTemplates } from './starting-templates'
import { Templates } from './templates'
import { readChoices } from './wizard/choices'

export const metadata: Metadata = { title: 'Campaigns' }

export default async function CampaignsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const input = filtersOf(listCampaignsInput.shape, ['q', 'state', 'kind', 'trigger', 'template', 'owner'], params)
  const [page, templates, choices, mayTemplate] = await Promise.all([
    read('campaigns.list', input),
    read('campaignTemplates.list', {}),
    readChoices(),
    pageMay('campaignTemplates.create'),
  ])
  return (
    <>
      <PageHeader
        title="Campaigns"
        meta="Every owner is asked again, and what they answer is applied"
        actions={
          <>
            <ExportMenu kind="campaigns" filter={input} />
            <LinkButton href={urls.newCampaign()}>New campaign</LinkButton>
          </>
        }
      />
      <FilterBar
        textLabel="Campaign"
        filters={[
          { name: 'state', title: 'State', options: optionsOf(campaignStates, campaignStateTitles) },
          { name: 'kind', title: 'Kind', options: optionsOf(campaignKinds, campaignKindTitles) },
          { name: 'trigger', title: 'Launched', options: optionsOf(campaignTriggers, campaignTriggerTitles) },
          ...linkedFilter('template', 'Template', params),
          ...linkedFilter('owner', 'Owner', params),
        ]}
      />
      <CampaignsTable
        {...page}
        input={input}
        empty={
          <EmptyState action={<LinkButton href={urls.newCampaign()}>New campaign</LinkButton>}>
            {Object.keys(input).length > 0 ? 'No campaign fits these filters.' : 'Nobody was asked about anything yet.'}
          </EmptyState>
        }
      />
      <Panel title="Templates" flush={templates.rows.length > 0}>
        {templates.rows.length === 0 ? (
          <StartingTemplates today={choices.today} timeZone={choices.timeZone} can={mayTemplate} />
        ) : (
          <Templates rows={templates.rows} />
        )}
      </Panel>
    </>
  )
}
