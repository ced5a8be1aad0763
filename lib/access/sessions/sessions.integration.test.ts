import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import type { Actor } from '../model'
import { beginSession, signOutOf } from './begin'
import { sessionTime } from './model'
import { openSession, sweepSessions } from './store'

const from = { address: '192.0.2.7', browser: 'Test/1.0', replaces: null }
const minuteMs = 60_000

const withoutSession = ({ session, ...actor }: Actor): Actor => actor

describe('a session', () => {
  let registry: TestRegistry
  let accountId: string
  let personId: string
  beforeAll(async () => {
    registry = await testRegistry()
    personId = (await registry.run(useCases['people.create'], { externalId: 'ana', name: 'Ana Ruiz' })).id
    const member = { person: 'ana', role: 'lead' as const }
    await registry.run(useCases['teams.create'], { name: 'Identity', function: 'iam', members: [member] })
    accountId = v7()
    await registry.database.prisma.account.create({
      data: { id: accountId, email: 'ana@example.org', name: 'Ana Ruiz', role: 'engineer', personId },
    })
  })
  afterAll(() => registry.drop())

  const begin = async (replaces: string | null = null) => {
    const id = await beginSession(registry.database, { accountId, method: 'password' }, { ...from, replaces })
    if (id === null) throw new Error('No session began')
    return id
  }
  const later = (minutes: number) => new Date(sessionTime().getTime() + minutes * minuteMs)
  const open = (id: string, at = sessionTime()) => openSession(registry.database, id, at)

  it('lets its account act with role, person and the teams they lead, and is in the audit log', async () => {
    const id = await begin()
    const opened = await open(id)
    expect(opened?.actor).toMatchObject({
      kind: 'account',
      id: accountId,
      role: 'engineer',
      personId,
      session: { id, isFresh: true },
    })
    expect(opened?.actor.leadOf.size).toBe(1)
    const events = await registry.eventsOf(accountId)
    expect(events.at(-1)).toMatchObject({ action: 'sessions.begin', actorId: accountId, after: { method: 'password' } })
  })

  it('is over when it was left alone, and after its longest in any case', async () => {
    const id = await begin()
    expect(await open(id, later(119))).not.toBeNull()
    // Seen a moment ago, it holds for another two hours from there.
    expect(await open(id, later(230))).not.toBeNull()
    expect(await open(id, later(230 + 121))).toBeNull()
    const busy = await begin()
    for (let minutes = 100; minutes < 12 * 60; minutes += 100) expect(await open(busy, later(minutes))).not.toBeNull()
    expect(await open(busy, later(12 * 60 + 1))).toBeNull()
  })

  it('is fresh for ten minutes, and what is sensitive asks for no less', async () => {
    const id = await begin()
    expect((await open(id, later(9)))?.actor.session?.isFresh).toBe(true)
    const stale = (await open(id, later(11)))?.actor
    expect(stale?.session?.isFresh).toBe(false)
    if (!stale) throw new Error('The session is over')
    registry.become(stale)
    const asked = { name: 'CI', scopes: ['read' as const] }
    expect(await refusalOf(registry.run(useCases['tokens.create'], asked))).toMatchObject({ code: 'reauthenticate' })
    // Who acts outside of any session has shown nothing.
    registry.become(withoutSession(actorWith('engineer', { id: accountId })))
    expect(await refusalOf(registry.run(useCases['tokens.create'], asked))).toMatchObject({ code: 'reauthenticate' })
  })

  it('takes the place of the one that the browser had', async () => {
    const first = await begin()
    const second = await begin(first)
    expect(await open(first)).toBeNull()
    expect(await open(second)).not.toBeNull()
    const row = await registry.database.prisma.session.findUniqueOrThrow({ where: { id: first } })
    expect(row).toMatchObject({ ending: 'replaced' })
  })

  it('ends by signing out, by being ended from elsewhere, and not by somebody else', async () => {
    const here = await begin()
    const there = await begin()
    const actor = (await open(here))?.actor
    if (!actor) throw new Error('The session is over')
    registry.become(actor)
    const { rows } = await registry.run(useCases['sessions.list'], {})
    expect(rows.find(({ id }) => id === here)).toMatchObject({ isThis: true, address: '192.0.2.7', method: 'password' })
    expect(rows.find(({ id }) => id === there)).toMatchObject({ isThis: false })
    registry.become(actorWith('admin'))
    expect(await refusalOf(registry.run(useCases['sessions.end'], { id: there }))).toMatchObject({ code: 'not_found' })
    registry.become(actor)
    await registry.run(useCases['sessions.end'], { id: there })
    expect(await open(there)).toBeNull()
    await begin()
    await registry.run(useCases['sessions.endOthers'], {})
    expect((await registry.run(useCases['sessions.list'], {})).rows.map(({ id }) => id)).toEqual([here])
    await signOutOf(registry.database, { id: here, accountId })
    expect(await open(here)).toBeNull()
    expect((await registry.eventsOf(accountId)).at(-1)).toMatchObject({ action: 'sessions.signOut' })
  })

  it('is not looked after by a token', async () => {
    registry.become(
      withoutSession(actorWith('admin', { kind: 'token', id: accountId, scopes: new Set(['settings', 'read']) })),
    )
    for (const work of [
      registry.run(useCases['sessions.endOthers'], {}),
      registry.run(useCases['waysIn.removeApp'], {}),
      registry.run(useCases['accounts.invite'], { email: 'eve@example.org', name: 'Eve', role: 'admin' }),
    ])
      expect(await refusalOf(work)).toMatchObject({ code: 'forbidden' })
  })

  it('ends at once when the account is disabled, or its person leaves', async () => {
    const id = await begin()
    await registry.database.prisma.account.update({ where: { id: accountId }, data: { status: 'disabled' } })
    expect(await open(id)).toBeNull()
    expect(await beginSession(registry.database, { accountId, method: 'password' }, from)).toBeNull()
    await registry.database.prisma.account.update({ where: { id: accountId }, data: { status: 'active' } })
    expect(await open(id)).not.toBeNull()
    await registry.database.prisma.person.update({ where: { id: personId }, data: { status: 'left' } })
    expect(await open(id)).toBeNull()
    await registry.database.prisma.person.update({ where: { id: personId }, data: { status: 'active' } })
  })

  it('is forgotten a month after it was over', async () => {
    const id = await begin()
    await sweepSessions(registry.database, later(1))
    expect(await registry.database.prisma.session.findUnique({ where: { id } })).toBeNull()
  })
})
