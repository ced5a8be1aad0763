import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '../testing'
import { registryUseCases as use } from '../use-cases'

describe('teams', () => {
  let registry: TestRegistry
  beforeAll(async () => {
    registry = await testRegistry()
    await registry.run(use['people.create'], { externalId: 'ana', name: 'Ana' })
    await registry.run(use['people.create'], { externalId: 'ben', name: 'Ben' })
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(systemActor('the test')))

  const get = (slug: string) => registry.run(use['teams.get'], { slug })
  const membersOf = async (slug: string) =>
    (await get(slug)).members.rows.map(({ person, role }) => [person.externalId, role])

  it('have members and leads, replaced as a whole', async () => {
    const { id, slug } = await registry.run(use['teams.create'], {
      name: 'Identity',
      function: 'iam',
      contact: 'iam@example.org',
      members: [{ person: 'ben' }, { person: 'ana', role: 'lead' }],
    })
    expect(await membersOf(slug)).toEqual([
      ['ana', 'lead'],
      ['ben', 'member'],
    ])
    const { rows } = await registry.run(use['teams.list'], { q: 'ident', function: 'iam,pam', status: 'active' })
    expect(rows).toMatchObject([{ slug, members: 2, leads: [{ externalId: 'ana' }], ownedCells: 0, openGaps: 0 }])
    await registry.run(use['teams.update'], { slug, version: 1, members: [{ person: 'ben', role: 'lead' }] })
    expect(await membersOf(slug)).toEqual([['ben', 'lead']])
    const event = (await registry.eventsOf(id)).at(-1)
    expect([event?.before, event?.after]).toEqual([
      {
        slug,
        members: [
          { person: 'ana', role: 'lead' },
          { person: 'ben', role: 'member' },
        ],
      },
      { slug, members: [{ person: 'ben', role: 'lead' }] },
    ])
    const again = registry.run(use['teams.update'], { slug, version: 2, members: [{ person: 'ben', role: 'lead' }] })
    expect(await refusalOf(again)).toMatchObject({ code: 'refused' })
  })

  it('refuse bad members at their place', async () => {
    const bad = (members: { person: string }[]) =>
      registry.run(use['teams.create'], { name: 'Bad', function: 'iam', members })
    expect(await refusalOf(bad([{ person: 'ana' }, { person: 'nobody' }]))).toMatchObject({
      fields: ['members[1].person'],
    })
    expect(await refusalOf(bad([{ person: 'ana' }, { person: 'ana' }]))).toMatchObject({
      code: 'invalid_input',
      fields: ['members'],
    })
    const { id } = await registry.run(use['people.get'], { person: 'ana' })
    expect(await refusalOf(bad([{ person: 'ana' }, { person: id }]))).toMatchObject({
      code: 'invalid_input',
      fields: ['members'],
    })
  })

  it('let their lead change the contact and nothing else', async () => {
    const { id, slug } = await registry.run(use['teams.create'], { name: 'Led', function: 'pam' })
    registry.become(actorWith('member', { leadOf: new Set([id]) }))
    await registry.run(use['teams.update'], { slug, version: 1, contact: 'led@example.org' })
    expect(await get(slug)).toMatchObject({ contact: 'led@example.org', version: 2 })
    const beyond = await refusalOf(registry.run(use['teams.update'], { slug, version: 2, name: 'Mine', contact: null }))
    expect(beyond).toEqual({
      code: 'forbidden',
      message: 'As lead of Led you may change its contact, not name.',
      fields: [],
    })
    const other = registry.run(use['teams.update'], { slug: 'identity', version: 2, contact: null })
    expect(await refusalOf(other)).toMatchObject({ code: 'forbidden' })
    registry.become(actorWith('member'))
    expect(await refusalOf(registry.run(use['teams.update'], { slug, version: 2, contact: null }))).toMatchObject({
      code: 'forbidden',
    })
  })

  it('leave their cells orphaned when dissolved, and mend them when restored', async () => {
    const agent = await registry.run(use['agents.create'], { name: 'Owned' })
    const tool = await registry.run(use['tools.create'], { name: 'Owned tool' })
    const team = await registry.own({ agentId: agent.id })
    const binding = await registry.run(use['bindings.create'], { agent: agent.slug, tool: tool.slug })
    const statuses = async () => {
      const { owners } = await registry.run(use['bindings.get'], { binding: binding.slug })
      return new Set(owners.map((owner) => owner.status))
    }
    expect(await statuses()).toEqual(new Set(['owned']))
    expect(await get(team.slug)).toMatchObject({ ownedCells: 5, assignments: { more: false } })
    await registry.run(use['teams.update'], { slug: team.slug, version: 1, status: 'dissolved' })
    expect(await statuses()).toEqual(new Set(['orphaned']))
    await registry.run(use['teams.update'], { slug: team.slug, version: 2, status: 'active' })
    expect(await statuses()).toEqual(new Set(['owned']))
    await registry.run(use['teams.update'], { slug: team.slug, version: 3, members: [] })
    expect(await statuses()).toEqual(new Set(['orphaned']))
    const stale = registry.run(use['teams.update'], { slug: team.slug, version: 1, name: 'Other' })
    expect(await refusalOf(stale)).toMatchObject({ code: 'stale', fields: ['members'] })
  })
})
