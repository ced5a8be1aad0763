import { Secret, TOTP } from 'otpauth'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { signIn } from '../sign-in'
import { takeCode } from './totp-store'

const password = 'seven green bicycles'

describe('ways to sign in', () => {
  let registry: TestRegistry
  let accountId: string
  beforeAll(async () => {
    registry = await testRegistry()
    accountId = v7()
    await registry.database.prisma.account.create({
      data: { id: accountId, email: 'ana@example.org', name: 'Ana', role: 'member' },
    })
    registry.become(actorWith('member', { id: accountId, name: 'Ana' }))
    await registry.run(useCases['waysIn.setPassword'], { password })
  })
  afterAll(() => registry.drop())

  const attempt = (code?: string, at = new Date()) =>
    signIn(
      registry.database,
      { email: 'ana@example.org', password, address: '192.0.2.1', ...(code !== undefined && { code }) },
      at,
    )

  it('have a code asked for once an app has shown one, each code once, also at the same time', async () => {
    const { secret } = await registry.run(useCases['waysIn.newApp'], {})
    const app = new TOTP({ secret: Secret.fromBase32(secret) })
    expect(await attempt()).toMatchObject({ outcome: 'signed_in', method: 'password' })
    const at = new Date()
    const times = { createdAt: at, authenticatedAt: at, seenAt: at }
    const elsewhere = await registry.database.prisma.session.create({
      data: { id: v7(), accountId, method: 'password', ...times },
    })
    // Kept, for the next half minute may begin before it is tried again.
    const used = app.generate()
    const { recoveryCodes } = await registry.run(useCases['waysIn.addApp'], { secret, code: used })
    expect(await registry.database.prisma.session.findUniqueOrThrow({ where: { id: elsewhere.id } })).toMatchObject({
      ending: 'account_changed',
    })
    expect(await attempt()).toEqual({ outcome: 'code_needed' })
    expect(await attempt(used)).toEqual({ outcome: 'code_refused' })
    const next = new Date(Date.now() + 30_000)
    const code = app.generate({ timestamp: next.getTime() })
    const taken = await Promise.all([1, 2, 3].map(() => takeCode(registry.database, accountId, code, next)))
    expect(taken.filter(Boolean)).toHaveLength(1)
    const recovery = recoveryCodes[0] ?? ''
    expect(await attempt(recovery.toUpperCase().replaceAll('-', ' '))).toMatchObject({ method: 'password_and_code' })
    expect(await attempt(recovery)).toEqual({ outcome: 'code_refused' })
    expect((await registry.run(useCases['waysIn.list'], {})).recoveryCodes).toBe(9)
  })

  it('keep the secret of the app sealed and the codes hashed', async () => {
    const [totp] = await registry.database.prisma.totpSecret.findMany()
    expect(totp?.sealed).toMatch(/^v1\./)
    const codes = await registry.database.prisma.recoveryCode.findMany()
    expect(codes.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true)
  })

  it('slow down who guesses codes, wherever they come from', async () => {
    // All at one instant: looking at a password takes longer than the first waits.
    const at = new Date()
    for (let time = 0; time < 22; time += 1)
      await signIn(
        registry.database,
        { email: 'ana@example.org', password, code: '000000', address: `198.51.100.${time}` },
        at,
      )
    expect(await attempt('000000', at)).toMatchObject({ outcome: 'blocked' })
    const after = new Date(at.getTime() + 20 * 60_000)
    expect(await attempt(undefined, after)).toEqual({ outcome: 'code_needed' })
  })

  it('go back to the password alone when the app is removed', async () => {
    await registry.run(useCases['waysIn.removeApp'], {})
    expect(await attempt(undefined, new Date(Date.now() + 3_600_000))).toMatchObject({ method: 'password' })
    expect(await refusalOf(registry.run(useCases['waysIn.newRecoveryCodes'], {}))).toMatchObject({
      code: 'wrong_state',
    })
  })

  it('take no passkey that was not made for this page and this account', async () => {
    const { challenge } = await registry.run(useCases['waysIn.newPasskey'], {})
    expect(challenge).toMatch(/^[\w-]{86}$/)
    const clientDataJSON = Buffer.from(
      JSON.stringify({ type: 'webauthn.create', challenge, origin: 'https://evil.example' }),
    ).toString('base64url')
    const response = { clientDataJSON, attestationObject: 'o2NmbXQ' }
    const made = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' as const, response, clientExtensionResults: {} }
    expect(
      await refusalOf(registry.run(useCases['waysIn.addPasskey'], { name: 'Evil', response: made })),
    ).toMatchObject({ code: 'refused' })
  })
})
