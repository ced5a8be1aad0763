import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { asOfParameter } from '@/lib/history/model'
import { contentSecurityPolicy, nonceHeader } from '@/lib/http/content-security-policy'
import { requestedPathHeader } from '@/lib/http/requested-path'
import { urls } from '@/lib/urls'

const development = process.env.NODE_ENV === 'development'

/**
 * Tells server components which address was asked for, so that signing in leads back to it, and which nonce the scripts
 * of this answer carry; turns a link into the past into looking at it from there on. It decides nothing: who may see what
 * is asked where it is read, so that a request which gets round this (as by CVE-2025-29927) has gained nothing.
 */
export function proxy(request: NextRequest): NextResponse {
  const asOf = request.nextUrl.searchParams.get(asOfParameter)
  if (asOf !== null) {
    const to = request.nextUrl.clone()
    to.searchParams.delete(asOfParameter)
    const past = new URL(urls.lookAt({ at: asOf, to: to.pathname + to.search }), request.nextUrl)
    return NextResponse.redirect(past)
  }
  const nonce = randomBytes(18).toString('base64url')
  const policy = contentSecurityPolicy(nonce, development)
  const headers = new Headers(request.headers)
  headers.set(requestedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  headers.set(nonceHeader, nonce)
  // Next reads the nonce for its own scripts out of this one.
  headers.set('content-security-policy', policy)
  headers.delete('content-security-policy-report-only')
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// Not `verify.html`, which says by itself, with hashes, what it runs: saved copies have to as well.
export const config = { matcher: '/((?!api/|scim/|_next/|healthz|readyz|verify\\.html).*)' }
