import { type NextRequest, NextResponse } from 'next/server'
import { requestedPathHeader } from '@/lib/http/requested-path'

/**
 * Tells server components which address was asked for, so that signing in leads back to it. It decides nothing:
 * who may see what is asked where it is read.
 */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers)
  headers.set(requestedPathHeader, request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.next({ request: { headers } })
}

export const config = { matcher: '/((?!api/|_next/|healthz|readyz).*)' }
