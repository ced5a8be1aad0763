import 'server-only'
import { v7 as uuidv7 } from 'uuid'
import type { UseCaseName } from '@/lib/access/permissions'
import { type Json, toJson } from '@/lib/audit/model'
import { appendAuditEvent } from '@/lib/audit/store'
import type { Database, Db } from '@/lib/db/client'
import { currentTime } from '@/lib/time/clock'
import { countOtherAdministrators } from '../accounts/store'
import { type Role, systemActor } from '../model'
import { sessionTime } from '../sessions/model'
import { endSessions } from '../sessions/store'
import { type Claims, groupsOf, roleOf, vouchedEmail } from './claims'
import type { OidcProvider } from './settings'
import {
  type FoundAccount,
  insertIdentity,
  isTaken,
  lockAccountOf,
  noteRefused,
  personWithAddress,
  setRole,
} from './store'

/** What a provider's word comes to: an account, or why there is none. */
export type Arrival =
  | { accountId: string; identityId: string }
  | { refused: 'no_role' | 'no_email' | 'address_taken' | 'last_administrator' }

/**
 * Finds or makes the account of whom a provider vouches for, and gives it the role that its groups have. An account of our own
 * is found by its address only where the provider vouches for that, and by nobody a second time.
 */
export async function arrive(database: Database, provider: OidcProvider, claims: Claims): Promise<Arrival> {
  const role = roleOf(groupsOf(claims, provider), provider)
  if (role === null) return await shutOut(database, provider, claims.sub)
  const email = vouchedEmail(claims, provider)
  return await database.transaction(async (db): Promise<Arrival> => {
    const names = { issuer: provider.issuer, subject: claims.sub, email }
    const found = await lockAccountOf(db, names)
    if (!found && email === null) return { refused: 'no_email' }
    if (!found && (await isTaken(db, email ?? ''))) return { refused: 'address_taken' }
    const account = found ?? (await makeAccount(db, provider, claims, email ?? '', role))
    const kept = await keepRole(db, account, role, provider)
    if (!kept) return { refused: 'last_administrator' }
    await noteRefused(db, account.id, null)
    const identityId = account.identityId ?? (await tieTo(db, account.id, names))
    return { accountId: account.id, identityId }
  })
}

/** Whoever has no role by their provider's word is out with all they have here: sessions, passwords, passkeys and tokens. */
async function shutOut(database: Database, { issuer }: OidcProvider, subject: string): Promise<Arrival> {
  await database.transaction(async (db) => {
    const account = await lockAccountOf(db, { issuer, subject, email: null })
    if (account) await refuse(db, account, { issuer })
  })
  return { refused: 'no_role' }
}

/** Lets nothing of an account in until its provider says that it has a role again. The last administrator stays. */
export async function refuse(
  db: Db,
  account: Pick<FoundAccount, 'id' | 'role'>,
  { issuer }: Pick<OidcProvider, 'issuer'>,
): Promise<void> {
  if (account.role === 'admin' && (await countOtherAdministrators(db, account.id)) === 0) return
  if (!(await noteRefused(db, account.id, sessionTime()))) return
  await endSessions(db, { accountId: account.id }, 'provider', sessionTime())
  await record(db, 'accounts.refuse', account.id, { after: { issuer } })
}

async function tieTo(db: Db, accountId: string, { issuer, subject }: { issuer: string; subject: string }) {
  const id = uuidv7()
  await insertIdentity(db, { id, accountId, issuer, subject }, sessionTime())
  await record(db, 'accounts.tie', accountId, { after: { issuer } })
  return id
}

async function makeAccount(
  db: Db,
  provider: OidcProvider,
  claims: Claims,
  email: string,
  role: Role,
): Promise<FoundAccount> {
  const id = uuidv7()
  const name = claims.name?.trim() || claims.preferred_username?.trim() || email
  const personId = await personWithAddress(db, email)
  await db.prisma.account.create({
    data: { id, email, name, role, personId, createdAt: currentTime() },
    select: { id: true },
  })
  await record(db, 'accounts.arrive', id, { after: toJson({ email, name, role, personId, issuer: provider.issuer }) })
  return { id, role, identityId: null }
}

/**
 * Gives the account the role that its provider says.
 * @returns false where that would leave nobody to administer Pentarch; the role stays then.
 */
export async function keepRole(
  db: Db,
  account: Pick<FoundAccount, 'id' | 'role'>,
  role: Role,
  { issuer }: Pick<OidcProvider, 'issuer'>,
): Promise<boolean> {
  if (account.role === role) return true
  if (account.role === 'admin' && (await countOtherAdministrators(db, account.id)) === 0) return false
  await setRole(db, account.id, role)
  await record(db, 'accounts.roleByProvider', account.id, {
    before: { role: account.role },
    after: { role, issuer },
  })
  return true
}

async function record(
  db: Db,
  action: UseCaseName,
  accountId: string,
  sides: { before?: Json; after: Json },
): Promise<void> {
  const context = { db, now: currentTime(), newId: () => uuidv7(), requestId: uuidv7(), door: 'job' as const }
  await appendAuditEvent({ ...context, actor: systemActor('Sign-in') }, action, {
    subjectType: 'account',
    subjectId: accountId,
    ...sides,
  })
}
