import type { Metadata } from 'next'
import { EmptyState } from '@/components/empty-state'
import { FilterBar } from '@/components/filter-bar'
import { LinkButton, TextLink } from '@/components/links'
import { PageHeader } from '@/components/page-header'
import { pageActor, read } from '@/lib/http/page-data'
import { listMailsInput, mailStates } from '@/lib/mail/model'
import { urls } from '@/lib/urls'
import { filtersOf, one, optionsOf, type SearchParams } from '../list-query'
import { MailsTable } from './mails-table'
import { mailStateWords } from './words'

export const metadata: Metadata = { title: 'Mail' }

/** Those with nothing left to say were never mails to anybody. */
const shownStates = mailStates.filter((state) => state !== 'cancelled')
const stateTitles = Object.fromEntries(shownStates.map((state) => [state, mailStateWords[state].title]))

export default async function MailPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { role } = await pageActor()
  const mayAll = role === 'admin' || role === 'governance_lead'
  const params = await searchParams
  const whose = mayAll && one(params, 'whose') !== 'mine' ? 'all' : 'mine'
  const filter = { whose, ...filtersOf(listMailsInput.shape, ['state'], params) } as const
  const { rows, next } = await read('mails.list', filter)
  return (
    <>
      <PageHeader
        title="Mail"
        meta={<span>What people are told by mail: all that waits for them, at most once a day.</span>}
        actions={
          mayAll && (
            <TextLink href={urls.mails(whose === 'all' ? { whose: 'mine' } : undefined)}>
              {whose === 'all' ? 'Only mine' : 'Everybody’s'}
            </TextLink>
          )
        }
      />
      <FilterBar filters={[{ name: 'state', title: 'State', options: optionsOf(shownStates, stateTitles) }]} />
      <MailsTable
        key={`${whose} ${filter.state}`}
        filter={filter}
        rows={rows}
        next={next}
        empty={
          filter.state !== undefined ? (
            <EmptyState
              action={
                <LinkButton href={urls.mails(whose === 'mine' && mayAll ? { whose } : undefined)} variant="default">
                  Clear filters
                </LinkButton>
              }
            >
              No mail is in that state.
            </EmptyState>
          ) : (
            <EmptyState>
              {whose === 'mine'
                ? 'You have had no mail. One comes when something waits for your answer, at most once a day.'
                : 'Nobody has had any mail yet. The first comes when a campaign asks somebody.'}
            </EmptyState>
          )
        }
      />
    </>
  )
}
