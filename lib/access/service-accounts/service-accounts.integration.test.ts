import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { findAlarmed } from '@/lib/transparency/verify-store'
import { useCases } from '@/lib/use-cases/catalog'
import type { Actor } from '../model'
import { actorOfToken } from '../store'

describe('a service account', () => {
  let registry: TestRegistry
  let admin: Actor

  beforeAll(async () => {
    registry = await testRegistry()
    const id = v7()
    await registry.database.prisma.account.create({
      data: { id, email: 'ada@example.org', name: 'Ada', role: 'admin' },
    })
    admin = actorWith('admin', { id, name: 'Ada' })
  })
  afterAll(() => registry.drop())
  beforeEach(() => registry.become(admin))

  const run: TestRegistry['run'] = (useCase, input) => registry.run(useCase, input)
  const letIn = async (token: string) => await actorOfToken(registry.database, token, registry.now())

  async function move(slug: string, ...steps: ('proposed' | 'active' | 'suspended' | 'retired')[]) {
    for (const to of steps) {
      const { version } = await run(useCases['agents.get'], { slug })
      await run(useCases['agents.transition'], { slug, version, to, reason: 'For the test' })
    }
  }

  /** An active agent with a sponsor of its own. */
  async function sponsored(name: string): Promise<{ slug: string; sponsor: string }> {
    const sponsor = `sponsor-of-${name}`
    await run(useCases['people.create'], { externalId: sponsor, name: `Sponsor of ${name}` })
    const { slug } = await run(useCases['agents.create'], { name, sponsor })
    await move(slug, 'active')
    return { slug, sponsor }
  }

  async function withToken(name: string, scopes: ('read' | 'import')[] = ['read']) {
    const agent = await sponsored(name)
    await run(useCases['serviceAccounts.create'], { agent: agent.slug, role: 'engineer' })
    const made = await run(useCases['serviceAccounts.createToken'], {
      ...{ agent: agent.slug, name: `Token of ${name}`, scopes, expiresInDays: 30 },
    })
    return { ...agent, ...made }
  }

  it('acts by its tokens, under the name of its agent, within their scopes and its role', async () => {
    const { slug, token, id } = await withToken('nightly', ['import'])
    expect(await letIn(token)).toMatchObject({
      ...{ kind: 'token', name: 'nightly', role: 'engineer', personId: null, scopes: new Set(['import']) },
    })
    const shown = await run(useCases['serviceAccounts.get'], { agent: slug })
    expect(shown).toMatchObject({ owner: { externalId: 'sponsor-of-nightly' }, tokens: 1, rows: [{ id }] })
    expect(shown.grantableScopes).not.toContain('provisioning')
    const beyond = { agent: slug, name: 'Too much', scopes: ['provisioning' as const], expiresInDays: 1 }
    expect(await refusalOf(run(useCases['serviceAccounts.createToken'], beyond))).toMatchObject({ code: 'refused' })
    const [event] = await registry.eventsOf(id)
    expect(event).toMatchObject({ action: 'serviceAccounts.createToken', after: { agent: slug } })
    expect(JSON.stringify(event?.after)).not.toContain(token)

    await run(useCases['serviceAccounts.revokeToken'], { agent: slug, id })
    expect(await letIn(token)).toBeNull()
  })

  it('is made only for an agent in use that somebody who is here answers for, and once', async () => {
    const { slug } = await run(useCases['agents.create'], { name: 'Orphan' })
    const make = (agent: string) => run(useCases['serviceAccounts.create'], { agent, role: 'engineer' })
    expect(await refusalOf(make(slug))).toMatchObject({ code: 'refused', fields: ['agent'] })
    expect(await refusalOf(make('nowhere'))).toMatchObject({ code: 'invalid_input', fields: ['agent'] })
    const retired = await sponsored('retired')
    await move(retired.slug, 'retired')
    expect(await refusalOf(make(retired.slug))).toMatchObject({ code: 'refused', fields: ['agent'] })
    const twice = await sponsored('twice')
    await make(twice.slug)
    expect(await refusalOf(make(twice.slug))).toMatchObject({ code: 'refused', fields: ['agent'] })
  })

  it('has a gap on its agent as soon as its owner has left', async () => {
    const { slug, sponsor, token } = await withToken('left-alone')
    const open = async () => (await run(useCases['gaps.list'], { agent: slug, rule: 'sponsor-left' })).rows
    expect(await open()).toEqual([])
    const { version } = await run(useCases['people.get'], { person: sponsor })
    await run(useCases['people.update'], { person: sponsor, version, status: 'left', reason: 'New job' })
    expect(await open()).toHaveLength(1)
    expect((await run(useCases['serviceAccounts.get'], { agent: slug })).owner).toMatchObject({ status: 'left' })
    // A gap to mend, and no outage: what it does goes on until somebody decides.
    expect(await letIn(token)).not.toBeNull()
  })

  it('is let in only while its agent is active and nobody has disabled it', async () => {
    const { slug, token } = await withToken('stopped')
    await move(slug, 'suspended')
    expect(await letIn(token)).toBeNull()
    await move(slug, 'active')
    expect(await letIn(token)).not.toBeNull()
    const { version } = await run(useCases['serviceAccounts.get'], { agent: slug })
    await run(useCases['serviceAccounts.update'], { agent: slug, version, status: 'disabled', reason: 'Leaked' })
    expect(await letIn(token)).toBeNull()
    expect(
      await refusalOf(run(useCases['serviceAccounts.update'], { agent: slug, version, role: 'admin' })),
    ).toMatchObject({ code: 'stale' })
  })

  it('is never of an agent that not everybody may know of', async () => {
    const hidden = await sponsored('hidden')
    const { version } = await run(useCases['agents.get'], { slug: hidden.slug })
    await run(useCases['agents.update'], { slug: hidden.slug, version, restricted: true })
    const make = run(useCases['serviceAccounts.create'], { agent: hidden.slug, role: 'engineer' })
    expect(await refusalOf(make)).toMatchObject({ code: 'refused', fields: ['agent'] })

    const { slug } = await withToken('open')
    const open = await run(useCases['agents.get'], { slug })
    const restrict = run(useCases['agents.update'], { slug, version: open.version, restricted: true })
    expect(await refusalOf(restrict)).toMatchObject({ code: 'refused', fields: ['restricted'] })
    // Not by the database either.
    const { prisma } = registry.database
    await expect(prisma.agent.update({ where: { slug }, data: { restricted: true } })).rejects.toThrow(
      'an agent with a service account is not restricted',
    )
  })

  it('is no account to sign in to, and never the last administrator', async () => {
    const { slug } = await withToken('robot')
    const { id, version } = await run(useCases['serviceAccounts.get'], { agent: slug })
    await run(useCases['serviceAccounts.update'], { agent: slug, version, role: 'admin' })
    expect((await run(useCases['accounts.list'], {})).rows.map(({ email }) => email)).toEqual(['ada@example.org'])
    // Nor is it told by mail when the log was touched.
    expect(await findAlarmed(registry.database)).toEqual([{ email: 'ada@example.org', name: 'Ada' }])
    expect(await refusalOf(run(useCases['accounts.reset'], { id }))).toMatchObject({ code: 'not_found' })
    const { prisma } = registry.database
    const at = registry.now()
    const times = { createdAt: at, authenticatedAt: at, seenAt: at }
    await expect(
      prisma.session.create({ data: { id: v7(), accountId: id, method: 'password', ...times } }),
    ).rejects.toThrow('API tokens alone')
    await expect(prisma.account.update({ where: { id }, data: { passwordHash: 'x' } })).rejects.toThrow(
      'account_without_address',
    )
    await expect(prisma.account.update({ where: { id: String(admin.id) }, data: { role: 'member' } })).rejects.toThrow(
      'the last administrator stays',
    )
  })

  it.each(['governance_lead', 'auditor', 'engineer', 'member'] as const)(
    'is made by administrators alone, not by a %s',
    async (role) => {
      const { slug } = await sponsored(`of-${role}`.replace('_', '-'))
      registry.become(actorWith(role))
      const make = run(useCases['serviceAccounts.create'], { agent: slug, role: 'member' })
      expect(await refusalOf(make)).toMatchObject({ code: 'forbidden' })
    },
  )
})
