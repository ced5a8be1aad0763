import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { idSchema, nameSchema } from '@/lib/registry/model'
import { instantSchema } from '@/lib/registry/shapes'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import type { Actor } from '../model'
import { oidcProviders } from '../oidc/settings'
import { newPasswordSchema, whyNotPassword } from '../password-rules'
import { sessionTime } from '../sessions/model'
import { accountOf } from '../sessions/service'
import { endSessions } from '../sessions/store'
import { readRegistration, registrationOptions, registrationSchema } from './passkeys'
import { insertPasskey, passkeysMax, removePasskey } from './passkeys-store'
import { setPassword } from './password-store'
import { newRecoveryCodes } from './recovery-codes'
import { newTotpSecret, stepOfCode, totpSecretSchema, totpUri } from './totp'
import { keepTotp, removeTotp, replaceRecoveryCodes } from './totp-store'
import { waysOf } from './ways-store'

const wayIn = { alwaysPresent: true, reauthenticates: true } as const

/** The account, which may have ways in of its own: whoever comes by a provider has the provider's alone, or they would stay when it lets them go. */
async function ownAccount(db: Db, actor: Actor): Promise<string> {
  const accountId = accountOf(actor)
  const { issuers } = await waysOf(db, accountId)
  if (issuers.length > 0)
    throw new DomainError(
      'refused',
      'You sign in by your identity provider; passwords and passkeys are for other accounts.',
    )
  return accountId
}

/** Ends every session but the one it is done in: whoever else was signed in came by what holds no more. */
async function endOthers(db: Db, { session }: Actor, accountId: string): Promise<number> {
  const where = { accountId, ...(session && { except: session.id }) }
  return await endSessions(db, where, 'account_changed', sessionTime())
}

const event = (accountId: string, after: Record<string, string | number | boolean>) => ({
  subjectType: 'account',
  subjectId: accountId,
  after,
})

const listWaysIn = defineQuery({
  name: 'waysIn.list',
  summary: 'By which ways you can sign in',
  method: 'GET',
  path: '/ways-in',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({
    email: z.string(),
    hasPassword: z.boolean(),
    appSince: instantSchema.nullable().describe('Since when an authenticator app is asked for a code'),
    recoveryCodes: z.int().describe('Recovery codes that are left'),
    passkeys: z.array(
      z.object({ id: z.uuid(), name: z.string(), createdAt: instantSchema, lastUsedAt: instantSchema.nullable() }),
    ),
    providers: z.array(z.object({ id: z.string(), name: z.string() })).describe('Identity providers that know you'),
  }),
  async handler({ db, actor }) {
    const { app, passkeys, issuers, ...rest } = await waysOf(db, accountOf(actor))
    return {
      ...rest,
      providers: oidcProviders().flatMap(({ id, name, issuer }) => (issuers.includes(issuer) ? [{ id, name }] : [])),
      appSince: app?.toISOString() ?? null,
      passkeys: passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
        ...passkey,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
    }
  },
})

const changePassword = defineCommand({
  name: 'waysIn.setPassword',
  summary: 'Choose a password anew; you are signed out everywhere else',
  method: 'PUT',
  path: '/ways-in/password',
  ...wayIn,
  confidential: ['password'],
  input: z.strictObject({ password: newPasswordSchema }),
  output: z.object({ endedSessions: z.int() }),
  async handler({ db, actor }, { password }) {
    const accountId = await ownAccount(db, actor)
    const { email } = await waysOf(db, accountId)
    const message = whyNotPassword(password, email)
    if (message !== null) throw new DomainError('refused', message, { fields: [{ field: 'password', message }] })
    await setPassword(db, accountId, password)
    const endedSessions = await endOthers(db, actor, accountId)
    return { output: { endedSessions }, event: event(accountId, { password: 'changed', endedSessions }) }
  },
})

const beginApp = defineQuery({
  name: 'waysIn.newApp',
  summary: 'A secret for an authenticator app, which holds once the app has shown a code',
  method: 'GET',
  path: '/ways-in/app/secret',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({ secret: z.string(), uri: z.string().describe('What a QR code carries to the app') }),
  async handler({ db, actor }) {
    const { email } = await waysOf(db, accountOf(actor))
    const secret = newTotpSecret()
    return { secret, uri: totpUri(secret, email) }
  },
})

const codesSchema = z.object({ recoveryCodes: z.array(z.string()).describe('Shown here and never again') })

const addApp = defineCommand({
  name: 'waysIn.addApp',
  summary:
    'Have an authenticator app asked for a code from now on; gives recovery codes, and signs you out everywhere else',
  method: 'PUT',
  path: '/ways-in/app',
  ...wayIn,
  confidential: ['secret', 'code'],
  input: z.strictObject({
    secret: totpSecretSchema,
    code: z
      .string()
      .trim()
      .regex(/^\d{3} ?\d{3}$/, 'The code has six digits'),
  }),
  output: codesSchema,
  async handler({ db, actor }, { secret, code }) {
    const accountId = await ownAccount(db, actor)
    const at = sessionTime()
    const step = stepOfCode(secret, code.replace(' ', ''), at)
    if (step === null) {
      const message = 'This is not the code of the app just now. Check that the clock of the phone is right.'
      throw new DomainError('refused', message, { fields: [{ field: 'code', message }] })
    }
    const recoveryCodes = newRecoveryCodes()
    await keepTotp(db, accountId, secret, step, at)
    await replaceRecoveryCodes(db, accountId, recoveryCodes, at)
    const endedSessions = await endOthers(db, actor, accountId)
    return { output: { recoveryCodes }, event: event(accountId, { app: 'added', endedSessions }) }
  },
})

const removeApp = defineCommand({
  name: 'waysIn.removeApp',
  summary: 'Have no authenticator app asked any more; you are signed out everywhere else',
  method: 'DELETE',
  path: '/ways-in/app',
  ...wayIn,
  input: z.strictObject({}),
  output: z.object({}),
  async handler({ db, actor }) {
    const accountId = accountOf(actor)
    if (!(await removeTotp(db, accountId))) throw notFound('The authenticator app')
    const endedSessions = await endOthers(db, actor, accountId)
    return { output: {}, event: event(accountId, { app: 'removed', endedSessions }) }
  },
})

const makeRecoveryCodes = defineCommand({
  name: 'waysIn.newRecoveryCodes',
  summary: 'Make recovery codes anew; the earlier ones hold no more',
  method: 'POST',
  path: '/ways-in/recovery-codes',
  ...wayIn,
  input: z.strictObject({}),
  output: codesSchema,
  async handler({ db, actor }) {
    const accountId = accountOf(actor)
    if ((await waysOf(db, accountId)).app === null)
      throw new DomainError('wrong_state', 'Recovery codes stand in for an authenticator app; add one first.')
    const recoveryCodes = newRecoveryCodes()
    await replaceRecoveryCodes(db, accountId, recoveryCodes, sessionTime())
    return { output: { recoveryCodes }, event: event(accountId, { recoveryCodes: recoveryCodes.length }) }
  },
})

const beginPasskey = defineQuery({
  name: 'waysIn.newPasskey',
  summary: 'What a browser needs to make a passkey for you',
  method: 'GET',
  path: '/ways-in/passkeys/options',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z
    .custom<PublicKeyCredentialCreationOptionsJSON>()
    .describe('PublicKeyCredentialCreationOptionsJSON (Web Authentication Level 3, section 5.1.8)'),
  async handler({ db, actor }) {
    const id = accountOf(actor)
    const { email } = await waysOf(db, id)
    return await registrationOptions(db, { id, email, name: actor.name }, sessionTime())
  },
})

const addPasskey = defineCommand({
  name: 'waysIn.addPasskey',
  summary: 'Sign in with a passkey from now on',
  method: 'POST',
  path: '/ways-in/passkeys',
  ...wayIn,
  input: z.strictObject({ name: nameSchema, response: registrationSchema }),
  output: z.object({ id: z.uuid(), name: z.string() }),
  async handler({ db, actor, newId }, { name, response }) {
    const accountId = await ownAccount(db, actor)
    const at = sessionTime()
    if ((await waysOf(db, accountId)).passkeys.length >= passkeysMax)
      throw new DomainError('refused', `You have ${passkeysMax} passkeys; remove one first.`)
    const made = await readRegistration(accountId, response, at)
    if (made === null)
      throw new DomainError('refused', 'The passkey was not made for this page, or too long ago. Try again.')
    const id = newId()
    await insertPasskey(db, { id, accountId, name, ...made }, at)
    return { output: { id, name }, event: event(accountId, { passkey: 'added', name }) }
  },
})

const dropPasskey = defineCommand({
  name: 'waysIn.removePasskey',
  summary: 'Sign in with this passkey no more; you are signed out everywhere else',
  method: 'DELETE',
  path: '/ways-in/passkeys/{id}',
  ...wayIn,
  input: z.strictObject({ id: idSchema }),
  output: z.object({ id: z.uuid() }),
  async handler({ db, actor }, { id }) {
    const accountId = accountOf(actor)
    const name = await removePasskey(db, accountId, id)
    if (name === null) throw notFound('The passkey')
    const left = await waysOf(db, accountId)
    if (!left.hasPassword && left.passkeys.length === 0 && left.issuers.length === 0)
      throw new DomainError('refused', 'It is your only way in; choose a password or add another passkey first.')
    const endedSessions = await endOthers(db, actor, accountId)
    return { output: { id }, event: event(accountId, { passkey: 'removed', name, endedSessions }) }
  },
})

export const wayInUseCases = {
  'waysIn.list': listWaysIn,
  'waysIn.setPassword': changePassword,
  'waysIn.newApp': beginApp,
  'waysIn.addApp': addApp,
  'waysIn.removeApp': removeApp,
  'waysIn.newRecoveryCodes': makeRecoveryCodes,
  'waysIn.newPasskey': beginPasskey,
  'waysIn.addPasskey': addPasskey,
  'waysIn.removePasskey': dropPasskey,
}
