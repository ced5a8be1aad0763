import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actorWith, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { type Definition, definitionSchema, type ReviewerStrategy } from '../model'
import { type SmallEstate, smallEstate } from '../testing'
import { launchingCampaign } from './testing'

describe('campaigns.preview', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(async () => {
    await registry.drop()
  })
  beforeEach(async () => {
    estate = await smallEstate(registry, 3)
    registry.become(actorWith('governance_lead', { personId: estate.people.dan.id }))
  })

  const preview = async (
    reviewers: ReviewerStrategy,
    more: Partial<Definition> & { fallbacks?: ReviewerStrategy[] } = {},
  ) => {
    const { fallbacks = [], ...rest } = more
    return await registry.run(useCases['campaigns.preview'], {
      definition: definitionSchema.parse({
        kind: 'access',
        scope: { tool: estate.tool.slug },
        stages: [{ name: 'Owners', reviewers, fallbacks, duration: 'P14D' }],
        ...rest,
      }),
    })
  }
  const named = (person: { externalId: string }, name: string, items: number) => ({
    slug: person.externalId,
    name,
    items,
  })

  it('names the reviewers with their load', async () => {
    const { ana } = estate.people
    expect(await preview({ by: 'layer_lead' })).toEqual({
      items: 3,
      certifiedBefore: 0,
      byRisk: [{ risk: 'medium', items: 3 }],
      byLayer: [],
      reviewers: { total: 1, rows: [named(ana, 'ana', 3)] },
      byFallback: 0,
      nobody: { items: 0, rows: [] },
      selfReview: 0,
    })
  })

  it('says what goes to a fallback, and because of whom', async () => {
    const { cara, ben } = estate.people
    const fallbacks = [{ by: 'team' as const, team: estate.teams.risk.slug }]
    expect(await preview({ by: 'sponsor' }, { fallbacks })).toMatchObject({
      reviewers: { total: 1, rows: [named(cara, 'cara', 3)] },
      byFallback: 3,
      selfReview: 3,
    })
    expect(await preview({ by: 'sponsor' }, { fallbacks, selfReview: true })).toMatchObject({
      reviewers: { rows: [named(ben, 'ben', 3)] },
      byFallback: 0,
      selfReview: 3,
    })
  })

  it('counts what nobody is there for', async () => {
    registry.become(actorWith('governance_lead'))
    expect(await preview({ by: 'team', team: 'not-there' })).toMatchObject({
      reviewers: { total: 0, rows: [] },
      nobody: { items: 3, rows: estate.bindings.map(({ slug }) => slug) },
    })
  })

  it('counts ownership by layer', async () => {
    const { ana } = estate.people
    const found = await preview({ by: 'layer_lead' }, {
      kind: 'ownership',
      scope: { team: [estate.teams.cloud.slug] },
    } as Partial<Definition>)
    expect(found).toMatchObject({ items: 15, reviewers: { total: 1, rows: [named(ana, 'ana', 15)] } })
    expect(found.byLayer.map(({ layer, items }) => [layer, items])).toEqual([
      ['identity', 3],
      ['entitlement', 3],
      ['privilege', 3],
      ['enforcement', 3],
      ['monitoring', 3],
    ])
  })
})

describe('reviews.upcoming', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeAll(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry, 12)
  })
  afterAll(async () => {
    await registry.drop()
  })

  /** Reviewers learn what is coming to them, nobody learns what comes to others, and nothing before its time. */
  it('tells reviewers what an announced campaign will ask them', async () => {
    const { ana, eve } = estate.people
    await launchingCampaign(registry, {
      state: 'scheduled',
      startsAt: new Date(registry.now().getTime() + 10 * 86_400_000),
      definition: { announce: 'P7D' },
    })
    const seenBy = async (personId: string | null) => {
      registry.become(actorWith('member', { personId }))
      return (await registry.run(useCases['reviews.upcoming'], {})).rows
    }
    expect(await seenBy(ana.id)).toEqual([])
    registry.wait(3 * 86_400)
    const [coming, ...others] = await seenBy(ana.id)
    expect(others).toEqual([])
    expect(coming).toMatchObject({ startsAt: '2026-11-11T09:00:00.000Z', dueOn: '2026-11-25', items: 12 })
    expect(coming?.first).toHaveLength(10)
    expect(await seenBy(eve.id)).toEqual([])
    expect(await seenBy(null)).toEqual([])
  })
})
