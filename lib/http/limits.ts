import { v7 as uuidv7 } from 'uuid'
import { limiter } from '@/lib/rate-limits/limiter'
import type { RateKind, Standing } from '@/lib/rate-limits/model'
import { currentTime } from '@/lib/time/clock'
import { DomainError } from '@/lib/use-cases/errors'
import { addressOf } from './arrivals'
import { refusalResponse } from './problem'

const whose: Record<RateKind, string> = {
  account: 'This account has',
  token: 'This API token has',
  address: 'This address has, without signing in,',
}

/** Characters of a query: filters and a cursor take a few hundred. */
const queryCharactersMax = 8000

/** @throws DomainError `too_large`. */
export function assertQueryWithinLimit(request: Request): void {
  if (new URL(request.url).search.length > queryCharactersMax)
    throw new DomainError('too_large', `The query may have ${queryCharactersMax.toLocaleString('en')} characters.`)
}

/**
 * Counts a request for whoever asks. @returns how they stand. @throws DomainError `rate_limited` for one too many.
 */
export function countRequest(by: Partial<Record<RateKind, string>>, now: Date): Standing | null {
  const standing = limiter().count(by, now)
  if (!standing?.isOver) return standing
  const { kind, limit, resetSeconds } = standing
  throw new DomainError('rate_limited', `${whose[kind]} asked ${limit.toLocaleString('en')} times in this minute.`, {
    retryAfterSeconds: resetSeconds,
  })
}

/** Counts a request of somebody who is nobody yet by the address it came from. @throws DomainError `rate_limited`. */
export const countAnonymous = (request: Request, now: Date): Standing | null =>
  countRequest({ address: addressOf(request.headers) }, now)

/** Answers a request that anybody may make, unless their address has made too many. */
export async function forAnybody(request: Request, answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    countAnonymous(request, currentTime())
  } catch (error) {
    if (error instanceof DomainError) return refusalResponse(error, uuidv7())
    throw error
  }
  return await answer()
}
