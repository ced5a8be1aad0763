import { dayAfter, dayIn, occurrenceOnOrAfter, startOfDay } from '@/lib/time/calendar'
import type { Schedule } from '../model'

/** The day on which a template launches next, and the instant at which that day begins in its time zone. */
export interface NextLaunch {
  on: string
  at: Date
}

type Timed = Extract<Schedule, { launch: 'recurring' | 'cadence' }>

const isTimed = (schedule: Schedule): schedule is Timed => schedule.launch !== 'event'

const launchOn = (on: string, { timeZone }: Timed): NextLaunch => ({ on, at: startOfDay(on, timeZone) })

/**
 * When a template that was just made, changed or enabled launches first; null for one that waits for events. What
 * recurs starts on its first day that is not over. What collects by cadence starts tomorrow: today is for looking at it.
 */
export function firstLaunch(schedule: Schedule, now: Date): NextLaunch | null {
  if (!isTimed(schedule)) return null
  const today = dayIn(now, schedule.timeZone)
  const { launch, every } = schedule
  return launch === 'recurring'
    ? launchOn(occurrenceOnOrAfter(schedule.first, every, today), schedule)
    : launchOn(dayAfter(today, 'P1D'), schedule)
}

/**
 * What a template launches now whose day has come, and when it launches again. After weeks without a running instance
 * that is the last day that was missed, once: nobody is helped by four reviews of the same on one day.
 */
export function dueLaunch(schedule: Timed, planned: string, now: Date): { occurrence: string; next: NextLaunch } {
  const today = dayIn(now, schedule.timeZone)
  const after = (day: string) =>
    schedule.launch === 'recurring'
      ? occurrenceOnOrAfter(schedule.first, schedule.every, dayAfter(day, 'P1D'))
      : dayAfter(day, schedule.every)
  let occurrence = planned
  let next = after(occurrence)
  while (next <= today) {
    occurrence = next
    next = after(occurrence)
  }
  return { occurrence, next: launchOn(next, schedule) }
}
