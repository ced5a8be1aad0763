import type { Db } from '@/lib/db/client'
import type { TokenScope } from '../model'

const shown = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
} as const

export interface NewToken {
  id: string
  accountId: string
  name: string
  prefix: string
  hash: string
  scopes: TokenScope[]
  createdAt: Date
  expiresAt: Date
}

/** Keeps a token's hash; the token itself is kept nowhere. */
export async function insertToken(db: Db, token: NewToken): Promise<void> {
  await db.prisma.apiToken.create({ data: token, select: { id: true } })
}

/** The tokens of an account that were not revoked, newest first. */
export async function findTokens(db: Db, accountId: string, limit: number) {
  return await db.prisma.apiToken.findMany({
    where: { accountId, revokedAt: null },
    select: shown,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
}

/** Revokes a token of the account; null when it has none such, or revoked it before. */
export async function revokeTokenOf(db: Db, accountId: string, id: string, now: Date) {
  const token = await db.prisma.apiToken.findFirst({ where: { id, accountId, revokedAt: null }, select: shown })
  if (token) await db.prisma.apiToken.update({ where: { id }, data: { revokedAt: now }, select: { id: true } })
  return token
}
