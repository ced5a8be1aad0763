import { type Limits, limitsShape } from '../model'

/** The document of a stored contract. What an older version kept and is no document any more has no vectors to ask. */
export function parseLimits(stored: unknown): Limits {
  return limitsShape.safeParse(stored).data ?? {}
}
