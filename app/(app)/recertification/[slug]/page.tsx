import type { Metadata } from 'next'
import { LinkButton, TextLink } from '@/components/links'
import { Notice } from '@/components/notice'
import { PageHeader } from '@/components/page-header'
import { CampaignStateMark } from '@/components/recertification/campaign-marks'
import { campaignKindTitles, campaignStateTitles } from '@/components/recertification/campaign-words'
import { pageMay, read } from '@/lib/http/page-data'
import type { CampaignDetail } from '@/lib/recertification/campaigns/shapes'
import { decoded, urls } from '@/lib/urls'
import { HistoryOf } from '../../history-of'
import type { SearchParams } from '../../list-query'
import { Draft } from './draft'
import { EarlyActions } from './early-actions'
import { RemindButton } from './run/remind-button'
import { Running } from './running'

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
  const { name, state, trouble } = campaign
  const isEarly = state === 'draft' || state === 'scheduled'
  return (
    <>
      <PageHeader
        title={name}
        breadcrumbs={[{ title: 'Campaigns', href: urls.recertification() }]}
        badges={<CampaignStateMark state={state} />}
        meta={<Meta campaign={campaign} />}
        actions={
          isEarly ? (
            <EarlyActions campaign={campaign} />
          ) : (
            <>
              {state === 'running' && <RemindButton slug={slug} can={await pageMay('campaigns.remind')} />}
              <LinkButton href={urls.campaignReport(slug)} variant="default">
                Report
              </LinkButton>
            </>
          )
        }
      />
      {trouble && <Notice label="It does not get on">{trouble}</Notice>}
      {isEarly ? <Draft campaign={campaign} /> : <Running campaign={campaign} params={await searchParams} />}
      <HistoryOf about={`campaign:${slug}`} />
    </>
  )
}

/** What it is, until when and whose, and the campaigns it belongs with. */
function Meta({ campaign }: { campaign: CampaignDetail }) {
  const { kind, state, dueOn, startsOn, contestableUntil, owner, template, parent, iterations, because } = campaign
  return (
    <>
      <span>{campaignKindTitles[kind]}</span>
      {dueOn && <span>due {dueOn}</span>}
      {state === 'scheduled' && startsOn && <span>starts {startsOn}</span>}
      {state === 'settled' && contestableUntil && <span>may be contested until {contestableUntil}</span>}
      <span>{owner.name}</span>
      {because && <span>{because}</span>}
      {template && (
        <span>
          from <TextLink href={urls.campaignTemplate(template.slug)}>{template.name}</TextLink>
        </span>
      )}
      {parent && (
        <span>
          asks again what <TextLink href={urls.campaign(parent.slug)}>{parent.name}</TextLink> left open
        </span>
      )}
      {iterations.map((again) => (
        <span key={again.slug}>
          asked again: <TextLink href={urls.campaign(again.slug)}>{again.name}</TextLink> (
          {campaignStateTitles[again.state].toLowerCase()})
        </span>
      ))}
    </>
  )
}
