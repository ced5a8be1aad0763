import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { syncReferenceData } from '@/lib/db/reference'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { handleApiRequest } from './handler'
import { forAnybody } from './limits'
import { problemSchema } from './problem'
import { tokenFor } from './testing/token'

// Sessions need a request of Next; who has none has no session.
vi.mock('@/lib/access/session', () => ({ sessionActor: async () => null }))

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  await syncReferenceData(test.database)
  vi.stubEnv('DATABASE_URL', test.connectionString)
  vi.stubEnv('NEXTAUTH_SECRET', 'a secret for tests alone, of 32+ characters')
  vi.stubEnv('RATE_LIMIT_TOKEN', '3')
  vi.stubEnv('RATE_LIMIT_ADDRESS', '2')
  // Minutes begin when they are told to.
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-28T12:00:20Z') })
})
afterAll(async () => {
  const { limiter } = await import('@/lib/rate-limits/limiter')
  await limiter().exchange()
  const { database } = await import('@/lib/db/client')
  await database().close()
  await test.drop()
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

const ask = (headers: Record<string, string>) =>
  handleApiRequest(new Request('http://localhost/api/v1/agents', { headers }))

describe('who asks too often', () => {
  it('is told how long to wait, by a token of theirs', async () => {
    const authorization = `Bearer ${await tokenFor(test.database, 'auditor')}`
    const answers = []
    for (let request = 0; request < 4; request += 1) answers.push(await ask({ authorization }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"token";q=3;w=60')
    expect(answers[0]?.headers.get('ratelimit')).toBe('"token";r=2;t=40')
    expect(answers[3]?.headers.get('retry-after')).toBe('40')
    expect(problemSchema.parse(await answers[3]?.json())).toMatchObject({ code: 'rate_limited', status: 429 })

    const neighbour = `Bearer ${await tokenFor(test.database, 'auditor')}`
    expect((await ask({ authorization: neighbour })).status).toBe(200)
    vi.setSystemTime(new Date('2026-11-28T12:01:00Z'))
    expect((await ask({ authorization })).status).toBe(200)
  })

  it('is counted by address when they are nobody, and then alone', async () => {
    const from = (address: string, more = {}) => ask({ 'x-forwarded-for': address, ...more })
    const asked = [await from('192.0.2.1'), await from('192.0.2.1', { authorization: 'Bearer ptk_wrong' })]
    expect(asked.map(({ status }) => status)).toEqual([401, 401])
    expect((await from('192.0.2.1')).status).toBe(429)
    expect((await from('192.0.2.2')).status).toBe(401)
    const authorization = `Bearer ${await tokenFor(test.database, 'auditor')}`
    expect((await from('192.0.2.1', { authorization })).status).toBe(200)
  })

  it('is refused what anybody may ask as well', async () => {
    const request = () => new Request('http://localhost/x', { headers: { 'x-forwarded-for': '192.0.2.7' } })
    const answer = () => forAnybody(request(), () => new Response('here'))
    expect([(await answer()).status, (await answer()).status, (await answer()).status]).toEqual([200, 200, 429])
  })
})

it('a query that is longer than any is refused', async () => {
  const authorization = `Bearer ${await tokenFor(test.database, 'auditor')}`
  const request = new Request(`http://localhost/api/v1/agents?q=${'a'.repeat(8000)}`, { headers: { authorization } })
  const answer = await handleApiRequest(request)
  expect(answer.status).toBe(413)
})
