import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dayMs } from '@/lib/gaps/wording'
import { advanceCampaignsJob } from '@/lib/jobs/advance-campaigns'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { getCampaign } from '../campaign-store'
import { closeCampaign } from '../closing/close-campaign'
import type { Definition } from '../model'
import { asPerson, runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from '../testing'
import { advanceCampaign } from './advance'

let registry: TestRegistry
let estate: SmallEstate
beforeEach(async () => {
  registry = await testRegistry()
  estate = await smallEstate(registry, 4)
})
afterEach(() => registry.drop())

const stage = (more: Partial<Definition['stages'][number]> = {}): Definition['stages'][number] => ({
  ...{ name: 'Owners', reviewers: { by: 'layer_lead' as const }, fallbacks: [], duration: 'P14D', escalation: [] },
  takes: ['certify', 'no_response'],
  ...more,
})

const launch = (definition: Partial<Definition> = {}) =>
  runningCampaign(registry, estate, { definition: { stages: [stage()], ...definition } })

const advancing = () => ({ database: registry.database, requestId: 'test', clock: registry.now })
const closeDue = () => advanceCampaignsJob.handle({ database: registry.database, now: registry.now(), runId: 'test' })
const later = (days: number) => registry.wait((days * dayMs) / 1000)
const lead = () => registry.become(actorWith('governance_lead'))
const at = (campaign: TestCampaign, index: number) => String(campaign.items[index]?.id)

async function decide(campaign: TestCampaign, verdicts: readonly ('certify' | 'revoke')[]) {
  registry.become(asPerson(estate.people.ana))
  await registry.run(useCases['reviews.decide'], {
    decisions: verdicts.map((verdict, index) => ({ item: at(campaign, index), verdict, comment: 'As seen' })),
  })
}

async function standing(campaign: TestCampaign) {
  const { prisma } = registry.database
  const [row, items, open] = await Promise.all([
    prisma.campaign.findUniqueOrThrow({ where: { id: campaign.id }, include: { stages: true } }),
    prisma.reviewItem.findMany({ where: { campaignId: campaign.id }, orderBy: { id: 'asc' } }),
    prisma.itemReviewer.findMany({ where: { campaignId: campaign.id, state: 'open' } }),
  ])
  const byId = new Map(items.map((item) => [item.id, item]))
  return {
    ...{ state: row.state, stage: row.stage, stages: row.stages, challengeEndsAt: row.challengeEndsAt },
    items: campaign.items.map(({ id }) => {
      const item = byId.get(id)
      return `${item?.state} ${item?.outcome ?? '-'} ${item?.stage}`
    }),
    asked: (index: number) =>
      open.filter(({ itemId }) => itemId === at(campaign, index)).map(({ personId }) => personId),
  }
}

const eventsOf = async (campaign: TestCampaign, action: string) =>
  (await registry.eventsOf(campaign.id)).filter((event) => event.action === action).length

describe('time', () => {
  it('settles and applies a campaign when its last stage is over, each step once with two instances at it', async () => {
    const campaign = await launch()
    await decide(campaign, ['certify', 'revoke'])
    await advanceCampaign(campaign.id, advancing())
    expect((await standing(campaign)).state).toBe('running')
    later(15)
    await Promise.all([1, 2, 3].map(() => advanceCampaign(campaign.id, advancing())))
    const over = await standing(campaign)
    expect(over).toMatchObject({ state: 'closing', challengeEndsAt: null })
    expect(over.items).toEqual([
      'settled certify 1',
      'settled revoke 1',
      'settled no_response 1',
      'settled no_response 1',
    ])
    expect(over.asked(2)).toEqual([])
    expect(await eventsOf(campaign, 'campaigns.stageDue')).toBe(1)
    await closeCampaign(campaign.id, { ...advancing(), isLate: () => false })
    expect((await standing(campaign)).state).toBe('closed')
    const revoked = await registry.database.prisma.binding.findMany({ where: { state: 'revoked' } })
    expect(revoked.map(({ id }) => id)).toEqual([estate.bindings[1]?.id])
  })

  it('extends once for silence, then leaves a gap', async () => {
    const campaign = await launch({ nonResponse: 'extend_once' })
    later(15)
    await advanceCampaign(campaign.id, advancing())
    const extended = await standing(campaign)
    expect(extended).toMatchObject({ state: 'running', stages: [{ extended: true }] })
    later(15)
    await advanceCampaign(campaign.id, advancing())
    expect((await standing(campaign)).items).toEqual(Array.from({ length: 4 }, () => 'settled no_response 1'))
  })

  it('revokes silence where the policy says so, as a decision that nobody made', async () => {
    const campaign = await launch({ nonResponse: 'revoke', stages: [stage(), stage({ takes: ['certify'] })] })
    later(15)
    await advanceCampaign(campaign.id, advancing())
    expect((await standing(campaign)).items).toEqual(Array.from({ length: 4 }, () => 'settled revoke 1'))
    const decisions = await registry.database.prisma.reviewDecision.findMany({ where: { campaignId: campaign.id } })
    expect(decisions).toHaveLength(4)
    expect(decisions[0]).toMatchObject({ personId: null, personName: 'Non-response policy', verdict: 'revoke' })
  })

  it('takes what was certified, and what nobody answered, on to the next stage and its reviewers', async () => {
    const risk = { by: 'team' as const, team: estate.teams.risk.slug }
    const campaign = await launch({ stages: [stage(), stage({ name: 'Risk', reviewers: risk, duration: 'P7D' })] })
    await decide(campaign, ['certify', 'revoke'])
    later(15)
    await advanceCampaign(campaign.id, advancing())
    const second = await standing(campaign)
    expect(second).toMatchObject({ state: 'running', stage: 2 })
    expect(second.items).toEqual(['open - 2', 'settled revoke 1', 'open - 2', 'open - 2'])
    expect(second.asked(0)).toEqual([estate.people.cara.id])
    later(8)
    await advanceCampaign(campaign.id, advancing())
    expect(await standing(campaign)).toMatchObject({ state: 'closing', stage: 2 })
  })

  it('passes on what leavers had, by the fallbacks', async () => {
    const campaign = await launch({ stages: [stage({ fallbacks: [{ by: 'team', team: estate.teams.risk.slug }] })] })
    await registry.database.prisma.person.update({ where: { id: estate.people.ana.id }, data: { status: 'left' } })
    await Promise.all([1, 2].map(() => advanceCampaign(campaign.id, advancing())))
    expect((await standing(campaign)).asked(3)).toEqual([estate.people.cara.id])
    expect(await eventsOf(campaign, 'campaigns.passOn')).toBe(1)
  })

  it('escalates on the day, once for each step, also when the clock jumps over both', async () => {
    const manager = { by: 'manager' as const }
    const risk = { by: 'person' as const, person: estate.people.eve.externalId }
    const campaign = await launch({
      stages: [
        stage({
          escalation: [
            { after: 'P5D', action: 'add', to: risk },
            { after: 'P8D', action: 'hand_to', to: { by: 'team', team: estate.teams.risk.slug } },
          ],
          fallbacks: [manager],
        }),
      ],
    })
    await decide(campaign, ['certify'])
    later(6)
    await advanceCampaign(campaign.id, advancing())
    await advanceCampaign(campaign.id, advancing())
    const added = await standing(campaign)
    expect(added.asked(1).sort()).toEqual([estate.people.ana.id, estate.people.eve.id].sort())
    expect(added.asked(0)).toEqual([])
    later(3)
    await advanceCampaign(campaign.id, advancing())
    expect((await standing(campaign)).asked(1)).toEqual([estate.people.cara.id])
    expect(await eventsOf(campaign, 'campaigns.escalate')).toBe(2)

    const { stages } = (await getCampaign(registry.database, campaign.slug)).definition
    const jumped = await launch({ stages })
    later(9)
    await advanceCampaign(jumped.id, advancing())
    expect((await standing(jumped)).asked(1)).toEqual([estate.people.cara.id])
  })
})

describe('an item that escalation hands on', () => {
  it('is left to whom it is handed to alone, also when they were asked before', async () => {
    const { ana, cara } = estate.people
    const handTo = { after: 'P5D', action: 'hand_to' as const, to: { by: 'person' as const, person: cara.externalId } }
    const campaign = await runningCampaign(registry, estate, {
      definition: { stages: [stage({ escalation: [handTo] })] },
      item: (index) => (index === 0 ? { reviewers: [{ id: ana.id }, { id: cara.id }] } : {}),
    })
    later(6)
    await advanceCampaign(campaign.id, advancing())
    const { asked } = await standing(campaign)
    expect([asked(0), asked(1)]).toEqual([[cara.id], [cara.id]])
  })

  it('stays where it is when the one it is handed to has given it back', async () => {
    const { ana, cara } = estate.people
    const handTo = { after: 'P5D', action: 'hand_to' as const, to: { by: 'person' as const, person: cara.externalId } }
    const campaign = await runningCampaign(registry, estate, {
      definition: { stages: [stage({ escalation: [handTo] })] },
      item: () => ({ reviewers: [{ id: ana.id }, { id: cara.id }] }),
    })
    registry.become(asPerson(cara))
    await registry.run(useCases['reviews.decide'], {
      decisions: [{ item: at(campaign, 0), verdict: 'not_mine', comment: 'Not my desk' }],
    })
    later(6)
    await advanceCampaign(campaign.id, advancing())
    const { asked } = await standing(campaign)
    expect([asked(0), asked(1)]).toEqual([[ana.id], [cara.id]])
  })
})

describe('challenges', () => {
  it('holds a revocation back while somebody affected contests it, and lets the lead decide', async () => {
    const campaign = await launch({ challengePeriod: 'P7D' })
    await decide(campaign, ['revoke', 'revoke'])
    later(15)
    await advanceCampaign(campaign.id, advancing())
    expect((await standing(campaign)).state).toBe('settled')

    registry.become(asPerson(estate.people.eve))
    const stranger = registry.run(useCases['reviews.contest'], { item: at(campaign, 0), reason: 'I need it' })
    expect(await refusalOf(stranger)).toMatchObject({ code: 'not_found' })
    registry.become(asPerson(estate.people.ben))
    const { id } = await registry.run(useCases['reviews.contest'], {
      item: at(campaign, 0),
      reason: 'Claims stop without it',
    })
    later(8)
    await closeDue()
    expect((await standing(campaign)).state).toBe('settled')

    lead()
    const early = registry.run(useCases['campaigns.close'], { slug: campaign.slug })
    expect(await refusalOf(early)).toMatchObject({ code: 'refused', message: expect.stringContaining('contested') })
    const decided = { id, decision: 'overturned' as const, note: 'It is needed until March' }
    await registry.run(useCases['challenges.decide'], decided)
    expect(await refusalOf(registry.run(useCases['challenges.decide'], decided))).toMatchObject({ code: 'wrong_state' })
    await Promise.all([closeDue(), closeDue()])
    const over = await standing(campaign)
    expect(over.state).toBe('closing')
    expect(over.items.slice(0, 2)).toEqual(['settled certify 1', 'settled revoke 1'])
    await closeCampaign(campaign.id, { ...advancing(), isLate: () => false })
    const certified = await registry.database.prisma.binding.findUniqueOrThrow({
      where: { id: estate.bindings[0]?.id ?? '' },
    })
    expect(certified.state).toBe('active')
  })
})

describe('a lead', () => {
  it('is shown exactly what ending the stage does', async () => {
    const campaign = await launch({ challengePeriod: 'P7D' })
    await decide(campaign, ['certify', 'revoke'])
    lead()
    const preview = await registry.run(useCases['campaigns.endPreview'], { slug: campaign.slug, act: 'end_stage' })
    expect(preview).toMatchObject({ can: true, leadsTo: 'settled', challengeUntil: '2026-11-08' })
    expect(preview.fates.map(({ fate, items, unanswered }) => [fate, items, unanswered])).toEqual([
      ['certify', 1, 0],
      ['revoke', 1, 0],
      ['no_response', 2, 2],
    ])
    const { state } = await registry.run(useCases['campaigns.endStage'], { slug: campaign.slug })
    expect(state).toBe(preview.leadsTo)
    const { contestableUntil } = await registry.run(useCases['campaigns.get'], { slug: campaign.slug })
    expect(contestableUntil).toBe(preview.challengeUntil)
    const again = registry.run(useCases['campaigns.endStage'], { slug: campaign.slug })
    expect(await refusalOf(again)).toMatchObject({ code: 'wrong_state' })
  })

  it('gives more time, to each reviewer until midnight where they are', async () => {
    const campaign = await launch()
    const { ana } = estate.people
    await registry.database.prisma.person.update({ where: { id: ana.id }, data: { timeZone: 'America/New_York' } })
    lead()
    const past = registry.run(useCases['campaigns.extend'], {
      slug: campaign.slug,
      dueOn: '2026-11-01',
      reason: 'Too late',
    })
    expect(await refusalOf(past)).toMatchObject({ code: 'invalid_input', fields: ['dueOn'] })
    await registry.run(useCases['campaigns.extend'], {
      slug: campaign.slug,
      dueOn: '2026-11-30',
      reason: 'A long weekend',
    })
    const row = await registry.database.prisma.itemReviewer.findFirstOrThrow({ where: { campaignId: campaign.id } })
    expect(row.dueAt.toISOString()).toBe('2026-12-01T05:00:00.000Z')
    expect((await standing(campaign)).stages[0]?.endsAt.toISOString()).toBe('2026-12-01T05:00:00.000Z')
  })

  it('sends back a sample, and the first answers stay on record', async () => {
    const campaign = await launch()
    await decide(campaign, ['certify', 'certify', 'certify', 'revoke'])
    lead()
    const sample = { size: 2, reviewer: estate.people.ana.externalId }
    const { items } = await registry.run(useCases['campaigns.sendBack'], {
      slug: campaign.slug,
      sample,
      request: 'Look at the use',
    })
    expect(items).toHaveLength(2)
    const { prisma } = registry.database
    const undone = await prisma.reviewDecision.findMany({ where: { campaignId: campaign.id, undoneAt: { not: null } } })
    expect(undone.map(({ itemId }) => itemId).sort()).toEqual(items.map(({ id }) => id).sort())
    const open = await prisma.reviewItem.findMany({ where: { campaignId: campaign.id, state: 'open' } })
    expect(open.every(({ secondLook }) => secondLook === 'Look at the use')).toBe(true)
    registry.become(asPerson(estate.people.ana))
    const decisions = items.map(({ id }) => ({ item: id, verdict: 'certify' as const, comment: 'Looked again' }))
    await registry.run(useCases['reviews.decide'], { decisions })
  })

  it('has somebody else asked, but never about what they answer for themselves', async () => {
    const campaign = await launch()
    lead()
    const { ana, ben, eve } = estate.people
    const input = { slug: campaign.slug, from: ana.externalId, reason: 'On leave' }
    const self = registry.run(useCases['campaigns.reassign'], { ...input, to: ben.externalId })
    expect(await refusalOf(self)).toMatchObject({ code: 'refused' })
    expect(await registry.run(useCases['campaigns.reassign'], { ...input, to: eve.externalId })).toEqual({
      reassigned: 4,
      kept: 0,
    })
    expect((await standing(campaign)).asked(0)).toEqual([eve.id])
  })

  it('is told when somebody else acted on the campaign meanwhile', async () => {
    const campaign = await launch()
    await decide(campaign, ['certify', 'certify'])
    lead()
    const { version } = await registry.run(useCases['campaigns.get'], { slug: campaign.slug })
    const { ana, eve } = estate.people
    const sent = { slug: campaign.slug, version, sample: { size: 1 }, request: 'Look at the use' }
    await registry.run(useCases['campaigns.sendBack'], sent)
    const again = registry.run(useCases['campaigns.sendBack'], sent)
    expect(await refusalOf(again)).toMatchObject({ code: 'stale' })
    const input = { slug: campaign.slug, from: ana.externalId, to: eve.externalId, reason: 'On leave' }
    const late = registry.run(useCases['campaigns.reassign'], { ...input, version })
    expect(await refusalOf(late)).toMatchObject({ code: 'stale' })
    expect(await registry.run(useCases['campaigns.reassign'], { ...input, version: version + 1 })).toMatchObject({
      reassigned: 3,
    })
  })

  it('stops it: nothing is applied, and late answers are refused', async () => {
    const campaign = await launch()
    await decide(campaign, ['revoke'])
    lead()
    await registry.run(useCases['campaigns.stop'], { slug: campaign.slug, reason: 'Started by mistake' })
    const stopped = await standing(campaign)
    expect(stopped.state).toBe('stopped')
    expect(stopped.items.every((item) => item.startsWith('withdrawn'))).toBe(true)
    const late = decide(campaign, ['certify'])
    expect(await refusalOf(late)).toMatchObject({
      code: 'wrong_state',
      message: expect.stringContaining('Started by mistake'),
    })
    expect(await registry.database.prisma.binding.count({ where: { state: 'revoked' } })).toBe(0)
  })

  it('asks again about what nobody answered', async () => {
    const campaign = await launch()
    await decide(campaign, ['certify', 'certify', 'certify'])
    later(15)
    await advanceCampaign(campaign.id, advancing())
    await closeCampaign(campaign.id, { ...advancing(), isLate: () => false })
    lead()
    const { slug, state } = await registry.run(useCases['campaigns.reiterate'], {
      slug: campaign.slug,
      duration: 'P5D',
    })
    expect(state).toBe('launching')
    const twice = registry.run(useCases['campaigns.reiterate'], { slug: campaign.slug })
    expect(await refusalOf(twice)).toMatchObject({ code: 'conflict' })
    const again = await registry.database.prisma.campaign.findUniqueOrThrow({ where: { slug } })
    expect(again).toMatchObject({ trigger: 'reiteration', parentId: campaign.id })
  })
})
