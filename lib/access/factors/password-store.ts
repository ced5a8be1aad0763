import 'server-only'
import type { Db } from '@/lib/db/client'
import { hashPassword } from '../password'

/** Gives an account a password in the place of what it had. */
export async function setPassword(db: Db, accountId: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await db.prisma.account.update({
    where: { id: accountId },
    data: { passwordHash, version: { increment: 1 } },
    select: { id: true },
  })
}
