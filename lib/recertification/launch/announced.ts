import { dayAfter, dayIn } from '@/lib/time/calendar'

/** Whether reviewers may see by now what a campaign that starts later will ask them: `announce` before its first day. */
export function isAnnounced(announce: string | null, startsAt: Date, now: Date, timeZone: string): boolean {
  return announce !== null && dayAfter(dayIn(now, timeZone), announce) >= dayIn(startsAt, timeZone)
}
