import { database } from '@/lib/db/client'
import { forAnybody } from '@/lib/http/limits'
import { publishedCheckpoint } from '@/lib/transparency/views'

export const dynamic = 'force-dynamic'

/** The newest checkpoint as a signed note (C2SP tlog-tiles, "Checkpoints"), for everybody: it names the log and nobody. */
export const GET = (request: Request): Promise<Response> => forAnybody(request, answer)

async function answer(): Promise<Response> {
  const note = await publishedCheckpoint(database())
  if (note === null) return new Response('There is no checkpoint yet.\n', { status: 404 })
  return new Response(note, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'max-age=5' } })
}
