import 'server-only'
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Database, Db } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { mailSettings } from '@/lib/mail/settings'
import { findPasskey, keepChallenge, notePasskeyUse, passkeysOf, takeChallenge } from './passkeys-store'

const minutesToAnswer = 5
const challengeMs = minutesToAnswer * 60_000

/** Who asks for passkeys: the host that people open (WebAuthn Level 3, section 5.1.2). */
function relyingParty() {
  const { origin } = mailSettings()
  return { id: new URL(origin).hostname, origin }
}

const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(20_000)
const transports = z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])).max(7)

/** What a browser answers when a passkey is made (RegistrationResponseJSON). */
export const registrationSchema = z.strictObject({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.strictObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: transports.optional(),
  }),
  clientExtensionResults: z.strictObject({}).default({}),
})
export type Registration = z.output<typeof registrationSchema>

/** What a browser answers when a passkey is used (AuthenticationResponseJSON). */
export const assertionSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
  clientExtensionResults: z.object({}).default({}),
})
export type Assertion = z.output<typeof assertionSchema>

/**
 * What a new passkey has to sign: an instant, something random, and a mark that only we can make for this account. So
 * nothing has to be kept until it comes back.
 */
function registrationChallenge(accountId: string, at: Date): Uint8Array<ArrayBuffer> {
  const body = Buffer.concat([Buffer.alloc(8), randomBytes(24)])
  body.writeBigUInt64BE(BigInt(at.getTime() + challengeMs))
  return new Uint8Array(Buffer.concat([body, markOf(accountId, body)]))
}

function isOwnChallenge(accountId: string, challenge: string, at: Date): boolean {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== 64) return false
  const body = bytes.subarray(0, 32)
  return timingSafeEqual(bytes.subarray(32), markOf(accountId, body)) && body.readBigUInt64BE() > BigInt(at.getTime())
}

function markOf(accountId: string, body: Uint8Array): Buffer {
  const secret = process.env.NEXTAUTH_SECRET
  if (!secret) throw new Error('NEXTAUTH_SECRET is not set')
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'pentarch passkey registration v1', 32))
  return createHmac('sha256', key).update(`${accountId}:`).update(body).digest()
}

/** What the browser needs to make a passkey for the account. */
export async function registrationOptions(db: Db, account: { id: string; email: string; name: string }, at: Date) {
  const { id: rpID } = relyingParty()
  const known = await passkeysOf(db, account.id)
  return await generateRegistrationOptions({
    rpName: 'Pentarch',
    rpID,
    userID: new Uint8Array(Buffer.from(account.id)),
    userName: account.email,
    userDisplayName: account.name,
    challenge: registrationChallenge(account.id, at),
    timeout: challengeMs,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** What does not verify is refused like any other; why, and a fault of ours that looks the same, stands in the log. */
function refused(error: unknown): null {
  log.warn({ err: error }, 'A passkey did not verify')
  return null
}

/** The passkey that a browser made, or null when the answer is not one to what we asked this account. */
export async function readRegistration(accountId: string, response: Registration, at: Date) {
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty()
  const verified = await verifyRegistrationResponse({
    response: { ...response, response: withoutUndefined(response.response) },
    expectedChallenge: (challenge) => isOwnChallenge(accountId, challenge, at),
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
  }).catch(refused)
  if (!verified?.verified) return null
  const { id, publicKey, counter } = verified.registrationInfo.credential
  return { credentialId: id, publicKey, counter, transports: response.response.transports ?? [] }
}

/** What the browser needs to sign in with any passkey it has for us. */
export async function signInOptions(db: Db, at: Date) {
  const { id: rpID } = relyingParty()
  const options = await generateAuthenticationOptions({ rpID, timeout: challengeMs, userVerification: 'required' })
  await keepChallenge(db, options.challenge, new Date(at.getTime() + challengeMs), at)
  return options
}

/** The account whose passkey answered, or null. The challenge is used up whatever comes of it. */
export async function accountOfAssertion(database: Database, response: Assertion, at: Date): Promise<string | null> {
  const passkey = await findPasskey(database, response.id)
  if (!passkey) return null
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty()
  const verified = await verifyAuthenticationResponse({
    response: { ...response, response: withoutUndefined(response.response) },
    expectedChallenge: (challenge) => takeChallenge(database, challenge, at),
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
  }).catch(refused)
  if (!verified?.verified) return null
  await notePasskeyUse(database, passkey.id, verified.authenticationInfo.newCounter, at)
  return passkey.accountId
}

/** The library tells absent fields from undefined ones. */
function withoutUndefined<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]: Exclude<Fields[Key], undefined>
  }
}
