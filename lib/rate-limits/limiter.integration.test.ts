import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { openLimiter } from './limiter'
import { rateLimitHeaders } from './model'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

const limits = { account: 10, token: 4, address: 3 }
const at = (second: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, second))
const limiterHere = (more = {}) => openLimiter(test.database, { ...limits, ...more })

describe('limits of requests', () => {
  it('hold across instances that share a database', async () => {
    const [one, other] = [limiterHere(), limiterHere()]
    for (let request = 0; request < 6; request += 1) one.count({ account: 'shared' }, at(1))
    await one.exchange()
    expect(other.count({ account: 'shared' }, at(2))).toMatchObject({ remaining: 9 })
    await other.exchange()
    expect(other.count({ account: 'shared' }, at(3))).toMatchObject({ remaining: 2, isOver: false })
    other.count({ account: 'shared' }, at(3))
    other.count({ account: 'shared' }, at(3))
    expect(other.count({ account: 'shared' }, at(3))).toMatchObject({ remaining: 0, isOver: true })
  })

  it('refuse by the limit that is reached first, and count what is refused for none', () => {
    const limiter = limiterHere()
    const by = { account: 'a', token: 't' }
    for (let request = 0; request < 4; request += 1) expect(limiter.count(by, at(1))).toMatchObject({ isOver: false })
    expect(limiter.count(by, at(1))).toMatchObject({ kind: 'token', isOver: true })
    expect(limiter.count({ account: 'a' }, at(1))).toMatchObject({ remaining: 5 })
  })

  it('begin anew with the minute, and say in how many seconds', () => {
    const limiter = limiterHere()
    for (let request = 0; request < 3; request += 1) limiter.count({ address: '192.0.2.1' }, at(20))
    expect(limiter.count({ address: '192.0.2.1' }, at(20))).toMatchObject({ isOver: true, resetSeconds: 40 })
    expect(limiter.count({ address: '192.0.2.2' }, at(20))).toMatchObject({ isOver: false })
    expect(limiter.count({ address: '192.0.2.1' }, at(60))).toMatchObject({ isOver: false })
  })

  /** A single caller has a whole network of IPv6 to come from. */
  it('take the addresses of one IPv6 network for one', () => {
    const limiter = limiterHere()
    for (const address of ['2001:db8::1', '2001:db8:0:0:5::', '2001:db8::ffff:1']) limiter.count({ address }, at(1))
    expect(limiter.count({ address: '2001:db8:0:0:9:9:9:9' }, at(1))).toMatchObject({ isOver: true })
    expect(limiter.count({ address: '2001:db8:0:1::1' }, at(1))).toMatchObject({ isOver: false })
  })

  it('can be switched off, and then say nothing', () => {
    const standing = limiterHere({ account: 0 }).count({ account: 'a' }, at(1))
    expect(standing).toBeNull()
    expect(rateLimitHeaders(standing)).toEqual({})
  })

  it('hold for each instance alone while the database is away', async () => {
    const limiter = openLimiter({ ...test.database, query: () => Promise.reject(new Error('away')) }, limits)
    for (let request = 0; request < 3; request += 1) limiter.count({ address: '192.0.2.9' }, at(1))
    await limiter.exchange()
    expect(limiter.count({ address: '192.0.2.9' }, at(1))).toMatchObject({ isOver: true })
  })
})

it('the headers name the policy and what is left of it', () => {
  const standing = limiterHere().count({ token: 'headers' }, at(15))
  expect(rateLimitHeaders(standing)).toEqual({
    'ratelimit-policy': '"token";q=4;w=60',
    ratelimit: '"token";r=3;t=45',
  })
})
