import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { useCases } from '@/lib/use-cases/catalog'
import { runningCampaign, type SmallEstate, smallEstate } from '../testing'

const stage = { name: 'Owners', reviewers: { by: 'layer_lead' as const }, duration: 'P14D' }
const access = { kind: 'access' as const, stages: [stage] }

describe('campaigns before they run', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  const lead = actorWith('governance_lead', { id: null, name: 'dan' })

  beforeAll(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry)
    registry.become(lead)
  })
  afterAll(() => registry.drop())

  it('are drafted under a slug of their own, and never under that of a page', async () => {
    const first = await registry.run(useCases['campaigns.create'], { name: 'New', definition: access })
    const second = await registry.run(useCases['campaigns.create'], { name: 'New', definition: access })
    expect([first.slug, second.slug]).toEqual(['new-2', 'new-3'])
    const got = await registry.run(useCases['campaigns.get'], { slug: first.slug })
    expect(got).toMatchObject({
      state: 'draft',
      kind: 'access',
      stages: 1,
      progress: { items: 0, open: 0 },
      can: { edit: true, discard: true, start: true, unschedule: 'The campaign is a draft.' },
    })
    expect((await registry.eventsOf(first.id)).map(({ action }) => action)).toEqual(['campaigns.create'])
  })

  it('take what a template says, but for what differs', async () => {
    const template = await registry.run(useCases['campaignTemplates.create'], {
      name: 'Quarterly access',
      definition: { ...access, challengePeriod: 'P7D' },
    })
    const { slug } = await registry.run(useCases['campaigns.create'], {
      template: template.slug,
      overrides: { nonResponse: 'revoke' },
    })
    const got = await registry.run(useCases['campaigns.get'], { slug })
    expect(got).toMatchObject({ name: 'Quarterly access', template: { slug: template.slug } })
    expect(got.definition).toMatchObject({ challengePeriod: 'P7D', nonResponse: 'revoke' })
    const wrong = registry.run(useCases['campaigns.create'], {
      template: template.slug,
      overrides: { stages: [{ ...stage, duration: '2 weeks' }] },
    })
    expect(await refusalOf(wrong)).toMatchObject({ code: 'invalid_input', fields: ['overrides.stages[0].duration'] })
  })

  it('name nothing that is not there', async () => {
    const create = (definition: object) =>
      refusalOf(registry.run(useCases['campaigns.create'], { name: 'Wrong', definition: { ...access, ...definition } }))
    expect(await create({ scope: { team: ['nobody'] } })).toMatchObject({ fields: ['definition.scope.team[0]'] })
    expect(await create({ stages: [{ ...stage, fallbacks: [{ by: 'person', person: 'nobody' }] }] })).toMatchObject({
      fields: ['definition.stages[0].fallbacks[0].person'],
    })
    expect(await create({ stages: [] })).toMatchObject({ fields: ['definition.stages'] })
  })

  it('are edited by one at a time', async () => {
    const { slug } = await registry.run(useCases['campaigns.create'], { name: 'Edited', definition: access })
    await registry.run(useCases['campaigns.update'], { slug, version: 1, name: 'Edited once' })
    const late = registry.run(useCases['campaigns.update'], { slug, version: 1, name: 'Edited late' })
    expect(await refusalOf(late)).toMatchObject({ code: 'stale', fields: ['name'] })
  })

  it('start on a day, or at once, and not about nothing', async () => {
    const { slug } = await registry.run(useCases['campaigns.create'], { name: 'Planned', definition: access })
    const today = dayIn(registry.now(), 'UTC')
    const early = registry.run(useCases['campaigns.schedule'], { slug, startsOn: today })
    expect(await refusalOf(early)).toMatchObject({ code: 'invalid_input', fields: ['startsOn'] })
    const day = dayAfter(today, 'P3D')
    expect(await registry.run(useCases['campaigns.schedule'], { slug, startsOn: day })).toMatchObject({
      state: 'scheduled',
    })
    expect((await registry.run(useCases['campaigns.get'], { slug })).startsAt).toBe(`${day}T00:00:00.000Z`)
    await registry.run(useCases['campaigns.schedule'], { slug, startsOn: null })
    const empty = { ...access, scope: { agent: estate.bindings[0]?.agent.slug, risk: ['critical' as const] } }
    await registry.run(useCases['campaigns.update'], { slug, version: 3, definition: empty })
    const nothing = await refusalOf(registry.run(useCases['campaigns.start'], { slug }))
    expect(nothing).toMatchObject({ code: 'refused', fields: ['definition.scope'] })
    await registry.run(useCases['campaigns.update'], { slug, version: 4, definition: access })
    const started = await registry.run(useCases['campaigns.start'], { slug, version: 5 })
    expect(started.state).toBe('launching')
    const again = await refusalOf(registry.run(useCases['campaigns.start'], { slug }))
    expect(again).toMatchObject({ code: 'wrong_state', message: 'The campaign is being launched.' })
    const discard = await refusalOf(registry.run(useCases['campaigns.discard'], { slug }))
    expect(discard.code).toBe('wrong_state')
  })

  it('are thrown away, which the audit log keeps', async () => {
    const { slug, id } = await registry.run(useCases['campaigns.create'], { name: 'Gone', definition: access })
    await registry.run(useCases['campaigns.discard'], { slug, version: 1 })
    expect((await refusalOf(registry.run(useCases['campaigns.get'], { slug }))).code).toBe('not_found')
    expect((await registry.eventsOf(id)).map(({ action }) => action)).toEqual(['campaigns.create', 'campaigns.discard'])
  })

  it('are listed by key, narrowed', async () => {
    const first = await registry.run(useCases['campaigns.list'], { limit: 2 })
    const second = await registry.run(useCases['campaigns.list'], { limit: 2, cursor: first.next ?? '' })
    expect(second.rows[0]?.id).not.toBe(first.rows[1]?.id)
    const launching = await registry.run(useCases['campaigns.list'], { state: 'launching' })
    expect(launching.rows.map(({ name }) => name)).toEqual(['Planned'])
    const made = await registry.run(useCases['campaigns.list'], { template: 'quarterly-access' })
    expect(made.rows).toHaveLength(1)
  })
})

describe('templates', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(() => registry.drop())

  it('know when they launch next, and keep to it while only their words change', async () => {
    const schedule = { launch: 'recurring' as const, first: '2026-12-01', every: 'P3M', timeZone: 'Europe/Berlin' }
    const { slug, nextOn } = await registry.run(useCases['campaignTemplates.create'], {
      name: 'Quarterly',
      definition: access,
      schedule,
    })
    expect(nextOn).toBe('2026-12-01')
    const renamed = await registry.run(useCases['campaignTemplates.update'], {
      slug,
      version: 1,
      name: 'Every quarter',
    })
    expect(renamed.nextOn).toBe('2026-12-01')
    const off = await registry.run(useCases['campaignTemplates.update'], { slug, version: 2, enabled: false })
    expect(off.nextOn).toBeNull()
    const got = await registry.run(useCases['campaignTemplates.get'], { slug })
    expect(got).toMatchObject({ launch: 'recurring', schedule, enabled: false, campaigns: 0 })
    const hand = await registry.run(useCases['campaignTemplates.update'], { slug, version: 3, schedule: null })
    expect(hand.version).toBe(4)
    expect((await registry.run(useCases['campaignTemplates.get'], { slug })).launch).toBe('hand')
  })

  it('are removed without their campaigns', async () => {
    const { slug } = await registry.run(useCases['campaignTemplates.create'], { name: 'Short', definition: access })
    const campaign = await registry.run(useCases['campaigns.create'], { template: slug })
    await registry.run(useCases['campaignTemplates.remove'], { slug, version: 1 })
    expect((await registry.run(useCases['campaigns.get'], { slug: campaign.slug })).template).toBeNull()
  })
})

describe('a running campaign', () => {
  let registry: TestRegistry
  let estate: SmallEstate
  let slug: string
  beforeAll(async () => {
    registry = await testRegistry()
    estate = await smallEstate(registry)
    const { ana, cara } = estate.people
    const campaign = await runningCampaign(registry, estate, {
      item: (index) => ({
        risk: index === 0 ? 'critical' : 'low',
        reviewers: index === 3 ? [] : [{ id: index === 1 ? cara.id : ana.id }],
      }),
    })
    slug = campaign.slug
  })
  afterAll(() => registry.drop())

  it('shows its items, narrowed in every way', async () => {
    const items = (filter: object) => registry.run(useCases['campaigns.items'], { slug, ...filter })
    expect((await items({})).rows).toHaveLength(4)
    expect((await items({ risk: 'critical' })).rows).toHaveLength(1)
    expect((await items({ reviewer: estate.people.cara.externalId })).rows).toHaveLength(1)
    expect((await items({ reviewer: 'none' })).rows).toHaveLength(1)
    expect((await items({ state: 'answered' })).rows).toHaveLength(0)
    expect((await items({ team: estate.teams.cloud.slug, standing: 'new', stage: 1 })).rows).toHaveLength(4)
    expect((await items({ q: estate.bindings[2]?.agent.slug })).rows).toHaveLength(1)
    const first = await items({ limit: 3 })
    expect((await items({ limit: 3, cursor: first.next ?? '' })).rows).toHaveLength(1)
    expect(first.rows[0]).toMatchObject({
      about: 'binding',
      state: 'open',
      reviewers: [{ person: { id: estate.people.ana.id }, because: 'layer_lead', state: 'open' }],
      decision: null,
    })
  })

  it('counts by stage, team and person, and says where it ends up', async () => {
    const progress = await registry.run(useCases['campaigns.progress'], { slug })
    expect(progress.stages).toMatchObject([
      { number: 1, state: 'running', asked: 4, open: 4, withoutReviewer: 1, overdue: 0 },
    ])
    expect(progress.teams.rows).toMatchObject([{ team: { slug: estate.teams.cloud.slug }, items: 4, open: 4 }])
    expect(progress.people.rows.map(({ person, open }) => [person.name, open])).toEqual([
      ['ana', 2],
      ['cara', 1],
    ])
    expect(progress.forecast).toEqual({ perDay: 0, allAnsweredOn: null, missing: 4 })
    registry.wait(20 * 86_400)
    const late = await registry.run(useCases['campaigns.progress'], { slug })
    expect(late.stages[0]?.overdue).toBe(4)
    expect(late.people.rows[0]?.overdue).toBe(2)
  })

  it('is talked about', async () => {
    registry.become(actorWith('member', { id: null, name: 'eve' }))
    const { rows } = await registry.run(useCases['campaigns.items'], { slug, limit: 1 })
    const item = rows[0]?.id ?? ''
    await registry.run(useCases['campaigns.comment'], { slug, text: 'Who sees to the first?' })
    await registry.run(useCases['campaigns.comment'], { slug, item, text: 'I do' })
    const all = await registry.run(useCases['campaigns.comments'], { slug })
    expect(all.rows.map(({ text, author }) => [text, author])).toEqual([
      ['I do', 'eve'],
      ['Who sees to the first?', 'eve'],
    ])
    expect((await registry.run(useCases['campaigns.comments'], { slug, item })).rows).toHaveLength(1)
    const elsewhere = registry.run(useCases['campaigns.comment'], { slug, item: all.rows[0]?.id ?? '', text: 'No' })
    expect((await refusalOf(elsewhere)).code).toBe('not_found')
  })
})
