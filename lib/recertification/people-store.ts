import 'server-only'
import type { Db } from '@/lib/db/client'

/** The person behind an account; null when it has none. */
export async function personOfAccount(db: Db, accountId: string | null): Promise<string | null> {
  if (accountId === null) return null
  const account = await db.prisma.account.findUnique({ where: { id: accountId }, select: { personId: true } })
  return account?.personId ?? null
}

/** Where somebody's days begin and end. */
export async function timeZoneOf(db: Db, personId: string, otherwise: string): Promise<string> {
  const person = await db.prisma.person.findUnique({ where: { id: personId }, select: { timeZone: true } })
  return person?.timeZone ?? otherwise
}
