import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '../testing'
import { registryUseCases as use } from '../use-cases'

describe('people', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(systemActor('the test')))

  const add = (name: string, manager?: string) =>
    registry.run(use['people.create'], { name, ...(manager && { manager }) })

  it('are found by external id and by id', async () => {
    const { id, externalId } = await registry.run(use['people.create'], {
      externalId: 'ana',
      name: 'Ana Ruiz',
      email: 'ana@example.org',
    })
    expect(externalId).toBe('ana')
    const detail = await registry.run(use['people.get'], { person: 'ana' })
    expect(detail).toMatchObject({
      id,
      name: 'Ana Ruiz',
      email: 'ana@example.org',
      status: 'active',
      teams: [],
      manager: null,
    })
    expect(await registry.run(use['people.get'], { person: id })).toEqual(detail)
    expect(await refusalOf(registry.run(use['people.get'], { person: 'nobody' }))).toMatchObject({ code: 'not_found' })
  })

  it('never manage themselves, not even through others', async () => {
    const top = await add('Top')
    const middle = await add('Middle', top.externalId)
    const bottom = await add('Bottom', middle.externalId)
    const loop = registry.run(use['people.update'], { person: top.externalId, version: 1, manager: bottom.externalId })
    expect(await refusalOf(loop)).toMatchObject({ code: 'refused', fields: ['manager'] })
    const self = registry.run(use['people.update'], { person: top.externalId, version: 1, manager: top.externalId })
    expect(await refusalOf(self)).toMatchObject({ code: 'refused', message: 'Nobody is their own manager.' })
    const detail = await registry.run(use['people.get'], { person: middle.externalId })
    expect(detail.manager?.name).toBe('Top')
    expect(detail.reports.rows.map((person) => person.name)).toEqual(['Bottom'])
  })

  it('leave and come back, and their agents show it as a gap', async () => {
    const { externalId, id } = await add('Leaver')
    const agent = await registry.run(use['agents.create'], { name: 'Sponsored', sponsor: externalId })
    await registry.run(use['agents.transition'], { slug: agent.slug, version: 1, to: 'active' })
    await registry.run(use['people.update'], {
      person: externalId,
      version: 1,
      status: 'left',
      reason: 'Left the company',
    })
    const gaps = (await registry.run(use['agents.get'], { slug: agent.slug })).gaps.rows.map((gap) => gap.rule)
    expect(gaps).toContain('sponsor-left')
    const detail = await registry.run(use['people.get'], { person: externalId })
    expect(detail.sponsored.rows.map((sponsored) => sponsored.slug)).toEqual(['sponsored'])
    expect(detail.gaps.rows.map((gap) => gap.rule)).toContain('sponsor-left')
    await registry.run(use['people.update'], { person: externalId, version: 2, status: 'active' })
    expect((await registry.eventsOf(id)).map((event) => [event.action, event.after])).toEqual([
      ['people.create', expect.objectContaining({ externalId: 'leaver' })],
      ['people.update', { slug: 'leaver', status: 'left' }],
      ['people.update', { slug: 'leaver', status: 'active' }],
    ])
    const stale = registry.run(use['people.update'], { person: externalId, version: 2, name: 'Other' })
    expect(await refusalOf(stale)).toMatchObject({ code: 'stale', fields: ['status'] })
  })

  it('are listed by team, manager and status', async () => {
    const lead = await add('Listed Lead')
    const member = await add('Listed Member', lead.externalId)
    const members = [{ person: lead.externalId, role: 'lead' as const }, { person: member.externalId }]
    await registry.run(use['teams.create'], { name: 'Listed', function: 'iam', members })
    const byTeam = await registry.run(use['people.list'], { team: 'listed', status: 'active' })
    expect(byTeam.rows.map((row) => [row.name, row.teams.map(({ team, role }) => [team.slug, role])])).toEqual([
      ['Listed Lead', [['listed', 'lead']]],
      ['Listed Member', [['listed', 'member']]],
    ])
    const byManager = await registry.run(use['people.list'], { manager: lead.externalId })
    expect(byManager.rows.map((row) => row.name)).toEqual(['Listed Member'])
  })

  it('are changed by curators alone, with input that is checked', async () => {
    expect(await refusalOf(registry.run(use['people.create'], { name: '', email: 'no address' }))).toMatchObject({
      code: 'invalid_input',
      fields: ['name', 'email'],
    })
    registry.become(actorWith('engineer'))
    expect(await refusalOf(add('Forbidden'))).toMatchObject({ code: 'forbidden' })
  })
})
