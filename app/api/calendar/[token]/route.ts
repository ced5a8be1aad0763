import { calendarOf } from '@/lib/calendar-feed/feed'
import { database } from '@/lib/db/client'
import { currentTime } from '@/lib/time/clock'

/** A calendar of due dates, for programs that cannot sign in: whoever knows its address reads it, and nothing else. */
export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params
  const text = await calendarOf(database(), token.replace(/\.ics$/, ''), currentTime())
  const headers = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
  if (text === null) return new Response('There is no such calendar.\n', { status: 404, headers })
  return new Response(text, {
    headers: { ...headers, 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'inline' },
  })
}
