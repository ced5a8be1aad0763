import { v7 } from 'uuid'
import { type Role, type TokenScope, tokenScopes } from '@/lib/access/model'
import { makeToken } from '@/lib/access/tokens/token'
import type { Database } from '@/lib/db/client'

/** An API token of a new account with this role. */
export async function tokenFor(
  { prisma }: Database,
  role: Role,
  scopes: readonly TokenScope[] = tokenScopes,
): Promise<string> {
  const { token, prefix, hash } = makeToken()
  const accountId = v7()
  await prisma.account.create({
    data: { id: accountId, email: `${accountId}@example.org`, name: `A ${role}`, passwordHash: 'none', role },
  })
  await prisma.apiToken.create({
    data: { id: v7(), accountId, name: 'test', prefix, hash, scopes: [...scopes], createdAt: new Date() },
  })
  return token
}
