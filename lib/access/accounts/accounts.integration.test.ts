import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import type { Actor } from '../model'
import { signIn } from '../sign-in'
import { makeSetUpLink } from './links'
import { askForReset, lookAtLink, redeemLink } from './redeem'

const password = 'seven green bicycles'
const tokenIn = (link: string | null) => decodeURIComponent(link?.split('#')[1] ?? '')

describe('accounts', () => {
  let registry: TestRegistry
  let admin: Actor
  beforeAll(async () => {
    vi.stubEnv('SMTP_URL', '')
    registry = await testRegistry()
  })
  afterAll(async () => {
    await registry.drop()
    vi.unstubAllEnvs()
  })
  beforeEach(() => {
    if (admin) registry.become(admin)
  })

  const invite = (email: string, more: object = {}) =>
    registry.run(useCases['accounts.invite'], { email, name: 'Somebody', role: 'member', ...more })
  const rowOf = async (email: string) => {
    const { rows } = await registry.run(useCases['accounts.list'], { q: email })
    const row = rows.find((each) => each.email === email)
    if (!row) throw new Error(`No account ${email}`)
    return row
  }

  it('begin with one administrator, by a link from the server’s console that holds once', async () => {
    const { database } = registry
    const link = await makeSetUpLink(database, new Date())
    const later = await makeSetUpLink(database, new Date())
    // An earlier link holds no more once another is made.
    expect(await refusalOf(lookAtLink(database, tokenIn(link)))).toMatchObject({ code: 'not_found' })
    expect(await lookAtLink(database, tokenIn(later))).toMatchObject({ kind: 'set_up', account: null })
    const chosen = { password, email: 'Ada@Example.org', name: 'Ada' }
    expect(await refusalOf(redeemLink(database, tokenIn(later), { password }))).toMatchObject({ fields: ['email'] })
    expect(await redeemLink(database, tokenIn(later), chosen)).toEqual({ email: 'ada@example.org' })
    expect(await refusalOf(redeemLink(database, tokenIn(later), chosen))).toMatchObject({ code: 'not_found' })
    // And no second time, whoever has another.
    const another = await makeSetUpLink(database, new Date())
    expect(await refusalOf(redeemLink(database, tokenIn(another), chosen))).toMatchObject({ code: 'not_found' })
    const { id, role } = await database.prisma.account.findUniqueOrThrow({ where: { email: 'ada@example.org' } })
    expect(role).toBe('admin')
    admin = actorWith('admin', { id, name: 'Ada' })
  })

  it('are invited by an administrator, and opened by whom it is for alone', async () => {
    const { database } = registry
    const made = await invite('bo@example.org')
    expect(made).toMatchObject({ byMail: false })
    expect(await rowOf('bo@example.org')).toMatchObject({ seenAt: null, waysIn: { password: false } })
    expect((await rowOf('bo@example.org')).invitedUntil).not.toBeNull()
    expect(await refusalOf(invite('BO@example.org'))).toMatchObject({ code: 'conflict', fields: ['email'] })
    for (const weak of ['password1234', 'bo@example.org!', 'aaaaaaaaaaaaaaaa'])
      expect(await refusalOf(redeemLink(database, tokenIn(made.link), { password: weak })), weak).toMatchObject({
        fields: ['password'],
      })
    await redeemLink(database, tokenIn(made.link), { password })
    const credentials = { email: 'bo@example.org', password, address: '192.0.2.1' }
    expect(await signIn(database, credentials, new Date())).toMatchObject({ outcome: 'signed_in', method: 'password' })
    expect((await registry.eventsOf(made.id)).map(({ action }) => action)).toEqual([
      'accounts.invite',
      'accounts.useLink',
    ])
  })

  it('belong to one person each, who is there', async () => {
    await registry.run(useCases['people.create'], { externalId: 'cy', name: 'Cy' })
    await invite('cy@example.org', { person: 'cy' })
    expect(await refusalOf(invite('cy2@example.org', { person: 'cy' }))).toMatchObject({
      code: 'refused',
      fields: ['person'],
    })
    expect(await refusalOf(invite('dee@example.org', { person: 'dee' }))).toMatchObject({
      code: 'invalid_input',
      fields: ['person'],
    })
  })

  it('are changed by others than their owners, and end their sessions with that', async () => {
    const own = await rowOf('ada@example.org')
    const wanted = { id: own.id, version: own.version, role: 'auditor' as const }
    expect(await refusalOf(registry.run(useCases['accounts.update'], wanted))).toMatchObject({ code: 'refused' })
    const bo = await rowOf('bo@example.org')
    await registry.run(useCases['accounts.update'], { id: bo.id, version: bo.version, role: 'admin' })
    expect(
      await refusalOf(registry.run(useCases['accounts.update'], { id: bo.id, version: bo.version, role: 'member' })),
    ).toMatchObject({ code: 'stale' })
    registry.become(actorWith('governance_lead'))
    expect(await refusalOf(registry.run(useCases['accounts.update'], wanted))).toMatchObject({ code: 'forbidden' })
  })

  it('keep an administrator, also when two take each other’s role at the same time', async () => {
    const [ada, bo] = await Promise.all([rowOf('ada@example.org'), rowOf('bo@example.org')])
    const take = async (by: string, whom: typeof ada) => {
      registry.become(actorWith('admin', { id: by }))
      return await registry.run(useCases['accounts.update'], { id: whom.id, version: whom.version, role: 'member' })
    }
    const outcomes = await Promise.allSettled([take(bo.id, ada), take(ada.id, bo)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await registry.database.prisma.account.count({ where: { role: 'admin', status: 'active' } })).toBe(1)
    const left = await registry.database.prisma.account.findFirstOrThrow({ where: { role: 'admin' } })
    registry.become(actorWith('admin', { id: v7() }))
    const last = { id: left.id, version: left.version, status: 'disabled' as const }
    expect(await refusalOf(registry.run(useCases['accounts.update'], last))).toMatchObject({ code: 'refused' })
    // Not by the database either.
    await expect(registry.database.prisma.account.delete({ where: { id: left.id } })).rejects.toThrow()
    admin = actorWith('admin', { id: left.id })
  })

  it('are sent a few links an hour by whoever asks, and none where there is no password to forget', async () => {
    const { database } = registry
    const cy = await rowOf('cy@example.org')
    await askForReset(database, 'cy@example.org')
    await askForReset(database, 'nobody@example.org')
    expect(await database.prisma.accountLink.count({ where: { accountId: cy.id, kind: 'reset' } })).toBe(0)
    const bo = await rowOf('bo@example.org')
    for (let time = 0; time < 5; time += 1) await askForReset(database, 'Bo@example.org ')
    const events = await registry.eventsOf(bo.id)
    expect(events.filter(({ action }) => action === 'accounts.askForReset').length).toBe(2)
    // One that was used, and those that were asked for: the newest alone holds.
    const links = await database.prisma.accountLink.findMany({ where: { accountId: bo.id, usedAt: null } })
    expect(links.filter(({ expiresAt }) => expiresAt > new Date())).toHaveLength(1)
  })

  it('are all signed out by an administrator who says why, but for the session it is done in', async () => {
    const { prisma } = registry.database
    const [cy, own] = await Promise.all([
      rowOf('cy@example.org'),
      prisma.account.findFirst({ where: { role: 'admin' } }),
    ])
    const at = new Date()
    const open = async (accountId: string) => {
      const id = v7()
      const times = { createdAt: at, authenticatedAt: at, seenAt: at }
      await prisma.session.create({ data: { id, accountId, method: 'password', ...times } })
      return id
    }
    const [theirs, present, elsewhere] = [await open(cy.id), await open(own?.id ?? ''), await open(own?.id ?? '')]
    registry.become(actorWith('admin', { id: own?.id ?? '', session: { id: present, isFresh: true } }))
    const { ended } = await registry.run(useCases['accounts.endAllSessions'], { reason: 'A laptop was stolen' })
    expect(ended).toBeGreaterThanOrEqual(2)
    const still = await prisma.session.findMany({ where: { endedAt: null }, select: { id: true } })
    expect(still).toEqual([{ id: present }])
    expect([theirs, elsewhere]).not.toContain(present)
    registry.become(admin)
  })

  it('lose their app and passkeys to an administrator who says why', async () => {
    const cy = await rowOf('cy@example.org')
    const cleared = await registry.run(useCases['accounts.clearFactors'], { id: cy.id, reason: 'Lost phone' })
    expect(cleared).toEqual({ passkeys: 0, app: false })
    if (admin.id === null) throw new Error('No administrator')
    const own = { id: admin.id, reason: 'Lost phone' }
    expect(await refusalOf(registry.run(useCases['accounts.clearFactors'], own))).toMatchObject({ code: 'refused' })
  })
})
