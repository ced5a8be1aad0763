import type { Database } from '@/lib/db/client'
import { hashPassword, verifyPassword } from './password'
import { clearFailures, findCredentials, noteFailure, secondsBlocked } from './store'

export type SignInResult =
  | { outcome: 'signed_in'; account: { id: string; name: string; email: string; sessionVersion: number } }
  | { outcome: 'refused' }
  | { outcome: 'blocked'; seconds: number }

// Verified against when the account is unknown, so that an answer takes equally long and tells nothing.
let decoy: Promise<string> | undefined

/**
 * Checks an e-mail address and password. Failures are counted per account and client address together, so that
 * guessing from elsewhere cannot lock out the rightful user, and per client address alone, against guessing widely.
 */
export async function signIn(
  database: Database,
  credentials: { email: string; password: string; address: string },
  now: Date,
): Promise<SignInResult> {
  const email = credentials.email.trim().toLowerCase()
  const account = { kind: 'account', key: `account:${email}|${credentials.address}` } as const
  const address = { kind: 'address', key: `address:${credentials.address}` } as const
  const waits = await Promise.all([account, address].map(({ key }) => secondsBlocked(database, key, now)))
  const seconds = Math.max(...waits)
  if (seconds > 0) return { outcome: 'blocked', seconds }
  decoy ??= hashPassword('no account has this password')
  const known = await findCredentials(database, email)
  const matches = await verifyPassword(credentials.password, known?.passwordHash ?? (await decoy))
  if (!known || !matches) {
    await noteFailure(database, account, now)
    await noteFailure(database, address, now)
    return { outcome: 'refused' }
  }
  await clearFailures(database, account.key)
  const { id, name, sessionVersion } = known
  return { outcome: 'signed_in', account: { id, name, email, sessionVersion } }
}
