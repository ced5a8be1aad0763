import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { policySchema } from '@/lib/settings/model'
import { policyOf } from '@/lib/settings/store'
import type { Actor, Role } from '../model'
import { holds, isFresh, type SessionEnding, type SessionMethod, seenEveryMs } from './model'

interface SessionRow {
  id: string
  accountId: string
  createdAt: Date
  authenticatedAt: Date
  seenAt: Date
  identityId: string | null
  askedAt: Date | null
  name: string
  role: Role
  personId: string | null
  leadOf: string[]
  policy: unknown
}

/** A session that holds, and whose it is. */
export interface OpenSession {
  actor: Actor
  /** When the provider was last asked; null for who did not come by one. */
  askedAt: Date | null
}

/**
 * The session and its actor, or null when it is over, left alone for too long, or its account or person is gone. Looked up
 * with each request, in one statement, so that whatever ends it ends it at once. Notes that it was seen, once a minute.
 */
export async function openSession(db: Db, id: string, at: Date): Promise<OpenSession | null> {
  const [row] = await db.query<SessionRow>(sql`
    SELECT s.id, s.account_id AS "accountId", s.created_at AS "createdAt", s.authenticated_at AS "authenticatedAt",
      s.seen_at AS "seenAt", s.identity_id AS "identityId", s.asked_at AS "askedAt", a.name, a.role, a.person_id AS "personId",
      ARRAY(SELECT m.team_id::text FROM membership m JOIN team t ON t.id = m.team_id
        WHERE m.person_id = a.person_id AND m.role = 'lead' AND t.status = 'active') AS "leadOf",
      (SELECT value FROM setting WHERE key = 'policy') AS policy
    FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN person p ON p.id = a.person_id
    WHERE s.id = ${id}::uuid AND s.ended_at IS NULL AND a.status = 'active' AND a.refused_at IS NULL AND p.status IS DISTINCT FROM 'left'`)
  if (!row) return null
  const limits = policySchema.parse(row.policy ?? {}).sessions
  if (!holds(row, limits, at)) return null
  if (at.getTime() - row.seenAt.getTime() > seenEveryMs)
    await db.execute(sql`UPDATE session SET seen_at = ${at.toISOString()}::timestamptz WHERE id = ${id}::uuid`)
  const { accountId, name, role, personId, leadOf } = row
  return {
    actor: {
      kind: 'account',
      ...{ id: accountId, name, role, personId, leadOf: new Set(leadOf), scopes: null },
      session: { id, isFresh: isFresh(row, limits, at) },
    },
    askedAt: row.identityId === null ? null : (row.askedAt ?? row.createdAt),
  }
}

/** What a new session begins with. */
export interface NewSession {
  id: string
  accountId: string
  method: SessionMethod
  authenticatedAt: Date
  address: string | null
  browser: string | null
  provider: { identityId: string; session: string | null; tokens: string | null } | null
}

export async function insertSession(db: Db, { provider, ...session }: NewSession, at: Date): Promise<void> {
  await db.prisma.session.create({
    data: {
      ...session,
      createdAt: at,
      seenAt: at,
      ...(provider && {
        identityId: provider.identityId,
        providerSession: provider.session,
        providerTokens: provider.tokens,
        askedAt: at,
        answeredAt: at,
      }),
    },
    select: { id: true },
  })
}

/** Which sessions are to end. Every field that is given narrows it. */
export interface SessionsWhere {
  id?: string
  accountId?: string
  /** All but this one. */
  except?: string
  identityId?: string
  providerSession?: string
}

/** Ends open sessions, at once and for good. @returns how many. */
export async function endSessions(db: Db, where: SessionsWhere, ending: SessionEnding, at: Date): Promise<number> {
  const { except, ...narrowed } = where
  const { count } = await db.prisma.session.updateMany({
    where: { ...narrowed, ...(except !== undefined && { NOT: { id: except } }), endedAt: null },
    data: { endedAt: at, ending, providerTokens: null },
  })
  return count
}

/** The sessions of an account that still hold, the present one among them, newest first. */
export async function openSessionsOf(db: Db, accountId: string, at: Date) {
  const limits = (await policyOf(db)).sessions
  const rows = await db.prisma.session.findMany({
    where: { accountId, endedAt: null },
    orderBy: [{ seenAt: 'desc' }, { id: 'asc' }],
    take: 200,
    select: {
      id: true,
      method: true,
      createdAt: true,
      authenticatedAt: true,
      seenAt: true,
      address: true,
      browser: true,
    },
  })
  return rows.filter((row) => holds(row, limits, at))
}

/** Removes what is over for longer than anybody asks about. */
export async function sweepSessions(db: Db, before: Date): Promise<number> {
  return await db.execute(sql`
    DELETE FROM session WHERE ended_at < ${before.toISOString()}::timestamptz OR seen_at < ${before.toISOString()}::timestamptz`)
}
