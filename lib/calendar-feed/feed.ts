import 'server-only'
import { hashToken } from '@/lib/access/tokens/token'
import type { Database } from '@/lib/db/client'
import { count } from '@/lib/gaps/wording'
import { mailSettings } from '@/lib/mail/settings'
import { actsFor } from '@/lib/recertification/reviews/handover-store'
import { tallyInbox } from '@/lib/recertification/reviews/inbox-store'
import { policyOf } from '@/lib/settings/store'
import { dayIn } from '@/lib/time/calendar'
import { urls } from '@/lib/urls'
import { calendarText } from './ics'
import type { CalendarDay } from './model'
import { openRemediationsOf, readerOf } from './store'

/**
 * The calendar behind a token: the last day of every campaign in which its owner has open items, and of every
 * remediation that is theirs. Null when no calendar has this token, or its owner has left.
 */
export async function calendarOf(database: Database, token: string, now: Date): Promise<string | null> {
  const person = await readerOf(database, hashToken(token), now)
  if (!person) return null
  const { origin } = mailSettings()
  const host = new URL(origin).hostname
  const { reviews } = await policyOf(database)
  const people = await actsFor(database, person.id, now)
  const campaigns = await tallyInbox(database, people, now)
  const remediations = await openRemediationsOf(database, person.id)
  const days: CalendarDay[] = [
    ...campaigns
      .filter(({ open, deferred }) => open + deferred > 0)
      .map(({ slug, name, stage, dueOn, open, deferred }) => ({
        id: `review-${slug}-${stage}@${host}`,
        day: dueOn,
        title: `${count(open + deferred, 'review')} due: ${name}`,
        text: 'The last day to answer.',
        url: `${origin}${urls.reviews({ campaign: slug })}`,
      })),
    ...remediations.map(({ id, bindingSlug, dueAt }) => ({
      id: `remediation-${id}@${host}`,
      // The instant at which its last day has ended.
      day: dayIn(new Date(dueAt.getTime() - 1), person.timeZone ?? reviews.timeZone),
      title: `Remediation due: ${bindingSlug}`,
      text: 'Access that was revoked has to go where it is granted.',
      url: `${origin}${urls.remediation(id)}`,
    })),
  ]
  return calendarText(days, now)
}
