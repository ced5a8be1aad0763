import { database } from '@/lib/db/client'
import { publishedCheckpoint } from '@/lib/transparency/views'

export const dynamic = 'force-dynamic'

/** The newest checkpoint as a signed note (C2SP tlog-tiles, "Checkpoints"), for everybody: it names the log and nobody. */
export async function GET(): Promise<Response> {
  const note = await publishedCheckpoint(database())
  if (note === null) return new Response('There is no checkpoint yet.\n', { status: 404 })
  return new Response(note, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'max-age=5' } })
}
