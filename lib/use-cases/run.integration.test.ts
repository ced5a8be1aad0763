import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '@/lib/access/password'
import { runningCampaign, smallEstate, type TestCampaign } from '@/lib/recertification/testing'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from './catalog'
import { runUseCase } from './run'

const password = 'correct horse battery staple'

let registry: TestRegistry
let campaign: TestCampaign

beforeAll(async () => {
  registry = await testRegistry()
  campaign = await runningCampaign(registry, await smallEstate(registry, 1))
  const { prisma } = registry.database
  await prisma.account.update({
    where: { id: campaign.accountId },
    data: { passwordHash: await hashPassword(password) },
  })
  await prisma.campaign.update({ where: { id: campaign.id }, data: { state: 'stopped', endedAt: registry.now() } })
})
afterAll(() => registry.drop())

const input = () => ({ slug: campaign.slug, attestation: 'I looked at it.', password })
const sign = (given: { attestation?: string; password?: string } = {}, idempotencyKey?: string) =>
  runUseCase(
    useCases['campaigns.sign'],
    { ...input(), ...given },
    {
      database: registry.database,
      actor: actorWith('governance_lead', { id: campaign.accountId, name: 'dan' }),
      now: registry.now(),
      newId: () => v7(),
      requestId: 'test',
      ...(idempotencyKey && { idempotencyKey }),
    },
  )

describe('a command that asks for the password again', () => {
  it('counts wrong ones though nothing else happens, and brakes guessing without touching sign-in', async () => {
    for (let guess = 0; guess < 6; guess += 1)
      expect(await refusalOf(sign({ password: `guess ${guess}` }))).toMatchObject({
        code: 'refused',
        fields: ['password'],
      })
    expect(await refusalOf(sign())).toMatchObject({ code: 'rate_limited' })
    const throttled = await registry.database.prisma.signInThrottle.findMany()
    expect(throttled.map(({ key }) => key).every((key) => key.endsWith(`again:${campaign.accountId}`))).toBe(true)
    registry.wait(3600)
  })

  it('remembers nothing of it under an idempotency key, and does not take the key instead of it', async () => {
    const signature = await sign({}, 'a-key-of-the-test')
    expect(await sign({}, 'a-key-of-the-test')).toEqual(signature)
    const [kept] = await registry.database.prisma.idempotencyKey.findMany({ where: { key: 'a-key-of-the-test' } })
    const { password: _password, ...rest } = input()
    expect(kept?.requestHash).toBe(createHash('sha256').update(JSON.stringify(rest)).digest('hex'))
    expect(JSON.stringify(kept?.response)).not.toContain(password)
    expect(await refusalOf(sign({ password: 'another' }, 'a-key-of-the-test'))).toMatchObject({ code: 'refused' })
    expect(await refusalOf(sign({ attestation: 'Something else' }, 'a-key-of-the-test'))).toMatchObject({
      code: 'idempotency_mismatch',
    })
  })
})
