import { z } from 'zod'
import { DomainError } from '@/lib/use-cases/errors'
import { readInstant } from './model'

/** An instant as a request names it; what it says is read when it is known what time it is. */
export const instantText = z.string().min(1).max(40)

const howToSay = 'Give an instant such as 2026-03-03T14:00:00Z, or a date such as 2026-03-03 for its end in UTC.'

/** The instant that a field of a request names. @throws DomainError invalid_input for what is none. */
export function instantOf(field: string, text: string, now: Date): Date {
  const instant = readInstant(text, now)
  if (instant === null) throw wrongInstant(field, howToSay)
  return instant
}

/** Refuses the instant of a field. */
export function wrongInstant(field: string, message: string): DomainError {
  return new DomainError('invalid_input', `${field}: ${message}`, { fields: [{ field, message }] })
}
