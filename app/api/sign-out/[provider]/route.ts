import { endByProvider } from '@/lib/access/oidc/back-channel'
import { database } from '@/lib/db/client'
import { bodyOf } from '@/lib/http/body'
import { forAnybody } from '@/lib/http/limits'
import { log } from '@/lib/http/log'
import { DomainError } from '@/lib/use-cases/errors'

const bytesMax = 64 * 1024
const headers = { 'cache-control': 'no-store' }

/** An identity provider's word that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0): its signature is what lets it in. */
export async function POST(request: Request, { params }: { params: Promise<{ provider: string }> }): Promise<Response> {
  const { provider } = await params
  return await forAnybody(request, () => answer(request, provider))
}

async function answer(request: Request, provider: string): Promise<Response> {
  try {
    const body = new TextDecoder().decode(await bodyOf(request, bytesMax))
    const token = new URLSearchParams(body).get('logout_token')
    const ended = token === null ? null : await endByProvider(database(), provider, token)
    if (ended === null) return Response.json({ error: 'invalid_request' }, { status: 400, headers })
    return new Response(null, { status: 200, headers })
  } catch (error) {
    if (error instanceof DomainError) return Response.json({ error: 'invalid_request' }, { status: 400, headers })
    log.warn({ err: error }, 'A back-channel sign-out could not be seen to')
    return Response.json({ error: 'invalid_request' }, { status: 400, headers })
  }
}
