import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '@/lib/access/model'
import { sessionActor } from '@/lib/access/session'
import { actorOfToken } from '@/lib/access/store'
import { hashToken } from '@/lib/access/tokens/token'
import type { Door } from '@/lib/audit/model'
import { database } from '@/lib/db/client'
import { rateLimitHeaders, type Standing } from '@/lib/rate-limits/model'
import { currentTime } from '@/lib/time/clock'
import { DomainError, type ProblemCode } from '@/lib/use-cases/errors'
import { asOfRequest, withoutAsOf } from './as-of'
import { bounded } from './body'
import { cliAgent } from './client'
import { assertQueryWithinLimit, countAnonymous, countRequest } from './limits'
import { log } from './log'
import { bodyBytesMaxAt, methodsAt } from './methods'
import { internalProblem, problemOf, problemResponse, problemSchema, refusalResponse } from './problem'
import { type ApiContext, router } from './router'

export const apiPrefix = '/api/v1'

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

/** Who asks, and how many more times they may. Those who are nobody are counted by their address, and only they. */
async function callerOf(request: Request, now: Date): Promise<{ actor: Actor; standing: Standing | null }> {
  const authorization = request.headers.get('authorization')
  if (authorization) {
    const [scheme, token] = authorization.split(' ')
    const actor = scheme?.toLowerCase() === 'bearer' && token ? await actorOfToken(database(), token, now) : null
    if (actor && token) return { actor, standing: countRequest({ ...accountOf(actor), token: hashToken(token) }, now) }
    countAnonymous(request, now)
    throw new DomainError('unauthenticated', 'The API token is unknown, expired or revoked.')
  }
  const actor = await sessionActor()
  if (!actor) {
    countAnonymous(request, now)
    throw new DomainError('unauthenticated', 'This needs a session or an API token.')
  }
  assertSameOrigin(request)
  return { actor, standing: countRequest(accountOf(actor), now) }
}

const accountOf = ({ id }: Actor) => (id === null ? {} : { account: id })

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
  const { actor, standing } = await callerOf(request, now)
  assertQueryWithinLimit(request)
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
  const path = new URL(request.url).pathname.slice(apiPrefix.length)
  const taken = await bounded(withoutAsOf(request), bodyBytesMaxAt(request.method, path))
  const { matched, response } = await handler.handle(taken, {
    prefix: apiPrefix,
    context: { run },
  })
  if (!matched) return noOperation(request, requestId)
  const headers = new Headers(response.headers)
  headers.set('cache-control', 'private, no-store')
  headers.set('x-request-id', requestId)
  for (const [name, value] of Object.entries(rateLimitHeaders(standing))) headers.set(name, value)
  if (response.status < 400) return new Response(response.body, { status: response.status, headers })
  const body: unknown = await response.json()
  const known = problemSchema.safeParse(body)
  if (known.success) {
    noteRefusal(known.data.code, requestId, actor)
    return problemResponse(known.data, { 'x-request-id': requestId })
  }
  // What the router itself refuses (a body that is no JSON) has no code of ours yet.
  if (response.status < 500) throw new DomainError('invalid_input', 'The request body cannot be read as JSON.')
  throw new Error(`The router failed: ${JSON.stringify(body)}`)
}

const telling: ReadonlySet<ProblemCode> = new Set(['unauthenticated', 'reauthenticate', 'forbidden', 'rate_limited'])

/** Logs who was kept from what, for whoever looks for those who try (ASVS 16.3.2). */
function noteRefusal(code: ProblemCode, requestId: string, actor?: Actor): void {
  if (telling.has(code)) log.info({ code, requestId, account: actor?.id, kind: actor?.kind }, 'A request was refused')
}

/** Answers one request of the REST API. Never throws: a fault is logged and answered with its request id. */
export async function handleApiRequest(request: Request): Promise<Response> {
  const requestId = uuidv7()
  try {
    return await answer(request, requestId)
  } catch (error) {
    if (error instanceof DomainError) {
      noteRefusal(error.code, requestId)
      return refusalResponse(error, requestId)
    }
    if (error instanceof ORPCError && error.status < 500) {
      return problemResponse(problemOf(new DomainError('invalid_input', error.message), requestId))
    }
    log.error({ err: error, requestId }, 'A request failed')
    return problemResponse(internalProblem(requestId))
  }
}
