const dayMs = 24 * 60 * 60 * 1000

/** The day of an instant as a date field writes it. */
export const dayOf = (instant: number | string): string => new Date(instant).toISOString().slice(0, 10)

/** The last second of a day in UTC: what holds "until" a day holds on it. */
export const endOfDay = (day: string): string => `${day}T23:59:59.000Z`

/** The day so many days from now. */
export const inDays = (days: number, now: number): string => dayOf(now + days * dayMs)
