import { generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { beginSession } from '../sessions/begin'
import { sessionTime } from '../sessions/model'
import { openSession } from '../sessions/store'
import { type Arrival, arrive } from './arrive'
import { endByProvider } from './back-channel'
import { checkWithProvider } from './check'
import { claimsSchema } from './claims'
import { type OidcProvider, oidcProviders } from './settings'
import { type IdentityProvider, startIdentityProvider, testClient } from './testing/identity-provider'

const origin = 'http://localhost:1'
const minuteMs = 60_000

describe('people who come by an identity provider', () => {
  let registry: TestRegistry
  let idp: IdentityProvider
  let provider: OidcProvider
  beforeAll(async () => {
    registry = await testRegistry()
    idp = await startIdentityProvider(origin, [])
    vi.stubEnv('OIDC_ISSUER', idp.issuer)
    vi.stubEnv('OIDC_CLIENT_ID', testClient.id)
    vi.stubEnv('OIDC_CLIENT_SECRET', testClient.secret)
    vi.stubEnv('OIDC_ROLES', 'admins=admin,leads=governance_lead,all=member')
    const [first] = oidcProviders()
    if (!first) throw new Error('No provider is set')
    provider = first
    await registry.run(useCases['people.create'], { externalId: 'ana', name: 'Ana', email: 'Ana@example.org' })
    await registry.database.prisma.account.create({
      data: { id: crypto.randomUUID(), email: 'root@example.org', name: 'Root', role: 'admin' },
    })
  })
  afterAll(async () => {
    await idp.close()
    await registry.drop()
    vi.unstubAllEnvs()
  })

  const come = (more: object) =>
    arrive(
      registry.database,
      provider,
      claimsSchema.parse({ sub: 'ana', email: 'ana@example.org', email_verified: true, groups: ['all'], ...more }),
    )
  const accepted = (arrival: Arrival) => {
    if ('refused' in arrival) throw new Error(arrival.refused)
    return arrival
  }
  const accountNamed = (email: string) => registry.database.prisma.account.findUnique({ where: { email } })

  it('get an account of their own, tied to their person, the first time, and the same one ever after', async () => {
    const first = accepted(await come({}))
    expect(await accountNamed('ana@example.org')).toMatchObject({ role: 'member', passwordHash: null })
    const person = await registry.database.prisma.person.findUniqueOrThrow({ where: { externalId: 'ana' } })
    expect((await accountNamed('ana@example.org'))?.personId).toBe(person.id)
    // By its name at the provider, whatever address they have there now.
    expect(accepted(await come({ email: 'ana.married@example.org' }))).toEqual(first)
    expect((await registry.eventsOf(first.accountId)).map(({ action }) => action)).toEqual([
      'accounts.arrive',
      'accounts.tie',
    ])
  })

  it('have the role of their groups, each time', async () => {
    const { accountId } = accepted(await come({ groups: ['all', 'leads'] }))
    expect((await accountNamed('ana@example.org'))?.role).toBe('governance_lead')
    expect((await registry.eventsOf(accountId)).at(-1)).toMatchObject({
      action: 'accounts.roleByProvider',
      before: { role: 'member' },
      after: { role: 'governance_lead' },
    })
    expect(await come({ groups: ['others'] })).toEqual({ refused: 'no_role' })
  })

  it('are tied to an account of ours by an address that is vouched for, and never a second time', async () => {
    const root = await accountNamed('root@example.org')
    const claims = { sub: 'root-1', email: 'root@example.org', groups: ['admins'] }
    expect(await come({ ...claims, email_verified: false })).toEqual({ refused: 'no_email' })
    expect(accepted(await come(claims)).accountId).toBe(root?.id)
    // Somebody else at the same provider who has that address now is nobody here.
    expect(await come({ ...claims, sub: 'root-2' })).toEqual({ refused: 'address_taken' })
    expect(await registry.database.prisma.accountIdentity.count({ where: { accountId: root?.id ?? '' } })).toBe(1)
  })

  it('cannot take the last administrator along', async () => {
    expect(await come({ sub: 'root-1', email: 'root@example.org', groups: ['all'] })).toEqual({
      refused: 'last_administrator',
    })
    expect((await accountNamed('root@example.org'))?.role).toBe('admin')
  })

  const begin = async (sid: string) => {
    const { accountId, identityId } = accepted(await come({}))
    const tokens = { accessToken: 'gone', refreshToken: null, idToken: null }
    const signedIn = { accountId, method: 'provider' as const, provider: { identityId, session: sid, tokens } }
    const id = await beginSession(registry.database, signedIn, { address: '192.0.2.1', browser: null, replaces: null })
    if (id === null) throw new Error('No session began')
    return id
  }
  const isOpen = async (id: string) => (await openSession(registry.database, id, sessionTime())) !== null

  it('are signed out when the provider knows their session no more, and not while it is silent for a moment', async () => {
    const id = await begin('s1')
    const later = (minutes: number) => new Date(sessionTime().getTime() + minutes * minuteMs)
    expect(await checkWithProvider(registry.database, id, later(0.5))).toBe(true)
    idp.setDown(true)
    expect(await checkWithProvider(registry.database, id, later(2))).toBe(true)
    expect(await checkWithProvider(registry.database, id, later(14))).toBe(true)
    expect(await checkWithProvider(registry.database, id, later(16))).toBe(false)
    expect(await isOpen(id)).toBe(false)
    idp.setDown(false)
    const other = await begin('s2')
    // An access token that it never gave.
    expect(await checkWithProvider(registry.database, other, later(2))).toBe(false)
    const row = await registry.database.prisma.session.findUniqueOrThrow({ where: { id: other } })
    expect(row).toMatchObject({ ending: 'provider', providerTokens: null })
  })

  it('keep the provider’s tokens sealed', async () => {
    const id = await begin('s3')
    const row = await registry.database.prisma.session.findUniqueOrThrow({ where: { id } })
    expect(row.providerTokens).toMatch(/^v1\./)
    expect(row.providerTokens).not.toContain('gone')
  })

  it('are signed out by no word that the provider did not sign for us', async () => {
    const id = await begin('s4')
    const { privateKey } = await generateKeyPair('RS256')
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
    const forged = await new SignJWT({ sid: 's4', sub: 'ana', events })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(idp.issuer)
      .setAudience(testClient.id)
      .setIssuedAt()
      .sign(privateKey)
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`
    for (const token of [forged, unsigned, 'nonsense', ''])
      expect(await endByProvider(registry.database, 'oidc', token)).toBeNull()
    expect(await endByProvider(registry.database, 'oidc-9', forged)).toBeNull()
    expect(await isOpen(id)).toBe(true)
  })
})
