import { Notice } from '@/components/notice'
import type { HandoverView } from '@/lib/recertification/reviews/model'
import { EndHandover } from './end-handover'

const dayOf = (at: string) => at.slice(0, 10)
/** The last day of a period whose end is the first instant it holds no more. */
const lastDayOf = (endsAt: string) => dayOf(new Date(Date.parse(endsAt) - 1).toISOString())

/** Whose reviews are somebody else's now or soon. */
export function HandoverBanner({ handovers, me }: { handovers: readonly HandoverView[]; me: string | null }) {
  return handovers.map((handover) => {
    const { id, from, to, startsAt, endsAt, running, reason } = handover
    const until = lastDayOf(endsAt)
    const period = running ? `until ${until}` : `from ${dayOf(startsAt)} to ${until}`
    return (
      <Notice key={id} label="Hand-over" action={<EndHandover handover={handover} />}>
        {from.id === me ? (
          <>
            <b>{to.name}</b> {running ? 'stands in' : 'will stand in'} for you {period}: {reason}. You can still answer
            yourself.
          </>
        ) : (
          <>
            You {running ? 'stand in' : 'will stand in'} for <b>{from.name}</b> {period}: {reason}.
          </>
        )}
      </Notice>
    )
  })
}
