import type { Database } from '@/lib/db/client'
import { log } from '@/lib/http/log'
import { takeCode } from './factors/totp-store'
import { hashPassword, verifyPassword } from './password'
import { clearFailures, findCredentials, noteFailure, secondsBlocked } from './store'

export type SignInResult =
  | { outcome: 'signed_in'; account: SignedInAccount; method: 'password' | 'password_and_code' }
  | { outcome: 'refused' }
  /** The password is right; the account asks for a code besides. */
  | { outcome: 'code_needed' }
  | { outcome: 'code_refused' }
  | { outcome: 'blocked'; seconds: number }

interface SignedInAccount {
  id: string
  name: string
  email: string
}

// Verified against when the account is unknown or has no password, so that an answer takes equally long and tells nothing.
let decoy: Promise<string> | undefined

/**
 * Checks an e-mail address and password, and the code of whoever has an authenticator app. Failures are counted per account
 * and client address together, so that guessing from elsewhere cannot lock out the rightful user, and per client address
 * alone, against guessing widely. Codes are guessed against the same count.
 */
export async function signIn(
  database: Database,
  credentials: { email: string; password: string; code?: string; address: string },
  now: Date,
): Promise<SignInResult> {
  const email = credentials.email.trim().toLowerCase()
  const account = { kind: 'account', key: `account:${email}|${credentials.address}` } as const
  const address = { kind: 'address', key: `address:${credentials.address}` } as const
  const fail = async <Outcome extends 'refused' | 'code_refused'>(outcome: Outcome) => {
    await noteFailure(database, address, now)
    log.warn({ email, address: credentials.address, outcome }, 'Somebody could not sign in')
    return { outcome }
  }
  const waits = await Promise.all([account, address].map(({ key }) => secondsBlocked(database, key, now)))
  const seconds = Math.max(...waits)
  if (seconds > 0) {
    log.warn({ email, address: credentials.address, seconds }, 'Somebody who may not try again yet could not sign in')
    return { outcome: 'blocked', seconds }
  }
  // Counted before it is looked at, so that of many tries at once no more get through than of many in a row.
  await noteFailure(database, account, now)
  decoy ??= hashPassword('no account has this password')
  const known = await findCredentials(database, email)
  const matches = await verifyPassword(credentials.password, known?.passwordHash ?? (await decoy))
  if (!known?.passwordHash || !matches) return await fail('refused')
  const { id, name, asksForCode } = known
  if (asksForCode) {
    if (!credentials.code) {
      await clearFailures(database, account.key)
      return { outcome: 'code_needed' }
    }
    const codes = { kind: 'code', key: `code:${id}` } as const
    const wait = await secondsBlocked(database, codes.key, now)
    if (wait > 0) return { outcome: 'blocked', seconds: wait }
    if (!(await takeCode(database, id, credentials.code, now))) {
      await noteFailure(database, codes, now)
      return await fail('code_refused')
    }
    await clearFailures(database, codes.key)
  }
  await clearFailures(database, account.key)
  return {
    outcome: 'signed_in',
    account: { id, name, email: known.email },
    method: asksForCode ? 'password_and_code' : 'password',
  }
}
