import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { dayMs } from '@/lib/gaps/wording'
import { refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { asPerson, runningCampaign, type SmallEstate, smallEstate, type TestCampaign } from '../testing'
import { reviewerSignals } from './signals-store'

describe('reviewing', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  let campaign: TestCampaign
  let ana: Actor
  let cara: Actor
  beforeAll(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry, 4)
    ana = asPerson(estate.people.ana)
    cara = asPerson(estate.people.cara)
  })
  afterAll(() => registry.drop())

  /** A campaign of its own for each test: cara is asked beside ana about the first item, which is of high risk. */
  beforeEach(async () => {
    await registry.database.prisma.campaign.updateMany({ data: { state: 'stopped', endedAt: registry.now() } })
    campaign = await runningCampaign(registry, estate, {
      definition: {
        stages: [
          {
            name: 'Owners',
            reviewers: { by: 'layer_lead' },
            fallbacks: [{ by: 'team', team: estate.teams.risk.slug }],
            duration: 'P14D',
            escalation: [],
            takes: ['certify', 'no_response'],
          },
        ],
      },
      item: (index) =>
        index === 0
          ? {
              risk: 'high',
              reviewers: [{ id: estate.people.ana.id }, { id: estate.people.cara.id, because: 'manager' }],
            }
          : {},
    })
    registry.become(ana)
  })

  const item = (index: number) => String(campaign.items[index]?.id)
  const run: TestRegistry['run'] = (useCase, input) => registry.run(useCase, input)
  const list = (input: Parameters<typeof listOf>[0] = {}) => listOf(input)
  const listOf = (input: { state?: 'open' | 'deferred' | 'answered'; q?: string; limit?: number; cursor?: string }) =>
    run(useCases['reviews.list'], input)
  const certify = (...indexes: number[]) =>
    run(useCases['reviews.decide'], {
      decisions: indexes.map((index) => ({ item: item(index), verdict: 'certify' as const, comment: 'Still needed' })),
    })
  const rowsOf = (index: number) =>
    registry.database.prisma.itemReviewer.findMany({ where: { itemId: item(index) }, orderBy: { addedAt: 'asc' } })

  it('shows what a decision needs on one line, in pages by key', async () => {
    const first = await list({ limit: 3 })
    expect(first.rows).toHaveLength(3)
    const rest = await list({ limit: 3, cursor: String(first.next) })
    expect(rest.next).toBeNull()
    expect([...first.rows, ...rest.rows].map(({ id }) => id).sort()).toEqual(campaign.items.map(({ id }) => id).sort())
    expect(first.rows[0]).toMatchObject({
      group: { key: estate.tool.slug, title: estate.tool.name, count: 4 },
      campaign: { slug: campaign.slug },
      standing: 'new',
      risk: 'high',
      needsComment: true,
      peers: { alike: 3, holding: 3 },
      lastUsedAt: null,
      asked: { because: 'layer_lead', overdue: false, for: null },
      decision: null,
    })
    expect(first.rows[0]?.recommendation.reasons.length).toBeGreaterThan(0)
    expect((await list({ q: 'bot-2' })).rows).toHaveLength(1)
  })

  it('says how many wait, and nothing to those who are not asked', async () => {
    await certify(1)
    expect(await run(useCases['reviews.counts'], {})).toMatchObject({
      person: { name: 'ana' },
      open: 3,
      answered: 1,
      overdue: 0,
      campaigns: [{ slug: campaign.slug, dueOn: campaign.dueOn, open: 3, stage: { number: 1, of: 1, name: 'Owners' } }],
    })
    registry.become(asPerson(estate.people.eve))
    expect((await list()).rows).toEqual([])
    expect(await run(useCases['reviews.counts'], {})).toMatchObject({ open: 0, campaigns: [] })
  })

  it('takes an answer for everybody who was asked, with what was seen, in one event', async () => {
    const { batch, decided, open } = await run(useCases['reviews.decide'], {
      decisions: [{ item: item(0), verdict: 'certify', comment: 'Still needed', lookedMs: 4000 }],
    })
    expect({ decided, open }).toEqual({ decided: 1, open: 3 })
    const stored = await registry.database.prisma.reviewDecision.findFirstOrThrow({ where: { batchId: batch } })
    expect(stored).toMatchObject({ verdict: 'certify', personName: 'ana', lookedMs: 4000, batchSize: 1 })
    expect(stored.seen).toMatchObject({ recommendation: { verdict: expect.any(String) }, later: expect.any(Array) })
    expect((await rowsOf(0)).map(({ state }) => state)).toEqual(['answered', 'answered'])
    const { rows } = await list({ state: 'answered' })
    expect(rows[0]).toMatchObject({
      id: item(0),
      outcome: 'certify',
      decision: { verdict: 'certify', by: 'ana', mine: true },
    })
    const events = await registry.eventsOf(campaign.id)
    expect(events.filter(({ action }) => action === 'reviews.decide')).toHaveLength(1)
  })

  it('tells the second of two reviewers who was quicker, and when', async () => {
    registry.become(cara)
    await certify(0)
    registry.become(ana)
    const refusal = await refusalOf(certify(0))
    expect(refusal.code).toBe('conflict')
    expect(refusal.message).toMatch(/cara answered .* at 2026-11-01 09:00 UTC/)
  })

  it('lets only one of two answer who decide at the same instant', async () => {
    const decide = (actor: Actor) => {
      registry.become(actor)
      return certify(0).then(
        () => 'done',
        (error: Error) => error.message,
      )
    }
    const answers = await Promise.all([decide(ana), decide(cara)])
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
    expect(answers.find((answer) => answer !== 'done')).toMatch(/answered/)
  })

  /** Bulk is whole or not at all, and names each that cannot be. */
  it('decides nothing when one of many cannot be decided', async () => {
    const refusal = await refusalOf(
      run(useCases['reviews.decide'], {
        decisions: [
          { item: item(1), verdict: 'certify' },
          { item: item(0), verdict: 'certify' },
          { item: v7(), verdict: 'certify' },
          { item: item(1), verdict: 'revoke', comment: 'No' },
        ],
      }),
    )
    expect(refusal.fields).toEqual(['decisions[1].comment', 'decisions[2].item', 'decisions[3].item'])
    expect((await list()).rows).toHaveLength(4)
  })

  it('does not know items of somebody else, but lets them be read', async () => {
    registry.become(cara)
    expect(await refusalOf(certify(1))).toMatchObject({ code: 'not_found' })
    const detail = await run(useCases['reviews.get'], { item: item(1) })
    expect(detail).toMatchObject({ asked: null, can: { decide: 'Somebody else is asked about it.' } })
    expect(detail.reviewers.map(({ person }) => person.name)).toEqual(['ana'])
  })

  it('refuses what one answers for oneself', async () => {
    await registry.database.prisma.itemReviewer.create({
      data: {
        itemId: item(1),
        stage: 1,
        personId: estate.people.ben.id,
        campaignId: campaign.id,
        because: 'team',
        dueAt: new Date(registry.now().getTime() + dayMs),
        addedAt: registry.now(),
      },
    })
    registry.become(asPerson(estate.people.ben))
    expect(await refusalOf(certify(1))).toMatchObject({ code: 'refused', message: expect.stringContaining('yourself') })
  })

  it('reassigns to a team that is there', async () => {
    const reassign = (toTeam: string) =>
      run(useCases['reviews.decide'], {
        decisions: [{ item: item(1), verdict: 'reassign', comment: 'Theirs', toTeam }],
      })
    expect(await refusalOf(reassign('nobody'))).toMatchObject({
      code: 'invalid_input',
      fields: ['decisions[0].toTeam'],
    })
    await reassign(estate.teams.risk.slug)
    const detail = await run(useCases['reviews.get'], { item: item(1) })
    expect(detail.decisions[0]).toMatchObject({ verdict: 'reassign', toTeam: { slug: estate.teams.risk.slug } })
  })

  it('asks the fallback when an item is not theirs, and takes that back', async () => {
    const { batch, withoutReviewer } = await run(useCases['reviews.decide'], {
      decisions: [{ item: item(1), verdict: 'not_mine', comment: 'Cara knows' }],
    })
    expect(withoutReviewer).toBe(0)
    expect((await rowsOf(1)).map(({ personId, state, note }) => ({ personId, state, note }))).toEqual(
      expect.arrayContaining([
        { personId: estate.people.ana.id, state: 'passed_on', note: 'Cara knows' },
        { personId: estate.people.cara.id, state: 'open', note: 'ana says it is not theirs: Cara knows' },
      ]),
    )
    expect(await refusalOf(certify(1))).toMatchObject({
      code: 'wrong_state',
      message: expect.stringContaining('Cara knows'),
    })
    await run(useCases['reviews.undo'], { batch })
    expect((await rowsOf(1)).map(({ state }) => state).sort()).toEqual(['lapsed', 'open'])
    await certify(1)
  })

  it('asks nobody new when others are asked already', async () => {
    await run(useCases['reviews.decide'], {
      decisions: [{ item: item(0), verdict: 'not_mine', comment: 'Cara knows' }],
    })
    expect((await rowsOf(0)).map(({ state }) => state).sort()).toEqual(['open', 'passed_on'])
  })

  it('puts off once, to a day within the stage', async () => {
    const defer = (deferUntil: string) =>
      run(useCases['reviews.decide'], { decisions: [{ item: item(1), verdict: 'defer', deferUntil }] })
    expect(await refusalOf(defer('2030-01-01'))).toMatchObject({ fields: ['decisions[0].deferUntil'] })
    await defer('2026-11-05')
    expect((await list()).rows).toHaveLength(3)
    expect((await list({ state: 'deferred' })).rows).toMatchObject([{ deferredUntil: '2026-11-05T00:00:00.000Z' }])
    expect(await refusalOf(defer('2026-11-06'))).toMatchObject({ code: 'refused' })
    await certify(1)
  })

  it('takes answers back until the stage ends, for everybody who was asked', async () => {
    const { batch } = await certify(0, 1, 2)
    registry.become(cara)
    expect(await refusalOf(run(useCases['reviews.undo'], { batch }))).toMatchObject({ code: 'not_found' })
    registry.become(ana)
    expect(await run(useCases['reviews.undo'], { items: [item(2)] })).toEqual({ undone: 1 })
    expect(await run(useCases['reviews.undo'], { batch })).toEqual({ undone: 2 })
    expect((await rowsOf(0)).map(({ state }) => state)).toEqual(['open', 'open'])
    expect((await list()).rows).toHaveLength(4)
    const detail = await run(useCases['reviews.get'], { item: item(0) })
    expect(detail.decisions[0]).toMatchObject({ undoneBy: 'ana' })
    await certify(0)
  })

  it('refuses late decisions and take-backs, saying since when and by whom', async () => {
    await certify(1)
    await registry.database.prisma.campaign.update({
      where: { id: campaign.id },
      data: { state: 'stopped', endedAt: registry.now(), endedReason: 'A mistake' },
    })
    const late = await refusalOf(certify(2))
    expect(late).toMatchObject({ code: 'wrong_state' })
    expect(late.message).toMatch(/was stopped, since 2026-11-01 09:00 UTC, .*: A mistake/)
    expect(await refusalOf(run(useCases['reviews.undo'], { items: [item(1)] }))).toMatchObject({ code: 'wrong_state' })
  })

  it('refuses what comes when the stage’s time is over, whether or not anything has noticed', async () => {
    await registry.database.prisma.campaignStage.updateMany({
      where: { campaignId: campaign.id },
      data: { endsAt: registry.now() },
    })
    expect((await refusalOf(certify(2))).message).toMatch(/The time to answer .* ended at 2026-11-01 09:00 UTC/)
  })

  it('hands items to somebody else, at most twice, never to who answers for them or has left', async () => {
    const handOver = (to: { externalId: string }, ...indexes: number[]) =>
      run(useCases['reviews.handOver'], { items: indexes.map(item), to: to.externalId, reason: 'You know it' })
    const { ben, eve, dan } = estate.people
    expect(await refusalOf(handOver(ben, 1))).toMatchObject({ code: 'refused' })
    expect(await handOver(eve, 1, 2)).toEqual({ handedOver: 2 })
    expect((await list()).rows).toHaveLength(2)
    registry.become(asPerson(eve))
    expect((await list()).rows[0]?.asked).toMatchObject({ because: 'handed_over', note: 'ana: You know it' })
    await handOver(dan, 1)
    registry.become(asPerson(dan))
    expect(await refusalOf(handOver(estate.people.cara, 1))).toMatchObject({
      message: expect.stringContaining('2 times'),
    })
    registry.become(asPerson(eve))
    expect(await refusalOf(handOver(estate.people.ana, 2))).toMatchObject({ code: 'conflict' })
    registry.become(cara)
    expect(await refusalOf(handOver(dan, 2))).toMatchObject({ code: 'not_found' })
  })

  it('lets somebody stand in for a while, and says for whom they decided', async () => {
    const { ana: from, eve } = estate.people
    const days = { startsOn: '2026-11-01', endsOn: '2026-11-10' }
    const create = (input: { from?: string; to: string; startsOn?: string; endsOn?: string }) =>
      run(useCases['handovers.create'], { ...days, reason: 'Holiday', ...input })
    expect(await refusalOf(create({ to: eve.externalId, endsOn: '2027-11-10' }))).toMatchObject({ fields: ['endsOn'] })
    expect(await refusalOf(create({ from: eve.externalId, to: estate.people.dan.externalId }))).toMatchObject({
      code: 'forbidden',
    })
    const handover = await create({ to: eve.externalId })
    expect(handover).toMatchObject({ running: true, end: true })
    expect(await refusalOf(create({ to: estate.people.dan.externalId }))).toMatchObject({ code: 'conflict' })
    registry.become(asPerson(eve))
    expect(await refusalOf(create({ to: from.externalId }))).toMatchObject({ fields: ['to'] })
    expect((await list()).rows).toHaveLength(4)
    await certify(1)
    const detail = await run(useCases['reviews.get'], { item: item(1) })
    expect(detail.decisions[0]).toMatchObject({ by: 'eve', standsInFor: 'ana' })
    registry.wait(60)
    await run(useCases['handovers.end'], { id: handover.id })
    expect((await list()).rows).toHaveLength(0)
    expect((await run(useCases['handovers.list'], {})).rows).toEqual([])
  })

  it('tells the lead how decisions were made', async () => {
    await certify(0, 1, 2)
    expect(await reviewerSignals(registry.database, campaign.id)).toEqual([
      expect.objectContaining({ name: 'ana', decided: 3, medianLookedMs: null, bulkShare: 0, certifyShare: 1 }),
    ])
  })
})
