import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditUseCases } from '@/lib/audit/service'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { registryUseCases } from '@/lib/registry/use-cases'
import { meUseCases } from '../me'
import { type Actor, systemActor } from '../model'
import { actorOfToken } from '../store'
import { tokenUseCases } from './service'

const use = { ...registryUseCases, ...auditUseCases, ...meUseCases, ...tokenUseCases }

describe('an account', () => {
  let registry: TestRegistry
  let ana: Actor
  beforeAll(async () => {
    registry = await testRegistry()
    const person = await registry.run(use['people.create'], { externalId: 'ana', name: 'Ana Ruiz' })
    const team = await registry.run(use['teams.create'], {
      name: 'Identity',
      function: 'iam',
      members: [{ person: 'ana', role: 'lead' }],
    })
    const id = v7()
    await registry.database.prisma.account.create({
      data: {
        id,
        email: 'ana@example.org',
        name: 'Ana Ruiz',
        passwordHash: 'none',
        role: 'engineer',
        personId: person.id,
      },
    })
    ana = actorWith('engineer', { id, name: 'Ana Ruiz', personId: person.id, leadOf: new Set([team.id]) })
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(ana))

  it('learns who it is and what it may do', async () => {
    const me = await registry.run(use['me.get'], {})
    expect(me).toMatchObject({
      kind: 'account',
      email: 'ana@example.org',
      role: 'engineer',
      person: { externalId: 'ana' },
      leadOf: [{ slug: 'identity' }],
      scopes: null,
    })
    expect(me.mayRun).toEqual(expect.arrayContaining(['agents.create', 'teams.update']))
    expect(me.mayRun).not.toContain('people.create')
  })

  it('makes a token that is shown once, works within its scopes, and ends', async () => {
    const made = await registry.run(use['tokens.create'], {
      name: 'CI',
      scopes: ['read', 'registry'],
      expiresInDays: 30,
    })
    expect(made.token.startsWith(made.prefix)).toBe(true)
    const listed = await registry.run(use['tokens.list'], {})
    expect(listed.rows).toMatchObject([{ id: made.id, name: 'CI', scopes: ['read', 'registry'], lastUsedAt: null }])
    expect(JSON.stringify(listed)).not.toContain(made.token)

    const events = await registry.eventsOf(made.id)
    expect(events).toHaveLength(1)
    expect(JSON.stringify(events[0]?.after)).not.toContain(made.token)

    const actor = await actorOfToken(registry.database, made.token, registry.now())
    if (!actor) throw new Error('The token does not work')
    registry.become(actor)
    await registry.run(use['agents.create'], { name: 'Made by a token' })
    const another = registry.run(use['tokens.create'], { name: 'Another', scopes: ['read'] })
    expect(await refusalOf(another)).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(registry.run(use['tokens.revoke'], { id: made.id }))).toMatchObject({ code: 'forbidden' })

    expect(
      await actorOfToken(registry.database, made.token, new Date(registry.now().getTime() + 30 * 86_400_000)),
    ).toBeNull()
    registry.become(ana)
    await registry.run(use['tokens.revoke'], { id: made.id })
    expect(await actorOfToken(registry.database, made.token, registry.now())).toBeNull()
    expect(await refusalOf(registry.run(use['tokens.revoke'], { id: made.id }))).toMatchObject({ code: 'not_found' })
    expect(await registry.eventsOf(made.id)).toHaveLength(2)
  })

  it('gives a token no more than it has, and touches no token of others', async () => {
    const { id } = await registry.run(use['tokens.create'], { name: 'Mine', scopes: ['read'] })
    registry.become(actorWith('auditor'))
    const beyond = registry.run(use['tokens.create'], { name: 'Import', scopes: ['read', 'import'] })
    expect(await refusalOf(beyond)).toMatchObject({ code: 'refused', message: expect.stringContaining('import') })
    expect((await registry.run(use['tokens.list'], {})).grantableScopes).toEqual(['read'])
    expect(await refusalOf(registry.run(use['tokens.revoke'], { id }))).toMatchObject({ code: 'not_found' })
    const tooLong = registry.run(use['tokens.create'], { name: 'Long', scopes: [], expiresInDays: 366 })
    expect(await refusalOf(tooLong)).toMatchObject({ code: 'invalid_input', fields: ['scopes', 'expiresInDays'] })
  })

  it('reads the log of one subject, newest first, page by page', async () => {
    const agent = await registry.run(use['agents.create'], { name: 'Logged' })
    for (const [version, name] of [
      [1, 'One'],
      [2, 'Two'],
    ] as const) {
      await registry.run(use['agents.update'], { slug: agent.slug, version, name, reason: `Renamed to ${name}` })
    }
    const subject = { subjectType: 'agent', subjectId: agent.id }
    const first = await registry.run(use['audit.list'], { ...subject, limit: 2 })
    expect(first.rows.map((row) => [row.action, row.actor.name, row.reason])).toEqual([
      ['agents.update', 'Ana Ruiz', 'Renamed to Two'],
      ['agents.update', 'Ana Ruiz', 'Renamed to One'],
    ])
    const second = await registry.run(use['audit.list'], {
      ...subject,
      limit: 2,
      ...(first.next && { cursor: first.next }),
    })
    expect(second.rows).toMatchObject([{ action: 'agents.create', before: null, after: { slug: 'logged' } }])
    expect(second.next).toBeNull()
    expect((await registry.run(use['audit.list'], { limit: 1 })).rows).toHaveLength(1)
  })

  it('finds agents, tools, teams and people by part of a name, those that begin with it first', async () => {
    registry.become(systemActor('the test'))
    await registry.run(use['tools.create'], { name: 'The Ident tool' })
    await registry.run(use['tools.create'], { name: 'Identity tool' })
    const found = await registry.run(use['search.find'], { q: 'ident' })
    expect(found.tools.map((tool) => tool.slug)).toEqual(['identity-tool', 'the-ident-tool'])
    expect(found.teams.map((team) => team.slug)).toEqual(['identity'])
    expect(found.people).toEqual([])
    expect((await registry.run(use['search.find'], { q: 'ruiz' })).people).toMatchObject([{ externalId: 'ana' }])
    expect(await refusalOf(registry.run(use['search.find'], { q: '  ' }))).toMatchObject({
      code: 'invalid_input',
      fields: ['q'],
    })
  })
})
