import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { asOfCookie, readInstant } from '@/lib/history/model'
import { cookieName, cookieOptions } from '@/lib/http/cookies'
import { read } from '@/lib/http/page-data'
import { currentTime } from '@/lib/time/clock'
import { safeCallback, urls } from '@/lib/urls'

export const dynamic = 'force-dynamic'

/**
 * Makes the pages of this session look at an instant from here on, or at the present again, and goes where it was asked
 * to. An instant that cannot be shown leads to the page that says why.
 */
export async function GET(request: Request): Promise<never> {
  const given = new URL(request.url).searchParams
  const to = safeCallback(given.get('to'))
  const at = given.get('at') ?? ''
  const jar = await cookies()
  if (at === '' || at === 'now') {
    jar.set(cookieName(asOfCookie), '', { ...cookieOptions(), maxAge: 0 })
    redirect(to)
  }
  const instant = readInstant(at, currentTime())
  const { beginning, now } = await read('history.span', {})
  const known = instant !== null && beginning !== null && instant >= new Date(beginning) && instant <= new Date(now)
  if (!known) redirect(urls.past({ at, to }))
  jar.set(cookieName(asOfCookie), instant.toISOString(), cookieOptions())
  redirect(to)
}
