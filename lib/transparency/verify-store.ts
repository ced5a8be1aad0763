import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'

/** Events that are in the table, but neither in the log nor waiting for it: how many, and the first of them. */
export async function findUnlogged(db: Reader, limit: number) {
  return await db.query<{ id: string; sequence: number; count: number }>(sql`
    SELECT e.id::text, e.sequence::float8, (count(*) OVER ())::float8 AS count FROM audit_event e
    WHERE NOT EXISTS (SELECT FROM log_leaf l WHERE l.event_id = e.id)
      AND NOT EXISTS (SELECT FROM log_pending p WHERE p.event_id = e.id)
    ORDER BY e.sequence LIMIT ${limit}`)
}

/** Events that wait to be logged and are gone. */
export async function findLostPending(db: Reader, limit: number) {
  return await db.query<{ id: string; sequence: number; count: number }>(sql`
    SELECT p.event_id::text AS id, p.sequence::float8, (count(*) OVER ())::float8 AS count FROM log_pending p
    WHERE NOT EXISTS (SELECT FROM audit_event e WHERE e.id = p.event_id) ORDER BY p.sequence LIMIT ${limit}`)
}

/** What is kept apart for these events. */
export async function findOpenings(db: Reader, eventIds: readonly string[]) {
  return await db.query<{ eventId: string; pointer: string; digest: string; salt: string; value: string }>(sql`
    SELECT event_id::text AS "eventId", pointer, digest, encode(salt, 'hex') AS salt, value FROM audit_opening
    WHERE event_id = ANY(${[...eventIds]}::uuid[]) ORDER BY event_id, pointer`)
}

export async function findTile(db: Reader, level: number, index: number) {
  const [tile] = await db.query<{ hashes: Uint8Array; root: Uint8Array }>(
    sql`SELECT hashes, root FROM log_tile WHERE level = ${level} AND index = ${index}::bigint`,
  )
  return tile ?? null
}

/** One place where the log and the tables disagree. */
export interface Finding {
  kind: string
  where: string
  what: string
}

export interface KeptVerification {
  id: string
  startedAt: Date
  endedAt: Date
  size: number
  /** How many there are; `details` has the first. */
  findings: number
  details: Finding[]
}

export async function insertVerification(db: Reader, kept: KeptVerification): Promise<void> {
  await db.execute(sql`
    INSERT INTO log_verification (id, started_at, ended_at, size, findings, details)
    VALUES (${kept.id}::uuid, ${kept.startedAt.toISOString()}::timestamptz, ${kept.endedAt.toISOString()}::timestamptz,
      ${kept.size}::bigint, ${kept.findings}, ${JSON.stringify(kept.details)}::jsonb)`)
}

/** The newest verification; null before the first. */
export async function newestVerification(db: Reader): Promise<KeptVerification | null> {
  const [row] = await db.query<KeptVerification>(sql`
    SELECT id::text, started_at AS "startedAt", ended_at AS "endedAt", size::float8, findings, details
    FROM log_verification ORDER BY ended_at DESC LIMIT 1`)
  return row ?? null
}

/** Whether somebody asked for a verification after this instant. */
export async function verificationAskedSince(db: Reader, at: Date): Promise<boolean> {
  const rows = await db.query(
    sql`SELECT FROM audit_event WHERE action = 'log.verify' AND at > ${at.toISOString()}::timestamptz LIMIT 1`,
  )
  return rows.length > 0
}

/** People who have to know at once when the log was touched: admins and governance leads who can sign in. */
export async function findAlarmed(db: Reader) {
  return await db.query<{ email: string; name: string }>(sql`
    SELECT email, name FROM account WHERE status = 'active' AND role IN ('admin', 'governance_lead') AND email IS NOT NULL
    ORDER BY email LIMIT 200`)
}
