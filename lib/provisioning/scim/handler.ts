import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import { actorOfToken } from '@/lib/access/store'
import { hashToken } from '@/lib/access/tokens/token'
import { database } from '@/lib/db/client'
import { assertQueryWithinLimit, countAnonymous, countRequest } from '@/lib/http/limits'
import { log } from '@/lib/http/log'
import { currentTime } from '@/lib/time/clock'
import type { UseCase } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import { noteRequest } from '../requests-store'
import { operationsAt } from './catalog'
import { errorMessage, statusOf, tagNamed, tagOf } from './messages'
import { ScimRefusal } from './refusal'
import { parametersOf, scimAddress, scimPath, segmentsOf, sentBy } from './request'
import type { JsonObject } from './schema'
import { answerSchema } from './shapes'
import { Unchanged } from './unchanged'

const detailLengthMax = 300
const pathLengthMax = 200

/** What is part of SCIM and not of this server (RFC 7644, sections 3.4.3, 3.7 and 3.11). */
const notOffered = ['Bulk', 'Me', '.search', '']

function answered(status: number, body: JsonObject | null, headers: Record<string, string> = {}): Response {
  return new Response(body && JSON.stringify(body), {
    status,
    headers: {
      ...(body && { 'content-type': 'application/scim+json; charset=utf-8' }),
      'cache-control': 'private, no-store',
      ...headers,
    },
  })
}

/** The holder of the token, counted. Sessions are for people: no cookie opens this door. @throws DomainError `unauthenticated`, `rate_limited`. */
async function actorOf(request: Request, now: Date): Promise<Actor> {
  const [scheme, token] = (request.headers.get('authorization') ?? '').split(' ')
  const actor = scheme?.toLowerCase() === 'bearer' && token ? await actorOfToken(database(), token, now) : null
  if (actor && token) {
    countRequest({ ...(actor.id && { account: actor.id }), token: hashToken(token) }, now)
    return actor
  }
  countAnonymous(request, now)
  throw new DomainError('unauthenticated', 'This needs an API token with the scope "provisioning".')
}

/** The operation that a request asks for. @throws DomainError when there is none. */
function operationOf(method: string, segments: readonly string[]): UseCase {
  const known = operationsAt(segments)
  const wanted = known.find((useCase) => useCase.method === (method === 'HEAD' ? 'GET' : method))
  if (wanted) return wanted
  if (known.length === 0) throw new DomainError('not_found', 'There is no such address.')
  throw new DomainError('method_not_allowed', `${method} is not taken here; ${allowed(segments)} is.`)
}

const allowed = (segments: readonly string[]) =>
  [...new Set(operationsAt(segments).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(
    ', ',
  )

/** What the use case takes, out of the request: only what it declares. */
async function inputOf(useCase: UseCase, request: Request, segments: readonly string[]): Promise<object> {
  const ifMatch = request.headers.get('if-match')
  const known = {
    ...parametersOf(request),
    base: scimAddress(request.url),
    id: segments[1],
    ...(ifMatch !== null && { ifMatch }),
    ...(useCase.method !== 'GET' && { body: await sentBy(request) }),
  }
  const taken = useCase.input instanceof z.ZodObject ? useCase.input.shape : {}
  return Object.fromEntries(Object.entries(known).filter(([name]) => name in taken))
}

function succeeded(useCase: UseCase, request: Request, { body, version }: z.output<typeof answerSchema>): Response {
  if (useCase.method === 'DELETE') return answered(204, null)
  const tag = version === undefined ? {} : { etag: tagOf(version) }
  const seen = request.headers.get('if-none-match')
  if (useCase.method === 'GET' && seen !== null && version !== undefined && tagNamed(seen, version))
    return answered(304, null, tag)
  const isNew = useCase.kind === 'command' && useCase.method === 'POST'
  const location = isNew ? { location: `${scimAddress(request.url)}${useCase.path}/${body.id}` } : {}
  return answered(isNew ? 201 : 200, body, { ...tag, ...location })
}

/** One request under way. */
interface Arrival {
  request: Request
  requestId: string
  now: Date
  actor: Actor | null
}

async function answer(arrival: Arrival): Promise<Response> {
  const { request, requestId, now } = arrival
  arrival.actor = await actorOf(request, now)
  assertQueryWithinLimit(request)
  const segments = segmentsOf(request)
  if (segments.length < 2 && notOffered.includes(segments[0] ?? ''))
    return answered(501, errorMessage(501, 'This server does not offer it; see /ServiceProviderConfig.'))
  const useCase = operationOf(request.method, segments)
  const input = await inputOf(useCase, request, segments)
  const run = {
    database: database(),
    actor: arrival.actor,
    now,
    newId: () => uuidv7(),
    requestId,
    door: 'scim' as const,
  }
  try {
    return succeeded(useCase, request, answerSchema.parse(await runUseCase(useCase, input, run)))
  } catch (error) {
    if (error instanceof Unchanged) return succeeded(useCase, request, error.answer)
    throw error
  }
}

function refused(error: DomainError, request: Request): Response {
  const status = statusOf(error.code)
  const scimType = error instanceof ScimRefusal ? error.scimType : error.code === 'conflict' ? 'uniqueness' : undefined
  return answered(status, errorMessage(status, error.message, scimType), {
    ...(status === 401 && { 'www-authenticate': 'Bearer realm="Pentarch"' }),
    ...(status === 405 && { allow: allowed(segmentsOf(request)) }),
    ...(error.retryAfterSeconds && { 'retry-after': String(error.retryAfterSeconds) }),
  })
}

/** Keeps what was asked and what came of it, for whoever looks why something does not arrive. Of a flood nothing is kept. */
async function note({ request, requestId, now, actor }: Arrival, status: number, detail: string | null): Promise<void> {
  if (actor === null && status === 429) return
  const { pathname } = new URL(request.url)
  await noteRequest(database(), {
    id: uuidv7(),
    at: now,
    token: actor?.tokenName ?? null,
    method: request.method.slice(0, 20),
    path: pathname.slice(scimPath.length, scimPath.length + pathLengthMax) || '/',
    status,
    // It may repeat what was sent, and NUL cannot be kept.
    detail: detail?.replaceAll('\u0000', '').slice(0, detailLengthMax) ?? null,
    requestId,
  })
}

/** Answers one request of the SCIM server (RFC 7644). Never throws: a fault is logged and answered with its request id. */
export async function handleScimRequest(request: Request): Promise<Response> {
  const arrival: Arrival = { request, requestId: uuidv7(), now: currentTime(), actor: null }
  const { requestId } = arrival
  try {
    const { response, detail } = await answer(arrival).then(
      (done) => ({ response: done, detail: null }),
      (error: unknown) => {
        if (!(error instanceof DomainError)) throw error
        return { response: refused(error, request), detail: error.message }
      },
    )
    await note(arrival, response.status, detail)
    response.headers.set('x-request-id', requestId)
    return response
  } catch (error) {
    log.error({ err: error, requestId }, 'A SCIM request failed')
    return answered(500, errorMessage(500, `Something went wrong on our side; the request is ${requestId}.`), {
      'x-request-id': requestId,
    })
  }
}
