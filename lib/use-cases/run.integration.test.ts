import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { runningCampaign, smallEstate, type TestCampaign } from '@/lib/recertification/testing'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from './catalog'
import { runUseCase } from './run'

let registry: TestRegistry
let campaign: TestCampaign

beforeAll(async () => {
  registry = await testRegistry()
  campaign = await runningCampaign(registry, await smallEstate(registry, 1))
  await registry.database.prisma.campaign.update({
    where: { id: campaign.id },
    data: { state: 'stopped', endedAt: registry.now() },
  })
})
afterAll(() => registry.drop())

const owner = (isFresh: boolean): Actor =>
  actorWith('governance_lead', { id: campaign.accountId, name: 'dan', session: { id: v7(), isFresh } })
const sign = (actor: Actor, idempotencyKey: string, attestation = 'I looked at it.') =>
  runUseCase(
    useCases['campaigns.sign'],
    { slug: campaign.slug, attestation },
    {
      ...{ database: registry.database, actor, now: registry.now(), newId: () => v7(), requestId: 'test' },
      idempotencyKey,
    },
  )

describe('a command that asks who it is', () => {
  const key = 'a-key-of-the-test'

  it('does nothing for whoever has not shown it lately', async () => {
    expect(await refusalOf(sign(owner(false), key))).toMatchObject({ code: 'reauthenticate' })
    expect(await registry.database.prisma.idempotencyKey.count()).toBe(0)
  })

  it('answers a second time as the first, sealed meanwhile, and takes the key instead of nothing', async () => {
    const signature = await sign(owner(true), key)
    expect(await sign(owner(true), key)).toEqual(signature)
    expect(await refusalOf(sign(owner(false), key))).toMatchObject({ code: 'reauthenticate' })
    expect(await refusalOf(sign(owner(true), key, 'Something else'))).toMatchObject({ code: 'idempotency_mismatch' })
    const [kept] = await registry.database.prisma.idempotencyKey.findMany({ where: { key } })
    expect(kept?.response).toMatch(/^v1\./)
  })
})
