import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { pageMay, read } from '@/lib/http/page-data'
import { urls } from '@/lib/urls'
import { one, type SearchParams } from '../../list-query'
import { CampaignWizard } from '../wizard/campaign-wizard'
import { readChoices } from '../wizard/choices'
import { blankValues, scheduleValuesOf, valuesOf } from '../wizard/values'

export const metadata: Metadata = { title: 'New campaign' }

export default async function NewCampaignPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const slug = one(await searchParams, 'template')
  const [template, choices, save, start, schedule, makeTemplate] = await Promise.all([
    slug === undefined ? null : read('campaignTemplates.get', { slug }),
    readChoices(),
    pageMay('campaigns.create'),
    pageMay('campaigns.start'),
    pageMay('campaigns.schedule'),
    pageMay('campaignTemplates.create'),
  ])
  const { tomorrow, timeZone, teams, environments } = choices
  return (
    <>
      <PageHeader
        title="New campaign"
        breadcrumbs={[{ title: 'Campaigns', href: urls.recertification() }]}
        meta={template ? `From the template ${template.name}` : 'Nothing is asked before it starts'}
      />
      <CampaignWizard
        initial={{
          ...(template ? valuesOf(template.definition) : blankValues),
          name: template ? `${template.name}, ${choices.today}` : '',
          description: template?.description ?? '',
          owner: null,
          schedule: scheduleValuesOf(null, { first: tomorrow, timeZone }),
          enabled: true,
        }}
        draft={null}
        template={template?.slug ?? null}
        owner={null}
        only={template?.definition.only}
        teams={teams}
        environments={environments}
        tomorrow={tomorrow}
        can={{ save, start, schedule, template: makeTemplate }}
      />
    </>
  )
}
