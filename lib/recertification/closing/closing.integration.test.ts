import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { gapsAreRight } from '@/lib/gaps/reevaluate'
import { cellsAreRight } from '@/lib/ownership/store'
import { refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { type SmallEstate, smallEstate } from '../testing'
import { closeWhole, closingCampaign, decideAll, evaluateNow, type Verdict } from './testing'

/** Closing applies what was decided, all of it and once, with everything that follows. */
let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
})
afterAll(() => registry.drop())

const dayMs = 86_400_000
const bindingOf = (id: string) => registry.database.prisma.binding.findUniqueOrThrow({ where: { id } })
const itemsOf = (campaignId: string) =>
  registry.database.prisma.reviewItem.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
const openGaps = async (rule: string, subjectId: string) =>
  await registry.database.prisma.gap.count({ where: { rule, subjectId, state: { not: 'resolved' } } })

async function expectRight() {
  expect(await gapsAreRight(registry.database, registry.now())).toBe(true)
  expect(await cellsAreRight(registry.database, registry.now())).toBe(true)
}

describe('a campaign about access', () => {
  let estate: SmallEstate
  const at = (index: number) => {
    const binding = estate.bindings[index]
    if (!binding) throw new Error(`There is no binding ${index}`)
    return binding
  }
  beforeEach(async () => {
    estate = await smallEstate(registry, 4)
    await evaluateNow(registry.database, registry.now())
  })
  const close = async (verdicts: readonly Verdict[], batch?: number) => {
    const campaign = await closingCampaign(registry, estate, verdicts)
    registry.wait(3600)
    await closeWhole(registry, campaign.id, batch)
    return campaign
  }

  it('certifies as of the decision, and closes the gap', async () => {
    const decidedAt = registry.now()
    expect(await openGaps('recertification-overdue', at(0).id)).toBe(1)
    const campaign = await close(estate.bindings.map(() => ({ outcome: 'certify' })))
    expect(await bindingOf(at(0).id)).toMatchObject({
      certifiedAt: decidedAt,
      certifiedBy: 'ana',
      certifiedItemId: campaign.items[0]?.id,
      state: 'active',
    })
    expect(await openGaps('recertification-overdue', at(0).id)).toBe(0)
    const closed = await registry.database.prisma.campaign.findUniqueOrThrow({ where: { id: campaign.id } })
    expect(closed).toMatchObject({ state: 'closed', itemsApplied: 4, endedAt: registry.now(), trouble: null })
    await expectRight()
  })

  it('keeps a loss that came after the decision, and forgets one from before it', async () => {
    const { prisma } = registry.database
    const lost = (id: string, by: number) =>
      prisma.binding.update({
        where: { id },
        data: { certificationLostAt: new Date(registry.now().getTime() + by), unansweredAt: registry.now() },
      })
    await lost(at(0).id, -1000)
    await lost(at(1).id, 1000)
    await close(estate.bindings.map(() => ({ outcome: 'certify' })))
    expect(await bindingOf(at(0).id)).toMatchObject({ certificationLostAt: null, unansweredAt: null })
    expect((await bindingOf(at(1).id)).certificationLostAt).not.toBeNull()
    expect(await openGaps('recertification-overdue', at(1).id)).toBe(1)
    await expectRight()
  })

  it('revokes for good, with a remediation for the owner of enforcement, due by the risk', async () => {
    const campaign = await close([{ outcome: 'revoke', comment: 'Not used' }])
    const binding = await bindingOf(at(0).id)
    const dueAt = new Date('2026-11-16T00:00:00Z')
    expect(binding).toMatchObject({ state: 'revoked', editedFields: ['state'], version: 2, remediationDueAt: dueAt })
    const remediation = await registry.database.prisma.remediation.findUniqueOrThrow({
      where: { itemId: String(campaign.items[0]?.id) },
      include: { events: true },
    })
    expect(remediation).toMatchObject({
      state: 'open',
      dueAt,
      teamId: estate.teams.cloud.id,
      assigneeId: estate.people.ben.id,
      bindingSlug: at(0).slug,
      events: [{ fromState: null, toState: 'open', source: 'campaign', note: 'Revoked by ana: Not used' }],
    })
    await expectRight()
  })

  it('asks the other team to take the entitlement over', async () => {
    const { risk } = estate.teams
    await close([{ outcome: 'reassign', toTeamId: risk.id, comment: 'Theirs' }])
    const [named] = await registry.database.prisma.assignment.findMany({ where: { bindingId: at(0).id } })
    expect(named).toMatchObject({ layer: 'entitlement', teamId: risk.id, state: 'proposed', personId: null })
    expect(named?.reason).toBe('Reassigned in the campaign “Quarterly access review” by ana: Theirs')
    const owners = await registry.database.prisma.effectiveOwner.findMany({ where: { bindingId: at(0).id } })
    expect(owners.find(({ layer }) => layer === 'entitlement')).toMatchObject({
      teamId: risk.id,
      status: 'unconfirmed',
    })
    await expectRight()
  })

  it('leaves a gap where nobody answered, until somebody does', async () => {
    await close([{ outcome: 'no_response' }])
    expect(await bindingOf(at(0).id)).toMatchObject({
      unansweredAt: registry.now(),
      unansweredIn: 'Quarterly access review',
    })
    expect(await openGaps('review-unanswered', at(0).id)).toBe(1)
    await expectRight()
    registry.wait(3600)
    await close([{ outcome: 'certify' }])
    expect(await openGaps('review-unanswered', at(0).id)).toBe(0)
    await expectRight()
  })

  it('says what could not be applied because something changed meanwhile, and applies the rest', async () => {
    const { prisma } = registry.database
    const { risk } = estate.teams
    const campaign = await closingCampaign(registry, estate, [
      { outcome: 'revoke' },
      { outcome: 'certify' },
      { outcome: 'reassign', toTeamId: risk.id },
      { outcome: 'certify' },
    ])
    registry.wait(3600)
    await registry.run(useCases['bindings.transition'], {
      binding: at(0).id,
      version: 1,
      to: 'revoked',
      reason: 'By hand',
    })
    await prisma.binding.update({ where: { id: at(1).id }, data: { activeSince: registry.now() } })
    await prisma.team.update({ where: { id: risk.id }, data: { status: 'dissolved' } })
    await closeWhole(registry, campaign.id)
    expect((await itemsOf(campaign.id)).map(({ notApplied }) => notApplied)).toEqual([
      'It had been revoked already.',
      'It was granted anew on 2026-11-01, after the decision.',
      expect.stringMatching(/^risk .* was dissolved meanwhile\.$/),
      null,
    ])
    expect(await prisma.remediation.count({ where: { campaignId: campaign.id } })).toBe(0)
    expect((await bindingOf(at(3).id)).certifiedBy).toBe('ana')
  })

  it('writes one event for each batch, naming every item, and never applies twice', async () => {
    const campaign = await close(
      [{ outcome: 'certify' }, { outcome: 'revoke' }, { outcome: 'certify' }, { outcome: 'no_response' }],
      2,
    )
    const events = (await registry.eventsOf(campaign.id)).map(({ action, after }) => ({ action, after }))
    expect(events).toEqual([
      { action: 'campaigns.apply', after: { applied: 2, certified: [at(0).slug, at(2).slug] } },
      { action: 'campaigns.apply', after: { applied: 2, revoked: [at(1).slug], unanswered: [at(3).slug] } },
      { action: 'campaigns.apply', after: { applied: 0, state: 'closed' } },
    ])
    expect((await refusalOf(closeWhole(registry, campaign.id))).code).toBe('wrong_state')
    await expectRight()
  })

  it('is as right under an exception as without', async () => {
    const gap = { rule: 'recertification-overdue', subjectType: 'binding' as const, subjectId: at(0).id }
    await registry.database.prisma.gapException.create({
      data: {
        ...gap,
        id: v7(),
        subject: at(0).slug,
        reason: 'For the test',
        state: 'approved',
        askedBy: 'ana',
        decidedBy: 'dan',
        expires: new Date(registry.now().getTime() - dayMs),
        createdAt: registry.now(),
      },
    })
    await evaluateNow(registry.database, registry.now())
    expect(await openGaps('exception-expired', at(0).id)).toBe(1)
    await close([{ outcome: 'certify' }])
    expect(await openGaps('exception-expired', at(0).id)).toBe(0)
    await expectRight()
  })
})

describe('a campaign about ownership', () => {
  it('certifies, hands on, ends and leaves unanswered', async () => {
    const estate = await smallEstate(registry, 1)
    const { prisma } = registry.database
    const { risk } = estate.teams
    const [{ agent } = { agent: { id: '', slug: '' } }] = estate.bindings
    const owned = await prisma.assignment.findMany({ where: { agentId: agent.id }, orderBy: { layer: 'asc' } })
    const campaign = { id: v7(), items: owned.map(({ id, layer }) => ({ id: v7(), assignmentId: id, layer })) }
    await campaignOf(campaign, agent)
    await decideAll(
      registry,
      campaign,
      [
        { outcome: 'certify' },
        { outcome: 'reassign', toTeamId: risk.id, toPersonId: estate.people.cara.id },
        { outcome: 'revoke' },
        { outcome: 'no_response' },
        { outcome: 'certify' },
      ],
      estate.people.ana,
    )
    registry.wait(3600)
    // Somebody hands it on while the campaign waits to be applied.
    await registry.run(useCases['assignments.end'], { id: String(owned[4]?.id), reason: 'By hand' })
    await closeWhole(registry, campaign.id)

    const standing = async (index: number) =>
      await prisma.assignment.findUniqueOrThrow({ where: { id: String(owned[index]?.id) } })
    expect(await standing(0)).toMatchObject({
      state: 'accepted',
      certifiedBy: 'ana',
      certifiedItemId: campaign.items[0]?.id,
    })
    expect(await standing(1)).toMatchObject({ state: 'ended' })
    const named = await prisma.assignment.findFirstOrThrow({ where: { replacesId: String(owned[1]?.id) } })
    expect(named).toMatchObject({ state: 'proposed', teamId: risk.id, personId: estate.people.cara.id })
    expect(await standing(2)).toMatchObject({ state: 'ended', validTo: registry.now() })
    expect(await standing(3)).toMatchObject({ state: 'accepted', unansweredAt: registry.now() })
    expect(await openGaps('review-unanswered', String(owned[3]?.id))).toBe(1)
    expect((await itemsOf(campaign.id)).map(({ notApplied }) => notApplied)).toEqual([
      null,
      null,
      null,
      null,
      'It was ended or replaced meanwhile.',
    ])
    await expectRight()
  })

  async function campaignOf(
    campaign: { id: string; items: readonly { id: string; assignmentId: string; layer: string }[] },
    agent: { slug: string },
  ) {
    const now = registry.now()
    await registry.database.prisma.campaign.create({
      data: {
        ...{ id: campaign.id, slug: campaign.id, name: 'Owners', kind: 'ownership', state: 'running', stage: 1 },
        ...{ ownerName: 'dan', createdAt: now, createdBy: 'dan', updatedAt: now, items: campaign.items.length },
        definition: {
          kind: 'ownership',
          stages: [{ name: 'Owners', reviewers: { by: 'layer_lead' }, duration: 'P14D' }],
        },
      },
    })
    await registry.database.prisma.reviewItem.createMany({
      data: campaign.items.map(({ id, assignmentId, layer }) => ({
        ...{ id, campaignId: campaign.id, assignmentId, layer, subjectSlug: `${layer}:agent:${agent.slug}` },
        ...{
          risk: 'medium' as const,
          state: 'answered' as const,
          outcome: 'certify' as const,
          standing: 'new' as const,
        },
        picture: {},
      })),
    })
  }
})
