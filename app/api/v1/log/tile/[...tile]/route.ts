import { handleApiRequest } from '@/lib/http/handler'

export const dynamic = 'force-dynamic'

/**
 * Tiles and entry bundles at the paths of C2SP tlog-tiles, as bytes. Each is the answer of the operation of the same
 * name, which decides who may see it and what is there.
 */
export async function GET(request: Request, { params }: { params: Promise<{ tile: string[] }> }): Promise<Response> {
  const { tile } = await params
  const [first = '', ...rest] = tile
  const isEntries = first === 'entries'
  const asked = new URL(isEntries ? '/api/v1/log/entries' : '/api/v1/log/tiles', request.url)
  asked.searchParams.set('place', rest.join('/'))
  if (!isEntries) asked.searchParams.set('level', first)
  const answer = await handleApiRequest(new Request(asked, { headers: request.headers }))
  if (!answer.ok) return answer
  const body: { hashes?: string; entries?: string } = await answer.json()
  return new Response(Buffer.from(body.hashes ?? body.entries ?? '', 'base64'), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'private, no-store' },
  })
}
