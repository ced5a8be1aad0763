import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'

/** The id of this instance, made when it is first asked for. */
export async function instanceId(db: Reader, now: Date, newId: () => string): Promise<string> {
  await db.execute(sql`INSERT INTO log_identity (id, created_at) VALUES (${newId()}::uuid, ${now.toISOString()}::timestamptz)
    ON CONFLICT ("only") DO NOTHING`)
  const [row] = await db.query<{ id: string }>(sql`SELECT id::text FROM log_identity`)
  if (!row) throw new Error('The log has no identity')
  return row.id
}

/** Keys that signed checkpoints of this log, the newest first. */
export async function findKeys(db: Reader): Promise<{ verifierKey: string; createdAt: Date }[]> {
  return await db.query(
    sql`SELECT verifier_key AS "verifierKey", created_at AS "createdAt" FROM log_key ORDER BY number DESC LIMIT 100`,
  )
}

export async function insertKey(db: Reader, verifierKey: string, now: Date): Promise<void> {
  await db.execute(
    sql`INSERT INTO log_key (verifier_key, created_at) VALUES (${verifierKey}, ${now.toISOString()}::timestamptz)`,
  )
}

/** A checkpoint as it is kept. */
export interface KeptCheckpoint {
  size: number
  root: Uint8Array
  note: string
  createdAt: Date
  stateIndex: number | null
}

const columns = sql`size::float8, root, note, created_at AS "createdAt", state_index::float8 AS "stateIndex"`

/** The newest checkpoint; null before the first. */
export async function newestCheckpoint(db: Reader): Promise<KeptCheckpoint | null> {
  const [row] = await findCheckpoints(db, null, 1)
  return row ?? null
}

/** Checkpoints of trees smaller than `before` (null for all), the largest first. */
export async function findCheckpoints(db: Reader, before: number | null, limit: number): Promise<KeptCheckpoint[]> {
  return await db.query<KeptCheckpoint>(sql`
    SELECT ${columns} FROM log_checkpoint WHERE ${before}::bigint IS NULL OR size < ${before}::bigint
    ORDER BY size DESC LIMIT ${limit}`)
}

/** All checkpoints, the smallest first, from this size on. */
export async function findCheckpointsFrom(db: Reader, from: number, limit: number): Promise<KeptCheckpoint[]> {
  return await db.query<KeptCheckpoint>(
    sql`SELECT ${columns} FROM log_checkpoint WHERE size >= ${from}::bigint ORDER BY size LIMIT ${limit}`,
  )
}

export async function checkpointOf(db: Reader, size: number): Promise<KeptCheckpoint | null> {
  const [row] = await db.query<KeptCheckpoint>(sql`SELECT ${columns} FROM log_checkpoint WHERE size = ${size}::bigint`)
  return row ?? null
}

export async function insertCheckpoint(db: Reader, checkpoint: KeptCheckpoint): Promise<void> {
  const { size, root, note, createdAt, stateIndex } = checkpoint
  await db.execute(sql`
    INSERT INTO log_checkpoint (size, root, note, created_at, state_index)
    VALUES (${size}::bigint, decode(${Buffer.from(root).toString('hex')}, 'hex'), ${note}, ${createdAt.toISOString()}::timestamptz,
      ${stateIndex}::bigint)`)
}

/** The newest leaf of an action, among the first `size` leaves; null for none. */
export async function newestLeafOf(db: Reader, action: string, size: number): Promise<number | null> {
  const [row] = await db.query<{ index: number }>(sql`
    SELECT l.index::float8 FROM audit_event e JOIN log_leaf l ON l.event_id = e.id
    WHERE e.action = ${action} AND l.index < ${size}::bigint ORDER BY e.at DESC, e.sequence DESC LIMIT 1`)
  return row?.index ?? null
}

/** Whether a leaf from this index on tells of something else than the log itself. */
export async function changedSince(db: Reader, index: number): Promise<boolean> {
  const rows = await db.query(sql`
    SELECT FROM log_leaf l JOIN audit_event e ON e.id = l.event_id
    WHERE l.index >= ${index}::bigint AND e.action NOT LIKE 'log.%' LIMIT 1`)
  return rows.length > 0
}

/** When the oldest leaf from this index on was an event; null for none. `asked`: whether somebody asked for a checkpoint since. */
export async function waitingSince(db: Reader, index: number): Promise<{ size: number; asked: boolean }> {
  const [row] = await db.query<{ size: number; asked: boolean }>(sql`
    SELECT count(*)::float8 AS size, COALESCE(bool_or(e.action = 'log.checkpoint'), FALSE) AS asked
    FROM log_leaf l JOIN audit_event e ON e.id = l.event_id WHERE l.index >= ${index}::bigint`)
  return row ?? { size: 0, asked: false }
}

/** An instant after every change of the estate so far, and before every one to come. Held by the estate's lock. */
export async function estateInstant(db: Reader): Promise<Date> {
  const [row] = await db.query<{ at: string }>(
    sql`SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM history.estate_clock`,
  )
  if (!row) throw new Error('The estate has no clock')
  return new Date(row.at)
}
