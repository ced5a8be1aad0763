import { asOfCookie, asOfParameter, readInstant } from '@/lib/history/model'
import { DomainError } from '@/lib/use-cases/errors'
import { cookieName } from './cookies'

const notAnInstant =
  'as_of has to be an instant such as 2026-03-03T14:00:00Z, or a date such as 2026-03-03 for the end of that day in UTC.'

/**
 * The instant that a request asks about, by its parameter or, with a session, by what its pages look at; null for the
 * present.
 * @throws DomainError invalid_input for what is no instant.
 */
export function asOfRequest(request: Request, now: Date): Date | null {
  const asked = new URL(request.url).searchParams.get(asOfParameter)
  // A token comes without pages.
  const text = asked ?? (request.headers.has('authorization') ? null : cookieOf(request))
  if (text === null || text === '') return null
  const instant = readInstant(text, now)
  if (instant === null)
    throw new DomainError('invalid_input', notAnInstant, { fields: [{ field: asOfParameter, message: notAnInstant }] })
  return instant
}

/** The request without that parameter, which belongs to no operation's own input. */
export function withoutAsOf(request: Request): Request {
  const url = new URL(request.url)
  if (!url.searchParams.has(asOfParameter)) return request
  url.searchParams.delete(asOfParameter)
  return new Request(url, request)
}

function cookieOf(request: Request): string | null {
  const cookies = (request.headers.get('cookie') ?? '').replaceAll(/;\s*/g, '&')
  return new URLSearchParams(cookies).get(cookieName(asOfCookie))
}
