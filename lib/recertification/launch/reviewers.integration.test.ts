import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/sql'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import type { ReviewerStrategy } from '../model'
import { runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from '../testing'
import { type Asking, askReviewers } from './reviewers-store'

describe('askReviewers, about bindings', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  let campaign: TestCampaign

  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(async () => {
    await registry.drop()
  })
  beforeEach(async () => {
    estate = await smallEstate(registry, 2)
    campaign = await runningCampaign(registry, estate, { item: () => ({ reviewers: [] }) })
  })

  const ask = async (strategies: ReviewerStrategy[], more: Partial<Asking> = {}) =>
    await registry.database.transaction((db) =>
      askReviewers(db, {
        campaignId: campaign.id,
        stage: 1,
        items: 'open',
        strategies,
        fallbacksFrom: 1,
        dueOn: campaign.dueOn,
        now: registry.now(),
        timeZone: 'UTC',
        selfReview: false,
        ownerPersonId: estate.people.dan.id,
        ...more,
      }),
    )
  const askedAbout = async (item = 0) =>
    await registry.database.prisma.itemReviewer.findMany({
      where: { itemId: campaign.items[item]?.id ?? '' },
      orderBy: { personId: 'asc' },
    })
  const leaves = async (person: { id: string }) =>
    await registry.database.execute(sql`UPDATE person SET status = 'left' WHERE id = ${person.id}::uuid`)

  it('asks the leads of the team that owns the layer', async () => {
    expect(await ask([{ by: 'layer_lead' }])).toEqual({ asked: 2, without: 0 })
    expect(await askedAbout()).toMatchObject([
      { personId: estate.people.ana.id, because: 'layer_lead', isFallback: false, state: 'open' },
    ])
  })

  it('goes on to the fallbacks, and to the owner of the campaign last', async () => {
    expect(await ask([{ by: 'accountable' }, { by: 'team', team: estate.teams.risk.slug }])).toEqual({
      asked: 2,
      without: 0,
    })
    expect(await askedAbout()).toMatchObject([{ personId: estate.people.cara.id, because: 'team', isFallback: true }])
    await leaves(estate.people.cara)
    expect(await ask([{ by: 'accountable' }], { items: campaign.items.map(({ id }) => id) })).toEqual({
      asked: 2,
      without: 0,
    })
    expect((await askedAbout()).map(({ because }) => because).sort()).toEqual(['campaign_owner', 'team'])
  })
})
