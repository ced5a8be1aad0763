import { daysBetween } from '@/lib/time/calendar'
import { urls } from '@/lib/urls'
import type { Digest, DigestNews } from './model'

const count = (number: number, thing: string) => `${number.toLocaleString('en')} ${thing}${number === 1 ? '' : 's'}`

const written = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
const dayWords = (day: string) => written.format(new Date(day)).replace(',', '')

/** When something is due, seen from a day: `due today`, `due tomorrow`, `due in 5 days, on Tuesday 1 December`. */
export function dueWords(dueOn: string, today: string): string {
  const days = daysBetween(today, dueOn)
  if (days < 0) return `was due on ${dayWords(dueOn)}`
  if (days === 0) return 'due today'
  return days === 1 ? 'due tomorrow' : `due in ${days} days, on ${dayWords(dueOn)}`
}

/** The subject line: how much waits, and until when. */
export function subjectOf({ campaigns, remediations, news, today }: Digest): string {
  const open = campaigns.reduce((sum, campaign) => sum + campaign.open, 0)
  const soonest = campaigns.map(({ dueOn }) => dueOn).sort()[0]
  const late = remediations.filter(({ isLate }) => isLate).length
  const parts = [
    ...(open > 0 && soonest !== undefined ? [`${count(open, 'review')} for you, ${dueWords(soonest, today)}`] : []),
    ...(late > 0 ? [`${count(late, 'remediation')} late`] : []),
    ...(late === 0 && open === 0 && remediations.length > 0
      ? [`${count(remediations.length, 'remediation')} for you`]
      : []),
  ]
  const [first, ...others] = news
  if (parts.length > 0 || !first) return parts.join('; ')
  return others.length > 0 ? `${newsWords(first)}, and ${others.length} more` : newsWords(first)
}

/** What one campaign asks, in a sentence. */
export function askWords({ ownerName, open, kind }: Digest['campaigns'][number]): string {
  const verb = open === 1 ? 'is' : 'are'
  return kind === 'access'
    ? `${ownerName} asks whether ${count(open, 'binding')} of agents to tools ${verb} still wanted.`
    : `${ownerName} asks whether ${count(open, 'ownership')} ${verb} still right.`
}

/** What happened, in a few words. */
export function newsWords({ news, subject, said }: DigestNews): string {
  switch (news) {
    case 'may_contest':
      return `You may contest the revocation of ${subject}`
    case 'contested':
      return `Your revocation of ${subject} is contested`
    case 'contest_to_decide':
      return `The revocation of ${subject} is contested, and you decide`
    case 'contest_upheld':
      return `The revocation of ${subject} stands`
    case 'contest_overturned':
      return `${subject} is not revoked after all`
    case 'ownership_proposed':
      return `A review names ${said} as owner: ${subject}`
    case 'second_look':
      return `A second look at ${subject}`
  }
}

/** The page on which it stands. */
export function newsUrl({ news, place }: DigestNews): string {
  if (news === 'contest_to_decide') return urls.campaign(place)
  return news === 'ownership_proposed' ? urls.team(place) : urls.reviewItem(place)
}
