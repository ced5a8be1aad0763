import { scryptSync } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing'
import { signIn } from './sign-in'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
  // As weak as may be: what is proved here is not the hash, and each try would take half a second.
  const key = scryptSync('right', 'salt', 32, { N: 2, r: 1, p: 1 })
  const salt = Buffer.from('salt').toString('base64url')
  const passwordHash = `scrypt$2$1$1$${salt}$${key.toString('base64url')}`
  for (const name of ['ana', 'ben']) {
    await test.database.prisma.account.create({
      data: { id: crypto.randomUUID(), email: `${name}@example.org`, name, passwordHash, role: 'member' },
    })
  }
})
afterAll(() => test.drop())

const start = Date.parse('2026-11-24T09:00:00Z')
const attempt = (email: string, password: string, address: string, second = 0) =>
  signIn(test.database, { email, password, address }, new Date(start + second * 1000))
const fail = async (times: number, email: string, address: string, second = 0) => {
  for (let time = 0; time < times; time += 1)
    expect(await attempt(email, 'wrong', address, second)).toEqual({ outcome: 'refused' })
}

it('signs in whatever the case of the address, and starts counting anew', async () => {
  await fail(5, 'ana@example.org', '10.0.0.1')
  expect(await attempt(' Ana@Example.org ', 'right', '10.0.0.1')).toMatchObject({ outcome: 'signed_in' })
  await fail(5, 'ana@example.org', '10.0.0.1')
})

it('blocks the account for that client alone, longer each time, and not for ever', async () => {
  await fail(6, 'ana@example.org', '10.0.0.2')
  expect(await attempt('ana@example.org', 'right', '10.0.0.2')).toEqual({ outcome: 'blocked', seconds: 1 })
  expect(await attempt('ana@example.org', 'right', '10.0.0.3')).toMatchObject({ outcome: 'signed_in' })
  expect(await attempt('ben@example.org', 'right', '10.0.0.2')).toMatchObject({ outcome: 'signed_in' })
  await fail(1, 'ana@example.org', '10.0.0.2', 1)
  expect(await attempt('ana@example.org', 'right', '10.0.0.2', 1)).toEqual({ outcome: 'blocked', seconds: 2 })
  await fail(5, 'ana@example.org', '10.0.0.2', 2 * 60 * 60)
})

it('blocks a client that tries one account after the other, known or not', async () => {
  const key = 'address:10.0.0.4'
  await test.database.prisma.signInThrottle.create({ data: { key, failures: 99, updatedAt: new Date(start) } })
  await fail(1, 'ben@example.org', '10.0.0.4')
  await fail(1, 'ana@example.org', '10.0.0.4')
  expect(await attempt('ben@example.org', 'right', '10.0.0.4')).toEqual({ outcome: 'blocked', seconds: 1 })
})
