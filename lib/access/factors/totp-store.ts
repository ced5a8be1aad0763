import 'server-only'
import type { Database, Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { open, seal } from '@/lib/secrets/seal'
import { recoveryHash } from './recovery-codes'
import { stepOfCode } from './totp'

/**
 * Takes a code of the authenticator app, or a recovery code, for once: under a row lock, so that of two who use the same
 * code at the same time one is refused.
 */
export async function takeCode(database: Database, accountId: string, code: string, at: Date): Promise<boolean> {
  return await database.transaction(
    async (db) => (await takeTotp(db, accountId, code, at)) || takeRecovery(db, accountId, code, at),
  )
}

async function takeTotp(db: Db, accountId: string, code: string, at: Date): Promise<boolean> {
  const [row] = await db.query<{ sealed: string; lastStep: string }>(sql`
    SELECT sealed, last_step::text AS "lastStep" FROM totp_secret WHERE account_id = ${accountId}::uuid FOR UPDATE`)
  const step = row && stepOfCode(open(row.sealed, accountId), code.replaceAll(' ', ''), at)
  // Each code is good for once (RFC 6238, section 5.2).
  if (!row || step == null || step <= BigInt(row.lastStep)) return false
  await db.prisma.totpSecret.update({ where: { accountId }, data: { lastStep: step }, select: { accountId: true } })
  return true
}

async function takeRecovery(db: Db, accountId: string, code: string, at: Date): Promise<boolean> {
  const taken = await db.execute(sql`
    UPDATE recovery_code SET used_at = ${at.toISOString()}::timestamptz
    WHERE account_id = ${accountId}::uuid AND hash = ${recoveryHash(accountId, code)} AND used_at IS NULL`)
  return taken === 1
}

/** Keeps the secret of an app that has shown to have it, with the step of the code it showed. */
export async function keepTotp(db: Db, accountId: string, secret: string, lastStep: bigint, at: Date): Promise<void> {
  const data = { sealed: seal(secret, accountId), createdAt: at, lastStep }
  await db.prisma.totpSecret.upsert({ where: { accountId }, create: { accountId, ...data }, update: data })
}

/** Takes the app away, and with it the codes that stand in for it. @returns whether there was one. */
export async function removeTotp(db: Db, accountId: string): Promise<boolean> {
  await db.prisma.recoveryCode.deleteMany({ where: { accountId } })
  const { count } = await db.prisma.totpSecret.deleteMany({ where: { accountId } })
  return count > 0
}

/** Puts new recovery codes in the place of all that were there. */
export async function replaceRecoveryCodes(
  db: Db,
  accountId: string,
  codes: readonly string[],
  at: Date,
): Promise<void> {
  await db.prisma.recoveryCode.deleteMany({ where: { accountId } })
  await db.prisma.recoveryCode.createMany({
    data: codes.map((code) => ({ accountId, hash: recoveryHash(accountId, code), createdAt: at })),
  })
}
