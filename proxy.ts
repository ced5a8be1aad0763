import { type NextRequest, NextResponse } from 'next/server'
import { asOfParameter } from '@/lib/history/model'
import { requestedPathHeader } from '@/lib/http/requested-path'
import { urls } from '@/lib/urls'

/**
 * Tells server components which address was asked for, so that signing in leads back to it, and turns a link into the
 * past into looking at it from there on. It decides nothing: who may see what is asked where it is read.
 */
export function proxy(request: NextRequest): NextResponse {
  const asOf = request.nextUrl.searchParams.get(asOfParameter)
  if (asOf !== null) {
    const to = request.nextUrl.clone()
    to.searchParams.delete(asOfParameter)
    const past = new URL(urls.lookAt({ at: asOf, to: to.pathname + to.search }), request.nextUrl)
    return NextResponse.redirect(past)
  }
  const headers = new Headers(request.headers)
  headers.set(requestedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.next({ request: { headers } })
}

export const config = { matcher: '/((?!api/|_next/|healthz|readyz).*)' }
