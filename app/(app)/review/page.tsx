import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { campaignKindTitles, standingTitles } from '@/components/recertification/campaign-words'
import { pageMay, read } from '@/lib/http/page-data'
import { layers } from '@/lib/layers'
import { campaignKinds, standings } from '@/lib/recertification/model'
import { inboxStates, listReviewsInput, reviewGroups } from '@/lib/recertification/reviews/model'
import { riskTiers } from '@/lib/registry/model'
import { urls } from '@/lib/urls'
import { filtersOf, oneOf, optionsOf, type SearchParams } from '../list-query'
import { CampaignStrip } from './campaign-strip'
import { HandoverBanner } from './handover-banner'
import { HandoverButton } from './handover-button'
import { Inbox } from './inbox'
import { NothingToReview } from './nothing'
import { OverList } from './over-list'
import classes from './review.module.css'
import { Upcoming } from './upcoming'
import { GroupChoice, StateChoice } from './view-choice'

export const metadata: Metadata = { title: 'My reviews' }

const filterNames = ['campaign', 'risk', 'standing', 'layer', 'kind', 'q'] as const

export default async function ReviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams
  const state = oneOf(inboxStates, params, 'state') ?? 'open'
  const group = oneOf(reviewGroups, params, 'group') ?? 'tool'
  const filters = filtersOf(listReviewsInput.shape, filterNames, params)
  const input = { ...filters, state, group }
  const [page, counts, upcoming, handovers, setting, mayDecide, mayHandOver] = await Promise.all([
    read('reviews.list', input),
    read('reviews.counts', {}),
    read('reviews.upcoming', {}),
    read('handovers.list', {}),
    read('settings.policy.get', {}),
    pageMay('reviews.decide'),
    pageMay('handovers.create'),
  ])
  const filtered = Object.keys(filters).length > 0
  const daysMax = setting.policy.reviews.handoverDaysMax
  return (
    <>
      <PageHeader
        title="My reviews"
        meta={
          counts.person ? (
            <span role="status">
              {counts.open.toLocaleString('en')} open
              {counts.overdue > 0 && (
                <b className={classes.overdue}> · {counts.overdue.toLocaleString('en')} overdue</b>
              )}
              {counts.secondLooks > 0 && ` · ${counts.secondLooks.toLocaleString('en')} to look at again`}
            </span>
          ) : (
            'What you are asked to certify'
          )
        }
        actions={counts.person && <HandoverButton can={mayHandOver} daysMax={daysMax} />}
      />
      <HandoverBanner handovers={handovers.rows} me={counts.person?.id ?? null} />
      {counts.person === null ? (
        <EmptyState action={<LinkButton href={urls.recertification()}>Open the campaigns</LinkButton>}>
          Your account belongs to no person of the registry, so nobody can ask you. An admin can connect it to your
          person record.
        </EmptyState>
      ) : (
        <>
          <CampaignStrip campaigns={counts.campaigns} />
          {counts.campaigns.length > 0 && (
            <FilterBar
              textLabel="Agent, tool or layer"
              filters={[
                {
                  name: 'campaign',
                  title: 'Campaign',
                  options: counts.campaigns.map(({ slug, name }) => ({ value: slug, label: name })),
                },
                { name: 'risk', title: 'Risk', options: optionsOf([...riskTiers].reverse()) },
                { name: 'standing', title: 'Standing', options: optionsOf(standings, standingTitles) },
                { name: 'kind', title: 'About', options: optionsOf(campaignKinds, campaignKindTitles) },
                {
                  name: 'layer',
                  title: 'Layer',
                  options: layers.map(({ id, title }) => ({ value: id, label: title })),
                },
              ]}
            >
              <GroupChoice value={group} />
              <StateChoice value={state} counts={counts} />
            </FilterBar>
          )}
          <Inbox key={JSON.stringify(input)} rows={page.rows} next={page.next} filter={input} can={mayDecide}>
            <NothingToReview state={state} filtered={filtered} counts={counts} upcoming={upcoming.rows} />
          </Inbox>
          <Upcoming campaigns={upcoming.rows} />
          <OverList campaigns={counts.over} />
        </>
      )}
    </>
  )
}
