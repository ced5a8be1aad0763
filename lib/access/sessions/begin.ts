import 'server-only'
import { v7 as uuidv7 } from 'uuid'
import { appendAuditEvent } from '@/lib/audit/store'
import type { Database } from '@/lib/db/client'
import { currentTime } from '@/lib/time/clock'
import type { Tokens } from '../oidc/client'
import { sealTokens } from '../oidc/store'
import { actorOfAccount } from '../store'
import { type SessionMethod, sessionTime } from './model'
import { endSessions, insertSession } from './store'

/** Who showed who they are, and how. */
export interface SignedIn {
  accountId: string
  method: SessionMethod
  /** When the provider saw the person; now, for whoever was seen here. */
  authenticatedAt?: Date
  provider?: { identityId: string; session: string | null; tokens: Tokens }
}

/** Where a sign-in comes from. */
export interface SignInOrigin {
  address: string
  browser: string | null
  /** The session that this browser had until now. */
  replaces: string | null
}

/**
 * Begins a session under a new name, and ends the one this browser had: also when the same person shows once more that it is
 * them, so that a session's name never outlives a change of what it may do (ASVS 7.2.4).
 * @returns its id, or null when the account may not be used.
 */
export async function beginSession(
  database: Database,
  { accountId, method, authenticatedAt, provider }: SignedIn,
  { address, browser, replaces }: SignInOrigin,
): Promise<string | null> {
  const at = sessionTime()
  return await database.transaction(async (db) => {
    const actor = await actorOfAccount(db, accountId)
    if (!actor) return null
    if (replaces !== null) await endSessions(db, { id: replaces }, 'replaced', at)
    const id = uuidv7()
    await insertSession(
      db,
      {
        ...{ id, accountId, method, address, browser },
        authenticatedAt: authenticatedAt ?? at,
        provider: provider ? { ...provider, tokens: sealTokens(id, provider.tokens) } : null,
      },
      at,
    )
    await appendAuditEvent(signInContext(db, actor), 'sessions.begin', {
      subjectType: 'account',
      subjectId: accountId,
      after: { method },
    })
    return id
  })
}

/** The person signs out: the session is over here, whatever becomes of the cookie. */
export async function signOutOf(database: Database, session: { id: string; accountId: string }): Promise<void> {
  await database.transaction(async (db) => {
    const actor = await actorOfAccount(db, session.accountId)
    const ended = await endSessions(db, { id: session.id }, 'signed_out', sessionTime())
    if (!actor || ended === 0) return
    await appendAuditEvent(signInContext(db, actor), 'sessions.signOut', {
      subjectType: 'account',
      subjectId: session.accountId,
    })
  })
}

const signInContext = (
  db: Parameters<typeof appendAuditEvent>[0]['db'],
  actor: Parameters<typeof appendAuditEvent>[0]['actor'],
) => ({ db, actor, now: currentTime(), newId: () => uuidv7(), requestId: uuidv7(), door: 'screen' as const })
