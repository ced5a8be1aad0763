import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { LinkKind } from './links'

interface NewLink {
  hash: string
  kind: LinkKind
  accountId: string | null
  createdAt: Date
  expiresAt: Date
  tokenSealed: string | null
}

export async function insertLink(db: Db, link: NewLink): Promise<void> {
  await db.prisma.accountLink.create({ data: link, select: { hash: true } })
}

/** Ends every link that was not used, of the account or (null) for the first administrator. */
export async function endLinks(db: Db, accountId: string | null, at: Date): Promise<void> {
  await db.prisma.accountLink.updateMany({
    where: { accountId, usedAt: null, expiresAt: { gt: at } },
    data: { expiresAt: at, tokenSealed: null },
  })
}

/** Removes what is over for longer than anybody asks about. */
export async function sweepLinks(db: Db, before: Date): Promise<void> {
  await db.prisma.accountLink.deleteMany({ where: { expiresAt: { lt: before } } })
}

/** A link that holds, and whose account it opens. */
export interface OpenLink {
  hash: string
  kind: LinkKind
  account: { id: string; email: string; name: string } | null
}

/** The link behind a hash while it holds, locked for whoever uses it; null when it was used, is over or never was. */
export async function lockLink(db: Db, hash: string, at: Date): Promise<OpenLink | null> {
  const [row] = await db.query<OpenLink>(sql`
    SELECT l.hash, l.kind::text, CASE WHEN a.id IS NULL THEN NULL ELSE
      jsonb_build_object('id', a.id, 'email', a.email, 'name', a.name) END AS account
    FROM account_link l LEFT JOIN account a ON a.id = l.account_id
    WHERE l.hash = ${hash} AND l.used_at IS NULL AND l.expires_at > ${at.toISOString()}::timestamptz
      AND (a.id IS NULL OR a.status = 'active')
    FOR UPDATE OF l`)
  return row ?? null
}

export async function noteLinkUsed(db: Db, hash: string, at: Date): Promise<void> {
  await db.prisma.accountLink.update({
    where: { hash },
    data: { usedAt: at, tokenSealed: null },
    select: { hash: true },
  })
}

/** How many links of a kind an account was sent since. */
export const countLinksSince = (db: Db, accountId: string, since: Date): Promise<number> =>
  db.prisma.accountLink.count({ where: { accountId, createdAt: { gte: since } } })

/** A link that waits to go out by mail. */
export interface LinkToMail {
  hash: string
  kind: 'invitation' | 'reset'
  tokenSealed: string
  name: string
  email: string
}

/** Links that wait to go out, the oldest first, held by this transaction until it ends. */
export async function lockLinksToMail(db: Db, at: Date, limit: number): Promise<LinkToMail[]> {
  return await db.query<LinkToMail>(sql`
    SELECT l.hash, l.kind::text, l.token_sealed AS "tokenSealed", a.name, a.email
    FROM account_link l JOIN account a ON a.id = l.account_id
    WHERE l.token_sealed IS NOT NULL AND l.used_at IS NULL AND l.expires_at > ${at.toISOString()}::timestamptz
    ORDER BY l.created_at LIMIT ${limit} FOR UPDATE OF l SKIP LOCKED`)
}

/** What goes out keeps nothing that opens it. */
export async function noteLinkMailed(db: Db, hash: string, at: Date): Promise<void> {
  await db.prisma.accountLink.update({
    where: { hash },
    data: { tokenSealed: null, mailedAt: at },
    select: { hash: true },
  })
}
