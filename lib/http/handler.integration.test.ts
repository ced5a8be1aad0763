import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { handleApiRequest } from './handler'
import { log } from './log'
import { problemSchema } from './problem'
import { tokenFor } from './testing/token'

// Sessions need a request of Next; who has none has no session.
vi.mock('@/lib/access/session', () => ({ sessionActor: async () => null }))

vi.mock('./log', () => ({ log: { error: vi.fn(), warn: vi.fn(), info: vi.fn() } }))

let test: TestDatabase
let token: string
beforeAll(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
  vi.stubEnv('DATABASE_URL', test.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  token = await tokenFor(test.database, 'governance_lead')
})
afterAll(async () => {
  const { database } = await import('@/lib/db/client')
  await database().close()
  await test.drop()
  vi.unstubAllEnvs()
})

const mebibyte = 1024 * 1024

interface Asked {
  method?: string
  body?: BodyInit
  headers?: Record<string, string>
}

function ask(path: string, { method = 'GET', body, headers = {} }: Asked = {}): Promise<Response> {
  return handleApiRequest(
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body, duplex: 'half' }),
    }),
  )
}

const post = (path: string, body: BodyInit | undefined, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', headers, ...(body !== undefined && { body }) })

describe('what no operation takes', () => {
  it('is refused with the methods that the path knows', async () => {
    const answer = await ask('/agents/some-agent', { method: 'PUT', body: '{}' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PATCH')
    expect(problemSchema.parse(await answer.json()).code).toBe('method_not_allowed')
  })

  it('is not found when there is no such path', async () => {
    expect((await ask('/agents/some-agent/nothing')).status).toBe(404)
  })
})

/** A body of this size that comes in pieces, without saying how long it is; `sent` counts what was taken of it. */
function endless(size: number) {
  const state = { sent: 0 }
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (state.sent >= size) return controller.close()
      state.sent += mebibyte
      controller.enqueue(new Uint8Array(mebibyte).fill(32))
    },
  })
  return { state, stream }
}

async function problemIn(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(response.headers.get('cache-control')).toContain('no-store')
  const problem = problemSchema.parse(await response.json())
  expect(problem.status).toBe(response.status)
  return problem
}

describe('the API answers every bad request with a problem document of its own', () => {
  it.each<[string, () => Promise<Response>, number, string, string[]]>([
    ['a body that is no JSON', () => post('/people', '{"name": '), 400, 'invalid_input', []],
    ['no body', () => post('/people', undefined), 400, 'invalid_input', ['name']],
    ['an empty body', () => post('/people', ''), 400, 'invalid_input', ['name']],
    ['a list for an object', () => post('/people', '[]'), 400, 'invalid_input', ['name']],
    ['a text for an object', () => post('/people', '"x"'), 400, 'invalid_input', ['']],
    [
      'a body that calls itself text',
      () => post('/people', 'x', { 'content-type': 'text/plain' }),
      400,
      'invalid_input',
      [],
    ],
    ['a body of an unknown type', () => post('/people', 'x', { 'content-type': 'x/y' }), 400, 'invalid_input', []],
    [
      'a form, as another site could send it',
      () => post('/people', 'x', { 'content-type': 'multipart/form-data; boundary=y' }),
      400,
      'invalid_input',
      [],
    ],
    ['a wrong type in the body', () => post('/people', '{"name": 5}'), 400, 'invalid_input', ['name']],
    ['an unknown key', () => post('/people', '{"name": "Ana", "colour": "red"}'), 400, 'invalid_input', ['colour']],
    [
      'a key that is every object\u2019s',
      () => post('/people', '{"name": "Ana", "__proto__": {"x": 1}}'),
      400,
      'invalid_input',
      ['__proto__'],
    ],
    [
      'deep nesting',
      () => post('/people', `{"name": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
      400,
      'invalid_input',
      [],
    ],
    ['a NUL in the body', () => post('/people', '{"name": "A\\u0000"}'), 400, 'invalid_input', ['name']],
    ['a NUL in the query', () => ask('/agents?q=a%00b'), 400, 'invalid_input', []],
    ['a NUL in the path', () => ask('/agents/a%00b'), 400, 'invalid_input', ['slug']],
    ['a NUL in a name that is looked up', () => ask('/people/a%00b'), 400, 'invalid_input', ['person']],
    ['half a character in the path', () => ask('/agents/%E0%A4%A'), 400, 'invalid_input', ['slug']],
    ['a wrong type in the query', () => ask('/agents?limit=many'), 400, 'invalid_input', ['limit']],
    ['a number out of range', () => ask('/agents?limit=1e9'), 400, 'invalid_input', ['limit']],
    ['a parameter twice', () => ask('/agents?limit=1&limit=2'), 400, 'invalid_input', ['limit']],
    ['an unknown parameter', () => ask('/agents?colour=red'), 400, 'invalid_input', ['colour']],
    ['a parameter in brackets', () => ask('/agents?q[a][b]=1'), 400, 'invalid_input', ['q']],
    ['a value of no list', () => ask('/gaps?state=odd'), 400, 'invalid_input', ['state[0]']],
    ['an id that is none', () => ask('/gaps/7'), 400, 'invalid_input', ['id']],
    ['a cursor made up', () => ask('/agents?cursor=abc'), 400, 'invalid_cursor', []],
    ['a forged cursor', () => ask('/agents?cursor=WyJhIixbXV0.0123456789012345678901'), 400, 'invalid_cursor', []],
    [
      'an idempotency key too short',
      () => post('/people', '{"name": "Ana"}', { 'idempotency-key': 'x' }),
      400,
      'invalid_input',
      [],
    ],
    [
      'a token nobody has',
      () => ask('/agents', { headers: { authorization: 'Bearer ptk_x' } }),
      401,
      'unauthenticated',
      [],
    ],
    [
      'a scheme we do not know',
      () => ask('/agents', { headers: { authorization: 'Basic YTpi' } }),
      401,
      'unauthenticated',
      [],
    ],
    [
      'a token with a NUL',
      () => ask('/agents', { headers: { authorization: 'Bearer a%00' } }),
      401,
      'unauthenticated',
      [],
    ],
    ['an unknown operation', () => ask('/nothing/here'), 404, 'not_found', []],
    ['the root', () => ask(''), 404, 'not_found', []],
    ['a wrong method', () => ask('/agents', { method: 'DELETE' }), 405, 'method_not_allowed', []],
    ['a thing that is not there', () => ask('/agents/nobody'), 404, 'not_found', []],
    [
      'a body said to be too large',
      () => post('/people', '{}', { 'content-length': String(2 * mebibyte) }),
      413,
      'too_large',
      [],
    ],
    [
      'a body too large that does not say so',
      () => post('/people', endless(4 * mebibyte).stream),
      413,
      'too_large',
      [],
    ],
  ])('%s', async (_, request, status, code, fields) => {
    const problem = await problemIn(await request())
    expect({ status: problem.status, code: problem.code }).toEqual({ status, code })
    expect(problem.errors.map(({ field }) => field)).toEqual(fields)
  })

  it('takes no more of a body than its limit', async () => {
    const { state, stream } = endless(1024 * mebibyte)
    expect((await post('/people', stream)).status).toBe(413)
    expect(state.sent).toBeLessThanOrEqual(3 * mebibyte)
  })

  it('refuses who has neither session nor token', async () => {
    const response = await handleApiRequest(new Request('http://localhost/api/v1/agents'))
    expect((await problemIn(response)).code).toBe('unauthenticated')
  })

  it('refuses what the role or the scope of the token does not open', async () => {
    const auditor = await tokenFor(test.database, 'auditor')
    const reader = await tokenFor(test.database, 'admin', ['read'])
    for (const other of [auditor, reader]) {
      const response = await post('/people', '{"name": "Ana"}', { authorization: `Bearer ${other}` })
      expect((await problemIn(response)).code).toBe('forbidden')
    }
  })

  it('says nothing of a fault of ours but the id that finds it in the log', async () => {
    const { database } = await import('@/lib/db/client')
    const failure = vi.spyOn(database().pool, 'query').mockRejectedValue(new Error('secret detail'))
    const problem = await problemIn(await ask('/agents'))
    failure.mockRestore()
    expect(problem).toMatchObject({ status: 500, code: 'internal', detail: 'The request could not be completed.' })
    expect(JSON.stringify(problem)).not.toContain('secret')
    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ requestId: problem.requestId }),
      expect.any(String),
    )
  })
})

describe('the API', () => {
  it('answers with the request id, and lets nobody keep the answer', async () => {
    const response = await ask('/agents')
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await response.json()).toEqual({ rows: [], next: null })
  })

  it('answers HEAD as it answers GET', async () => {
    expect((await ask('/agents', { method: 'HEAD' })).status).toBe(200)
  })

  it('answers a write repeated under its idempotency key as the first time, and does nothing', async () => {
    const once = () => post('/people', '{"name": "Ana Ruiz"}', { 'idempotency-key': 'key-0001' })
    const [first, second] = [await once(), await once()]
    expect(first.status).toBe(200)
    expect(await second.json()).toEqual(await first.json())
    const other = await post('/people', '{"name": "Bea Sol"}', { 'idempotency-key': 'key-0001' })
    expect((await problemIn(other)).code).toBe('idempotency_mismatch')
  })

  it('refuses the cursor of one list in another', async () => {
    for (const name of ['Cy', 'Dee']) await post('/people', JSON.stringify({ name }))
    const { next } = await (await ask('/people?limit=1')).json()
    expect((await ask(`/people?limit=1&cursor=${next}`)).status).toBe(200)
    for (const path of [`/people?status=left&cursor=${next}`, `/agents?cursor=${next}`, `/people?cursor=${next}x`]) {
      expect((await problemIn(await ask(path))).code).toBe('invalid_cursor')
    }
  })
})
