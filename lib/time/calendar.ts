import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

const daysMax = 3660

/** An ISO 8601 duration of whole days, weeks, months or years (`P14D`, `P3M`), at least a day long. */
export const durationSchema = z
  .string()
  .trim()
  .toUpperCase()
  .max(20)
  .refine(isWholeDays, 'Write it as an ISO 8601 duration of days, weeks, months or years, such as P14D or P3M')

function isWholeDays(text: string): boolean {
  try {
    const duration = Temporal.Duration.from(text)
    if (duration.sign !== 1 || /T/.test(text)) return false
    const days = duration.total({ unit: 'day', relativeTo: '2024-01-01' })
    return days >= 1 && days <= daysMax
  } catch {
    return false
  }
}

/** The IANA name of a time zone. */
export const timeZoneSchema = z
  .string()
  .trim()
  .max(64)
  .refine(isTimeZone, 'Write a time zone by its name, such as Europe/Berlin or UTC')

function isTimeZone(name: string): boolean {
  try {
    return Boolean(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)) && /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** The calendar day (`2026-11-24`) on which an instant falls in a time zone. */
export function dayIn(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The hour of the day (0 to 23) of an instant in a time zone. */
export function hourIn(instant: Date, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).hour
}

/** The day a duration after another; a month later than the 31st is the last of the month. */
export function dayAfter(day: string, duration: string): string {
  return Temporal.PlainDate.from(day).add(Temporal.Duration.from(duration)).toString()
}

/** How many days lie between two days; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days
}

/** The first instant of a day in a time zone: midnight, or when clocks skip it, what comes after. */
export function startOfDay(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds)
}

/** The instant at which a day has ended in a time zone: the first of the next. */
export function endOfDay(day: string, timeZone: string): Date {
  return startOfDay(dayAfter(day, 'P1D'), timeZone)
}

/**
 * The first occurrence on or after `from` of what recurs at `every` from `first`. Counted from the first each time, so
 * that what began on the 31st comes back to the 31st.
 */
export function occurrenceOnOrAfter(first: string, every: string, from: string): string {
  const start = Temporal.PlainDate.from(first)
  const step = Temporal.Duration.from(every)
  const at = (times: number) =>
    start.add({
      years: step.years * times,
      months: step.months * times,
      weeks: step.weeks * times,
      days: step.days * times,
    })
  const wanted = Temporal.PlainDate.from(from)
  // Not longer than it can be, so that the guess never overshoots; the rest is walked.
  const stepDaysMax = Math.ceil(step.total({ unit: 'day', relativeTo: '2024-01-01' })) + 3
  let times = Math.max(0, Math.floor(start.until(wanted, { largestUnit: 'day' }).days / stepDaysMax))
  while (Temporal.PlainDate.compare(at(times), wanted) < 0) times += 1
  return at(times).toString()
}
