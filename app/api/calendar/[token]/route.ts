import { calendarOf } from '@/lib/calendar-feed/feed'
import { database } from '@/lib/db/client'
import { forAnybody } from '@/lib/http/limits'
import { currentTime } from '@/lib/time/clock'

/** A calendar of due dates, for programs that cannot sign in: whoever knows its address reads it, and nothing else. */
export async function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params
  return await forAnybody(request, () => answer(token))
}

async function answer(token: string): Promise<Response> {
  const text = await calendarOf(database(), token.replace(/\.ics$/, ''), currentTime())
  const headers = { 'Cache-Control': 'private, no-store' }
  if (text === null) return new Response('There is no such calendar.\n', { status: 404, headers })
  return new Response(text, {
    headers: { ...headers, 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'inline' },
  })
}
