import 'server-only'
import type { Db } from '@/lib/db/client'
import { DomainError } from '@/lib/use-cases/errors'

/**
 * By which ways the owner of an account can show who they are.
 * @throws DomainError for a service account, which has none.
 */
export async function waysOf(db: Db, accountId: string) {
  const account = await db.prisma.account.findUniqueOrThrow({
    where: { id: accountId },
    select: {
      email: true,
      passwordHash: true,
      totp: { select: { createdAt: true } },
      passkeys: {
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { id: true, name: true, createdAt: true, lastUsedAt: true },
      },
      recoveryCodes: { where: { usedAt: null }, select: { hash: true } },
      identities: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { issuer: true } },
    },
  })
  if (account.email === null) throw new DomainError('refused', 'Nobody signs in to a service account.')
  return {
    email: account.email,
    hasPassword: account.passwordHash !== null,
    app: account.totp?.createdAt ?? null,
    recoveryCodes: account.recoveryCodes.length,
    passkeys: account.passkeys,
    issuers: account.identities.map(({ issuer }) => issuer),
  }
}
