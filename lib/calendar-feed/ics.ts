import ical from 'ical-generator'
import type { CalendarDay } from './model'

/** A calendar of days, to be subscribed to (RFC 5545). */
export function calendarText(days: readonly CalendarDay[], now: Date): string {
  const calendar = ical({ name: 'Pentarch', prodId: { company: 'Pentarch', product: 'Due dates' }, ttl: 3600 })
  for (const { id, day, title, text, url } of days) {
    const start = new Date(`${day}T00:00:00Z`)
    calendar.createEvent({ id, start, allDay: true, summary: title, description: text, url, stamp: now })
  }
  return calendar.toString()
}
