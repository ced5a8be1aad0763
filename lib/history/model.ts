import { z } from 'zod'

/** What whoever looks at the past is told when they try to change something. */
export const pastIsClosed = 'You are looking at the past, where nothing can be changed. Go back to the present first.'

/** The query parameter of pages and API that asks for the past. */
export const asOfParameter = 'as_of'

/** Keeps the instant that a session looks at; without it, it looks at the present. */
export const asOfCookie = 'pentarch-as-of'

const instantText = z.iso.datetime({ offset: true })
const dateText = z.iso.date()
const dayMs = 86_400_000

/**
 * Reads an instant such as `2026-03-03T14:00:00Z`; a date alone stands for the end of that day in UTC, and for now when
 * the day is not over.
 * @returns null when it is neither.
 */
export function readInstant(text: string, now: Date): Date | null {
  if (instantText.safeParse(text).success) return new Date(text)
  if (!dateText.safeParse(text).success) return null
  const start = new Date(text)
  const end = new Date(start.getTime() + dayMs - 1)
  return end > now && start <= now ? now : end
}
