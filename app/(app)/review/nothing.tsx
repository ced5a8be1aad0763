import { EmptyState } from '@/components/empty-state'
import { LinkButton } from '@/components/links'
import type { OutputOf } from '@/lib/http/client'
import type { InboxState, ReviewCounts } from '@/lib/recertification/reviews/model'
import { urls } from '@/lib/urls'

interface NothingProps {
  state: InboxState
  filtered: boolean
  counts: ReviewCounts
  upcoming: OutputOf<'reviews.upcoming'>['rows']
}

/** Why the list is empty, and what comes next. */
export function NothingToReview({ state, filtered, counts, upcoming }: NothingProps) {
  if (filtered)
    return (
      <EmptyState
        action={
          <LinkButton href={urls.reviews(state === 'open' ? {} : { state })} variant="default">
            Clear filters
          </LinkButton>
        }
      >
        None of your items fits these filters.
      </EmptyState>
    )
  if (state === 'deferred') return <EmptyState>You have put nothing off.</EmptyState>
  if (state === 'answered') return <EmptyState>You have answered nothing yet in the campaigns that run now.</EmptyState>
  const [first] = upcoming
  const coming = first
    ? `The next is ${first.campaign.name}, from ${first.startsAt.slice(0, 10)}: ${first.items.toLocaleString('en')} items until ${first.dueOn}.`
    : 'No campaign is announced. You get a mail when somebody asks you.'
  return (
    <EmptyState
      action={
        counts.answered > 0 ? (
          <LinkButton href={urls.reviews({ state: 'answered' })} variant="default">
            See what you answered
          </LinkButton>
        ) : (
          <LinkButton href={urls.recertification()} variant="default">
            Open the campaigns
          </LinkButton>
        )
      }
    >
      {counts.answered > 0 ? 'All done: nothing waits for you.' : 'Nothing waits for your review.'} {coming}
    </EmptyState>
  )
}
