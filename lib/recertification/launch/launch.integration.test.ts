import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { layerIds } from '@/lib/layers'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { accessPictureSchema, ownershipPictureSchema } from '../picture'
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

  /** Whatever way the pictures are put together: what is kept is this. */
  it('keeps of access all that is known at that moment, to the letter', async () => {
    const { prisma } = registry.database
    const [first, second] = estate.bindings
    const { people, teams, tool } = estate
    const odd = 'Says "no" \\ twice\n\u2028 and ünï\u0001'
    const made = { source: 'person', createdAt: registry.now(), updatedAt: registry.now() }
    const point = { id: v7(), slug: 'point-one', name: odd, kind: 'gateway' as const }
    await prisma.enforcementPoint.create({ data: { ...point, ...made } })
    const step = { bindingId: first?.id ?? '', pointId: point.id, position: 1, mode: 'enforces' as const }
    await prisma.pathStep.create({ data: step })
    const whose = { where: { id: second?.agent.id ?? '' } }
    await prisma.agent.update({ ...whose, data: { name: odd, purpose: odd, sponsorId: null } })
    const { id } = await launchingCampaign(registry)
    await runLaunchJob(registry)

    const ben = { slug: people.ben.externalId, name: people.ben.name }
    const select = { slug: true, name: true }
    const cloud = await prisma.team.findUniqueOrThrow({ where: { id: teams.cloud.id }, select })
    const expected = (agent: { slug: string; name: string } | undefined, facts: object) => ({
      facts: {
        ...{ tool: { slug: tool.slug, name: tool.name }, environment: 'production', autonomy: 'supervised' },
        ...{ classification: 'internal', independentPrivileges: 'unknown', risk: 'medium' },
        ...{ intent: 'Look up the claimant', actions: ['read'], decisionMode: 'static', credentialType: 'long_lived' },
        ...{ credentialLifetimeSeconds: null, boundary: null },
        owners: layerIds.map((layer) => ({ layer, status: 'owned', team: cloud, person: ben })),
        agent: { slug: agent?.slug, name: agent?.name },
        ...facts,
      },
      seen: {
        ...{ lastUsedAt: null, certifiedAt: null, certifiedBy: null, gapCount: 3 },
        gaps: ['duties-concentrated', 'monitoring-blind', 'recertification-overdue'].map((rule) => ({
          rule,
          severity: 'medium',
        })),
      },
    })
    const path = [{ point: 'point-one', mode: 'enforces' }]
    expect((await itemsOf(id)).slice(0, 2).map(({ picture }) => picture)).toEqual([
      expected(first?.agent, { purpose: '', sponsor: ben, path }),
      expected(second && { ...second.agent, name: odd }, { purpose: odd, sponsor: null, path: [] }),
    ])
  })

  it('takes pictures of assignments, with how many bindings each supplies an owner to', async () => {
    const { id } = await launchingCampaign(registry, {
      definition: { kind: 'ownership', scope: { layer: ['privilege'] } },
    })
    await runLaunchJob(registry)
    const items = await itemsOf(id)
    expect(items).toHaveLength(3)
    for (const { picture } of items) expect(ownershipPictureSchema.strict().parse(picture)).toEqual(picture)
    expect(items[0]).toMatchObject({
      subjectSlug: `privilege:agent:${estate.bindings[0]?.agent.slug}`,
      layer: 'privilege',
      risk: 'medium',
      accountableId: estate.people.ben.id,
      teamId: estate.teams.cloud.id,
      picture: { seen: { bindings: 1 } },
      reviewers: [{ personId: estate.people.ana.id }],
    })
  })

  /** What is certified again unchanged says so, what moved since says that, and an import leaves nothing to compare. */
  it('says how each item stands against what was certified last', async () => {
    const { prisma } = registry.database
    const first = await launchingCampaign(registry)
    await runLaunchJob(registry)
    const [kept, moved, imported] = await itemsOf(first.id)
    const certified = { certifiedAt: registry.now(), certifiedBy: 'ana' }
    for (const item of [kept, moved])
      await prisma.binding.update({
        where: { id: item?.bindingId ?? '' },
        data: { ...certified, certifiedItemId: item?.id ?? null },
      })
    await prisma.binding.update({ where: { id: moved?.bindingId ?? '' }, data: { actions: ['read', 'write'] } })
    await prisma.binding.update({ where: { id: imported?.bindingId ?? '' }, data: certified })
    const second = await launchingCampaign(registry)
    await runLaunchJob(registry)
    const items = await itemsOf(second.id)
    expect(items.map(({ standing }) => standing)).toEqual(['unchanged', 'changed', 'unknown'])
    expect(items.map(({ previousItemId }) => previousItemId)).toEqual([kept?.id, moved?.id, null])
  })

  it('gives a campaign back that has nothing to ask about', async () => {
    const { id } = await launchingCampaign(registry, { definition: { scope: { environment: ['moon'] } } })
    await runLaunchJob(registry)
    expect(await campaignOf(id)).toMatchObject({ state: 'draft', items: 0, picturedAt: null, stages: [] })
    expect((await campaignOf(id)).trouble).toMatch(/Nothing matched/)
    expect(await registry.eventsOf(id)).toMatchObject([{ action: 'campaigns.giveUp', before: { state: 'launching' } }])
  })

  it('starts a scheduled campaign when its time has come, and once', async () => {
    const startsAt = new Date(registry.now().getTime() + 3_600_000)
    const { id } = await launchingCampaign(registry, { state: 'scheduled', startsAt })
    await runLaunchJob(registry)
    expect(await campaignOf(id)).toMatchObject({ state: 'scheduled' })
    registry.wait(3_600)
    await Promise.all([runLaunchJob(registry), runLaunchJob(registry)])
    await runLaunchJob(registry)
    expect(await campaignOf(id)).toMatchObject({ state: 'running', items: 3, itemsReady: 3 })
    expect((await registry.eventsOf(id)).map(({ action }) => action)).toEqual(['campaigns.begin', 'campaigns.launched'])
  })

  it('runs with items that nobody reviews, and counts them', async () => {
    const reviewers = { by: 'team', team: 'nowhere' }
    const { id } = await launchingCampaign(registry, {
      definition: { stages: [{ name: 'Owners', reviewers, duration: 'P14D' }] },
    })
    await runLaunchJob(registry)
    expect(await campaignOf(id)).toMatchObject({ state: 'running' })
    expect((await itemsOf(id)).map(({ reviewers: asked }) => asked)).toEqual([[], [], []])
    expect(await registry.eventsOf(id)).toMatchObject([{ after: { items: 3, reviewers: 0, withoutReviewer: 3 } }])
  })

  /** A reiteration is about what nobody answered, and asks those who did not; who left is replaced by the fallback. */
  it('asks again about what was left unanswered, those who left it so', async () => {
    const { prisma } = registry.database
    const { ana, cara } = estate.people
    const parent = await launchingCampaign(registry)
    await runLaunchJob(registry)
    const [answered, silent] = await itemsOf(parent.id)
    await prisma.reviewItem.updateMany({
      where: { campaignId: parent.id },
      data: { state: 'settled', outcome: 'no_response' },
    })
    await prisma.reviewItem.update({ where: { id: answered?.id ?? '' }, data: { outcome: 'certify' } })
    await prisma.itemReviewer.updateMany({ where: { campaignId: parent.id }, data: { state: 'lapsed' } })
    const again = {
      trigger: 'reiteration' as const,
      parentId: parent.id,
      definition: {
        stages: [{ name: 'Owners', reviewers: { by: 'team', team: estate.teams.risk.slug }, duration: 'P14D' }],
      },
    }
    const second = await launchingCampaign(registry, again)
    await runLaunchJob(registry)
    const items = await itemsOf(second.id)
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({
      bindingId: silent?.bindingId,
      reviewers: [{ personId: ana.id, because: 'named', isFallback: false }],
    })
    await prisma.person.update({ where: { id: ana.id }, data: { status: 'left' } })
    const third = await launchingCampaign(registry, again)
    await runLaunchJob(registry)
    expect((await itemsOf(third.id))[0]).toMatchObject({
      reviewers: [{ personId: cara.id, because: 'team', isFallback: true }],
    })
  })

  it('ends the stage when its day has ended for the last of the reviewers', async () => {
    const { ana } = estate.people
    await registry.database.prisma.person.update({ where: { id: ana.id }, data: { timeZone: 'America/Los_Angeles' } })
    const { id } = await launchingCampaign(registry)
    await runLaunchJob(registry)
    expect((await campaignOf(id)).stages).toMatchObject([
      { dueOn: new Date('2026-11-15'), endsAt: new Date('2026-11-16T08:00:00Z') },
    ])
  })
})
