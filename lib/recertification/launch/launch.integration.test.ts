import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { accessPictureSchema } from '../picture'
import { type SmallEstate, smallEstate } from '../testing'
import { launchingCampaign, runLaunchJob } from './testing'

describe('launching', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  beforeEach(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry, 3)
  })
  afterEach(async () => {
    await registry.drop()
  })
  const campaignOf = async (id: string) =>
    await registry.database.prisma.campaign.findUniqueOrThrow({ where: { id }, include: { stages: true } })
  const itemsOf = async (id: string) =>
    await registry.database.prisma.reviewItem.findMany({
      where: { campaignId: id },
      orderBy: { id: 'asc' },
      include: { reviewers: true },
    })

  it('takes the picture of what its scope holds and asks the reviewers of the first stage', async () => {
    const { id } = await launchingCampaign(registry)
    await runLaunchJob(registry)
    expect(await campaignOf(id)).toMatchObject({
      state: 'running',
      stage: 1,
      items: 3,
      itemsReady: 3,
      trouble: null,
      stages: [{ number: 1, dueOn: new Date('2026-11-15'), endsAt: new Date('2026-11-16T00:00:00Z') }],
    })
    const items = await itemsOf(id)
    expect(items.map(({ subjectSlug }) => subjectSlug)).toEqual(estate.bindings.map(({ slug }) => slug))
    expect(items[0]).toMatchObject({
      state: 'open',
      stage: 1,
      standing: 'new',
      accountableId: estate.people.ben.id,
      teamId: estate.teams.cloud.id,
      agentSlug: estate.bindings[0]?.agent.slug,
      toolSlug: estate.tool.slug,
      reviewers: [{ personId: estate.people.ana.id, dueAt: new Date('2026-11-16T00:00:00Z') }],
    })
    for (const { picture } of items) expect(accessPictureSchema.strict().parse(picture)).toEqual(picture)
    expect(await registry.eventsOf(id)).toMatchObject([
      { action: 'campaigns.launched', after: { items: 3, reviewers: 1 } },
    ])
  })
})
