import { Temporal } from 'temporal-polyfill'
import { dayAfter, dayIn, occurrenceOnOrAfter } from '@/lib/time/calendar'
import type { Plan } from './plan'

const steps = { day: 'P1D', week: 'P7D', month: 'P1M' } as const

/** The instant of a day's run; a time that clocks skip is the next there is, one that comes twice the first. */
const runOn = (day: string, { time, timeZone }: Plan): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds)

/** The first run after an instant. What was missed while nothing ran is run once, by whoever finds it due. */
export function nextRun(plan: Plan, after: Date): Date {
  const step = steps[plan.every]
  const day = occurrenceOnOrAfter(plan.first, step, dayIn(after, plan.timeZone))
  const at = runOn(day, plan)
  return at > after ? at : runOn(occurrenceOnOrAfter(plan.first, step, dayAfter(day, 'P1D')), plan)
}

/** When a run that failed is tried again: after five minutes, then after half an hour; null when that is enough. */
export function retryAt(attempts: number, now: Date): Date | null {
  const minutes = [5, 30][attempts - 1]
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
}
