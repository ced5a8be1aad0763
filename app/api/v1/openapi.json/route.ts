import { forAnybody } from '@/lib/http/limits'
import { servedOpenApi } from '@/lib/http/openapi'

export const dynamic = 'force-dynamic'

/** The API reference, for everybody: it says what could be asked, and nothing of what is in the registry. */
export const GET = (request: Request): Promise<Response> => forAnybody(request, () => answer(request))

async function answer(request: Request): Promise<Response> {
  const { body, etag } = await servedOpenApi()
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, no-cache', etag }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(body, { headers })
}
