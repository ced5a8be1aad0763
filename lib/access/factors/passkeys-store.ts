import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

export const passkeysMax = 20

/** Keeps what a passkey has to sign. Forgets what is over. */
export async function keepChallenge(db: Db, challenge: string, expiresAt: Date, at: Date): Promise<void> {
  await db.execute(sql`DELETE FROM passkey_challenge WHERE expires_at < ${at.toISOString()}::timestamptz`)
  await db.prisma.passkeyChallenge.create({ data: { challenge, expiresAt } })
}

/** Whether the challenge was given out and not yet used; it is used up with that. */
export async function takeChallenge(db: Db, challenge: string, at: Date): Promise<boolean> {
  const { count } = await db.prisma.passkeyChallenge.deleteMany({ where: { challenge, expiresAt: { gt: at } } })
  return count === 1
}

export const findPasskey = (db: Db, credentialId: string) =>
  db.prisma.passkey.findUnique({
    where: { credentialId },
    select: { id: true, accountId: true, credentialId: true, publicKey: true, counter: true, transports: true },
  })

export const passkeysOf = (db: Db, accountId: string) =>
  db.prisma.passkey.findMany({
    where: { accountId },
    select: { credentialId: true, transports: true },
    take: passkeysMax,
  })

/** Notes a use. A counter that went back means that the key was copied (WebAuthn Level 3, section 6.1.1). */
export async function notePasskeyUse(db: Db, id: string, counter: number, at: Date): Promise<void> {
  await db.prisma.passkey.update({ where: { id }, data: { counter, lastUsedAt: at }, select: { id: true } })
}

export interface NewPasskey {
  id: string
  accountId: string
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  transports: string[]
  name: string
}

export async function insertPasskey(db: Db, passkey: NewPasskey, at: Date): Promise<void> {
  await db.prisma.passkey.create({ data: { ...passkey, createdAt: at }, select: { id: true } })
}

/** Removes a passkey of the account. @returns its name, or null when it has none such. */
export async function removePasskey(db: Db, accountId: string, id: string): Promise<string | null> {
  const found = await db.prisma.passkey.findFirst({ where: { id, accountId }, select: { name: true } })
  if (!found) return null
  await db.prisma.passkey.delete({ where: { id }, select: { id: true } })
  return found.name
}
