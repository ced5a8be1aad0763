import { dayAfter, daysBetween } from '@/lib/time/calendar'

/** Answers given on a day. */
export interface AnsweredDay {
  day: string
  answers: number
}

export interface ForecastInput {
  /** Items that wait for an answer. */
  open: number
  /** Answers by day, in any order; days without any may be left out. */
  days: readonly AnsweredDay[]
  startedOn: string
  today: string
  dueOn: string
}

/** Where a stage ends up at today's pace. */
export interface Forecast {
  /** Answers a day, over the last week or since the stage began. */
  perDay: number
  /** The day on which everything is answered; null when nothing moves, or it would take years. */
  allAnsweredOn: string | null
  /** How many will not be answered when the due day is over. */
  missing: number
}

const windowDays = 7
const yearsAreNoForecast = 1000

/**
 * What becomes of a stage when people go on answering as they did in the last week. Only days that are over count, and
 * today as far as it is better than they were: the morning of a day says little.
 */
export function forecast({ open, days, startedOn, today, dueOn }: ForecastInput): Forecast {
  const within = Math.min(windowDays, Math.max(0, daysBetween(startedOn, today)))
  const from = within === 0 ? today : dayAfter(today, `-P${within}D`)
  const answersIn = (fits: (day: string) => boolean) =>
    days.reduce((sum, { day, answers }) => sum + (fits(day) ? answers : 0), 0)
  const before = answersIn((day) => day >= from && day < today)
  const now = answersIn((day) => day === today)
  const perDay = within === 0 ? now : Math.max(before / within, (before + now) / (within + 1))
  if (open === 0) return { perDay, allAnsweredOn: today, missing: 0 }
  // Today is still there to be used, and so is the due day.
  const daysLeft = Math.max(0, daysBetween(today, dueOn) + 1)
  const missing = Math.max(0, open - Math.floor(perDay * daysLeft))
  const needed = perDay === 0 ? Number.POSITIVE_INFINITY : Math.ceil(open / perDay)
  const allAnsweredOn = needed > yearsAreNoForecast ? null : needed === 1 ? today : dayAfter(today, `P${needed - 1}D`)
  return { perDay, allAnsweredOn, missing }
}
