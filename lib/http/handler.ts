import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '@/lib/access/model'
import { sessionActor } from '@/lib/access/session'
import { actorOfToken } from '@/lib/access/store'
import type { Door } from '@/lib/audit/model'
import { database } from '@/lib/db/client'
import { currentTime } from '@/lib/time/clock'
import { DomainError } from '@/lib/use-cases/errors'
import { asOfRequest, withoutAsOf } from './as-of'
import { cliAgent } from './client'
import { log } from './log'
import { methodsAt } from './methods'
import { internalProblem, problemOf, problemResponse, problemSchema } from './problem'
import { type ApiContext, router } from './router'

export const apiPrefix = '/api/v1'
const bodyBytesMax = 32 * 1024 * 1024

const handler = new OpenAPIHandler<ApiContext>(router, {
  plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
  customErrorResponseBodyEncoder: (error) => {
    const known = problemSchema.safeParse(error.data)
    return known.success ? known.data : null
  },
})

/** A write with the session cookie has to come from our own pages (ASVS 3.5.1); a token cannot be sent by another site. */
function assertSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  const sameHost = origin !== null && URL.canParse(origin) && new URL(origin).host === host
  if (!sameHost || (site !== null && site !== 'same-origin')) {
    throw new DomainError(
      'forbidden',
      'Writes with a session are taken from the pages of this site only; scripts use an API token.',
    )
  }
}

async function actorOf(request: Request, now: Date): Promise<Actor> {
  const authorization = request.headers.get('authorization')
  if (authorization) {
    const [scheme, token] = authorization.split(' ')
    const actor = scheme?.toLowerCase() === 'bearer' && token ? await actorOfToken(database(), token, now) : null
    if (!actor) throw new DomainError('unauthenticated', 'The API token is unknown, expired or revoked.')
    return actor
  }
  const actor = await sessionActor()
  if (!actor) throw new DomainError('unauthenticated', 'This needs a session or an API token.')
  assertSameOrigin(request)
  return actor
}

/** Sessions are our own pages; of what comes with a token, our command line names itself. */
function doorOf(request: Request, actor: Actor): Door {
  if (actor.kind !== 'token') return 'screen'
  return request.headers.get('user-agent')?.startsWith(cliAgent) ? 'cli' : 'api'
}

function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key')
  if (key === null) return undefined
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new DomainError('invalid_input', 'Idempotency-Key has to be 8 to 200 printable characters without spaces.')
  }
  return key
}

/** The body in full, within its limit whatever Content-Length says or leaves out. Undefined when there is none. */
async function bodyOf(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const tooLarge = () => new DomainError('too_large', `A request may have ${bodyBytesMax / 1024 / 1024} MB.`)
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytesMax) throw tooLarge()
  if (!request.body) return undefined
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body) {
    length += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (length > bodyBytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  const body = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}

/** The request as the router takes it: its body read and bounded, HEAD asked as the GET it is (the server drops the body). */
async function bounded(request: Request): Promise<Request> {
  const { url, method, headers } = request
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method: 'GET', headers })
  const body = await bodyOf(request)
  if (body?.byteLength && !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new DomainError('invalid_input', 'Send the body as JSON, with the content type application/json.')
  }
  return new Request(url, { method, headers, ...(body && { body }) })
}

/** Refuses what no operation takes: a path that is not there, or a method that its path does not know. */
function noOperation(request: Request, requestId: string): Response {
  const allowed = methodsAt(new URL(request.url).pathname.slice(apiPrefix.length))
  if (allowed.length === 0) throw new DomainError('not_found', `There is no such operation; see ${apiPrefix}/docs.`)
  const allow = allowed.join(', ')
  const error = new DomainError('method_not_allowed', `${request.method} is not taken here; ${allow} is.`)
  return problemResponse(problemOf(error, requestId), { 'x-request-id': requestId, allow })
}

async function answer(request: Request, requestId: string): Promise<Response> {
  const now = currentTime()
  const asOf = asOfRequest(request, now)
  const idempotencyKey = idempotencyKeyOf(request)
  const actor = await actorOf(request, now)
  const run = {
    database: database(),
    actor,
    now,
    newId: () => uuidv7(),
    requestId,
    door: doorOf(request, actor),
    ...(idempotencyKey && { idempotencyKey }),
    ...(asOf && { asOf }),
  }
  const { matched, response } = await handler.handle(await bounded(withoutAsOf(request)), {
    prefix: apiPrefix,
    context: { run },
  })
  if (!matched) return noOperation(request, requestId)
  const headers = new Headers(response.headers)
  headers.set('cache-control', 'private, no-store')
  headers.set('x-request-id', requestId)
  if (response.status < 400) return new Response(response.body, { status: response.status, headers })
  const body: unknown = await response.json()
  const known = problemSchema.safeParse(body)
  if (known.success) return problemResponse(known.data, { 'x-request-id': requestId })
  // What the router itself refuses (a body that is no JSON) has no code of ours yet.
  if (response.status < 500) throw new DomainError('invalid_input', 'The request body cannot be read as JSON.')
  throw new Error(`The router failed: ${JSON.stringify(body)}`)
}

/** Answers one request of the REST API. Never throws: a fault is logged and answered with its request id. */
export async function handleApiRequest(request: Request): Promise<Response> {
  const requestId = uuidv7()
  try {
    return await answer(request, requestId)
  } catch (error) {
    if (error instanceof DomainError) {
      const retry = error.retryAfterSeconds
      return problemResponse(problemOf(error, requestId), {
        'x-request-id': requestId,
        ...(retry && { 'retry-after': String(retry) }),
      })
    }
    if (error instanceof ORPCError && error.status < 500) {
      return problemResponse(problemOf(new DomainError('invalid_input', error.message), requestId))
    }
    log.error({ err: error, requestId }, 'A request failed')
    return problemResponse(internalProblem(requestId))
  }
}
