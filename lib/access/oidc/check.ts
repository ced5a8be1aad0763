import 'server-only'
import type { Database } from '@/lib/db/client'
import { endSessions } from '../sessions/store'
import { keepRole, refuse } from './arrive'
import { groupsOf, roleOf } from './claims'
import { askAgain } from './client'
import { oidcProviders } from './settings'
import { claimAsking, noteAnswer } from './store'

/** A provider is asked again when this long has passed: a group that was taken away is gone here within a minute. */
export const askEveryMs = 60_000

/** A provider that does not answer is given this long before the session ends: without its word nobody is let in for ever. */
const patienceMs = 15 * 60_000

/**
 * Asks the provider of a session what it says of the person now, once a minute, and lets the account have the role that
 * follows. The session ends when the provider knows it no more, the person may not be here any more, or it has been silent
 * for too long.
 * @returns whether the session goes on.
 */
export async function checkWithProvider(database: Database, sessionId: string, at: Date): Promise<boolean> {
  const session = await claimAsking(database, sessionId, new Date(at.getTime() - askEveryMs), at)
  if (!session) return true
  const provider = oidcProviders().find(({ issuer }) => issuer === session.issuer)
  const end = async () => {
    await endSessions(database, { id: sessionId }, 'provider', at)
    return false
  }
  if (!provider || session.tokens === null) return await end()
  const asked = await askAgain(provider, session.subject, session.tokens)
  if (asked.answer === 'over') return await end()
  if (asked.answer === 'none') return at.getTime() - session.answeredAt.getTime() < patienceMs ? true : await end()
  const role = roleOf(groupsOf(asked.claims, provider), provider)
  if (role === null) {
    await database.transaction((db) => refuse(db, { id: session.accountId, role: session.role }, provider))
    return await end()
  }
  const kept = await database.transaction((db) =>
    keepRole(db, { id: session.accountId, role: session.role }, role, provider),
  )
  if (!kept) return await end()
  await noteAnswer(database, sessionId, asked.tokens, at)
  return true
}
