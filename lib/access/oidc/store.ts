import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { open, seal, UnsealError } from '@/lib/secrets/seal'
import type { Role } from '../model'
import { type Tokens, tokensSchema } from './client'

export const sealTokens = (sessionId: string, tokens: Tokens): string => seal(JSON.stringify(tokens), sessionId)
/** Null for what no key of this server opens any more. */
function openTokens(sessionId: string, sealed: string): Tokens | null {
  try {
    return tokensSchema.parse(JSON.parse(open(sealed, sessionId)))
  } catch (error) {
    if (error instanceof UnsealError) return null
    throw error
  }
}

/** An account as a provider's word finds it. */
export interface FoundAccount {
  id: string
  role: Role
  /** Null before it was tied to what the provider calls the person. */
  identityId: string | null
}

/** The account that the provider has named before, or else the one with this address; locked, null for neither. */
export async function lockAccountOf(
  db: Db,
  { issuer, subject, email }: { issuer: string; subject: string; email: string | null },
): Promise<FoundAccount | null> {
  const [known] = await db.query<FoundAccount>(sql`
    SELECT a.id::text, a.role::text, i.id::text AS "identityId" FROM account_identity i JOIN account a ON a.id = i.account_id
    WHERE i.issuer = ${issuer} AND i.subject = ${subject} FOR UPDATE OF a`)
  if (known || email === null) return known ?? null
  // An account that the same provider knows by another name is somebody else's, whatever address they have now.
  const [byAddress] = await db.query<FoundAccount>(sql`
    SELECT a.id::text, a.role::text, NULL AS "identityId" FROM account a
    WHERE a.email = ${email} AND NOT EXISTS (
      SELECT FROM account_identity i WHERE i.account_id = a.id AND i.issuer = ${issuer}) FOR UPDATE OF a`)
  return byAddress ?? null
}

/** Whether an account has this address. */
export const isTaken = async (db: Db, email: string): Promise<boolean> =>
  (await db.prisma.account.count({ where: { email } })) > 0

export async function insertIdentity(
  db: Db,
  identity: { id: string; accountId: string; issuer: string; subject: string },
  at: Date,
): Promise<void> {
  await db.prisma.accountIdentity.create({ data: { ...identity, createdAt: at }, select: { id: true } })
}

/** The one active person with this address who has no account yet; null for nobody, or for several. */
export async function personWithAddress(db: Db, email: string): Promise<string | null> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT p.id::text FROM person p WHERE lower(p.email) = ${email} AND p.status = 'active'
      AND NOT EXISTS (SELECT FROM account a WHERE a.person_id = p.id) LIMIT 2`)
  return rows.length === 1 ? (rows[0]?.id ?? null) : null
}

/** Notes whether the provider says that the owner of an account has a role here. @returns whether that is news. */
export async function noteRefused(db: Db, accountId: string, refusedAt: Date | null): Promise<boolean> {
  const { count } = await db.prisma.account.updateMany({
    where: { id: accountId, refusedAt: refusedAt === null ? { not: null } : null },
    data: { refusedAt },
  })
  return count > 0
}

/** Gives an account another role. The last administrator keeps theirs: the database sees to it. */
export async function setRole(db: Db, accountId: string, role: Role): Promise<void> {
  await db.prisma.account.update({
    where: { id: accountId },
    data: { role, version: { increment: 1 } },
    select: { id: true },
  })
}

/** A session whose provider is to be asked again. */
export interface SessionToAsk {
  id: string
  accountId: string
  role: Role
  issuer: string
  subject: string
  /** Null when they cannot be opened any more. */
  tokens: Tokens | null
  answeredAt: Date
}

/**
 * Takes it upon this request to ask the provider of a session, unless another has since `before`: of many requests at once
 * one asks, and the others go on with what was known.
 */
export async function claimAsking(db: Db, sessionId: string, before: Date, at: Date): Promise<SessionToAsk | null> {
  const [row] = await db.query<Omit<SessionToAsk, 'tokens'> & { sealed: string }>(sql`
    UPDATE session s SET asked_at = ${at.toISOString()}::timestamptz
    FROM account_identity i, account a
    WHERE s.id = ${sessionId}::uuid AND i.id = s.identity_id AND a.id = s.account_id AND s.ended_at IS NULL
      AND s.provider_tokens IS NOT NULL AND s.asked_at < ${before.toISOString()}::timestamptz
    RETURNING s.id::text, s.account_id::text AS "accountId", a.role::text, i.issuer, i.subject, s.provider_tokens AS sealed,
      s.answered_at AS "answeredAt"`)
  if (!row) return null
  const { sealed, ...rest } = row
  return { ...rest, tokens: openTokens(sessionId, sealed) }
}

/** Notes that the provider has answered, and keeps the tokens it gave. */
export async function noteAnswer(db: Db, sessionId: string, tokens: Tokens, at: Date): Promise<void> {
  await db.prisma.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { answeredAt: at, providerTokens: sealTokens(sessionId, tokens) },
  })
}

/** The issuer and the ID token of a session that came by a provider; null for any other. */
export async function providerOfSession(
  db: Db,
  sessionId: string,
): Promise<{ issuer: string; idToken: string | null } | null> {
  const row = await db.prisma.session.findUnique({
    where: { id: sessionId },
    select: { providerTokens: true, identity: { select: { issuer: true } } },
  })
  if (!row?.identity) return null
  return {
    issuer: row.identity.issuer,
    idToken: row.providerTokens === null ? null : (openTokens(sessionId, row.providerTokens)?.idToken ?? null),
  }
}

export const identityNamed = (db: Db, issuer: string, subject: string) =>
  db.prisma.accountIdentity.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { id: true } })

/** Open sessions that a provider calls by this name of its own; of one person where it names them too. */
export async function sessionsOfProvider(
  db: Db,
  { issuer, session, identityId }: { issuer: string; session: string; identityId: string | null },
): Promise<string[]> {
  const rows = await db.prisma.session.findMany({
    where: {
      providerSession: session,
      endedAt: null,
      identity: { issuer },
      ...(identityId !== null && { identityId }),
    },
    select: { id: true },
    take: 1000,
  })
  return rows.map(({ id }) => id)
}
