import type { Json } from '@/lib/audit/model'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import type { PreviousLeaf, StoredEvent } from './leaf'
import type { Hash } from './merkle'

/** Takes the place of the one sequencer until the end of the transaction; false when another has it. */
export async function takeSequencer(db: Reader): Promise<boolean> {
  const [row] = await db.query<{ taken: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended('transparency log', 0)) AS taken`,
  )
  return row?.taken === true
}

/** The same, waiting for whoever has it. */
export async function waitForSequencer(db: Reader): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('transparency log', 0))`)
}

/** How many leaves the log has. */
export async function logSize(db: Reader): Promise<number> {
  const [row] = await db.query<{ size: number }>(sql`SELECT COALESCE(max(index) + 1, 0)::float8 AS size FROM log_leaf`)
  return row?.size ?? 0
}

interface EventRow extends Omit<StoredEvent, 'at' | 'changes'> {
  at: string
  changed: number
}

/** The columns of `audit_event e` that its leaf is made of. */
const eventColumns = sql`e.id::text AS id, e.sequence::float8 AS sequence,
  to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, e.actor_kind::text AS "actorKind",
  e.actor_id::text AS "actorId", e.actor_name AS "actorName", e.actor_name_committed AS "actorNameCommitted", e.action,
  e.subject_type AS "subjectType", e.subject_id AS "subjectId", e.before, e.after,
  e.reason_committed AS "reasonCommitted", e.request_id AS "requestId", e.door::text AS door,
  (SELECT count(*) FROM audit_change c WHERE c.event_id = e.id)::float8 AS changed`

/** An event with how many single records it changed. */
export type UnloggedEvent = StoredEvent & { changed: number }

const eventOf = ({ at, ...row }: EventRow): UnloggedEvent => ({ ...row, at: new Date(at) })

/**
 * Events that are committed and no leaves yet, by sequence: one that commits late comes later, and none is passed over.
 * Looked up one by one in the order of those that wait: a plan that does not know the limit would join and sort them all.
 */
export async function findPending(db: Reader, limit: number): Promise<UnloggedEvent[]> {
  const rows = await db.query<EventRow>(sql`
    SELECT ${eventColumns} FROM log_pending p
    CROSS JOIN LATERAL (SELECT * FROM audit_event e WHERE e.id = p.event_id OFFSET 0) e
    ORDER BY p.sequence LIMIT ${limit}`)
  return rows.map(eventOf)
}

/** Whether anything waits to be logged. */
export async function isPending(db: Reader): Promise<boolean> {
  const rows = await db.query(
    sql`SELECT FROM log_pending p WHERE EXISTS (SELECT FROM audit_event e WHERE e.id = p.event_id) LIMIT 1`,
  )
  return rows.length > 0
}

/** The single records that an event changed after the one with this number, in their order. */
export async function findChanges(db: Reader, eventId: string, after: number, limit: number) {
  return await db.query<{ id: number; subjectType: string; subjectId: string; before: Json; after: Json }>(sql`
    SELECT c.id::float8, subject_type AS "subjectType", subject_id::text AS "subjectId", before, after FROM audit_change c
    WHERE event_id = ${eventId}::uuid AND c.id > ${after}::bigint ORDER BY c.id LIMIT ${limit}`)
}

/** The last leaf; null for an empty log. Its order names the column, for the same name stands for what is selected, which no index has. */
export async function lastLeaf(db: Reader): Promise<PreviousLeaf | null> {
  const [row] = await db.query<{ index: number; hash: string; sequence: number; at: string }>(sql`
    SELECT l.index::float8, encode(hash, 'hex') AS hash, (body::jsonb ->> 'sequence')::float8 AS sequence,
      body::jsonb ->> 'at' AS at FROM log_leaf l ORDER BY l.index DESC LIMIT 1`)
  return row ? { ...row, at: new Date(row.at) } : null
}

/** A leaf that is to be written. */
export interface NewLeaf {
  index: number
  eventId: string
  hash: string
  body: string
}

/** Writes leaves and takes their events off the list of those that wait. */
export async function insertLeaves(db: Reader, leaves: readonly NewLeaf[]): Promise<void> {
  const rows = JSON.stringify(leaves.map(({ eventId, ...leaf }) => ({ ...leaf, event_id: eventId })))
  await db.execute(sql`
    INSERT INTO log_leaf (index, event_id, hash, body)
    SELECT l.index, l.event_id, decode(l.hash, 'hex'), l.body
    FROM jsonb_to_recordset(${rows}::jsonb) AS l(index bigint, event_id uuid, hash text, body text)`)
  await db.execute(sql`DELETE FROM log_pending WHERE event_id = ANY(${leaves.map(({ eventId }) => eventId)}::uuid[])`)
}

/** A full tile that is to be written. */
export interface NewTile {
  level: number
  index: number
  hashes: Uint8Array
  root: Hash
}

export async function insertTiles(db: Reader, tiles: readonly NewTile[]): Promise<void> {
  if (tiles.length === 0) return
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const rows = tiles.map(({ hashes, root, ...tile }) => ({ ...tile, hashes: hex(hashes), root: hex(root) }))
  await db.execute(sql`
    INSERT INTO log_tile (level, index, hashes, root)
    SELECT t.level, t.index, decode(t.hashes, 'hex'), decode(t.root, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(level int, index bigint, hashes text, root text)`)
}

const bytesOf = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)

/**
 * The hashes of a tile, one after another: of a full one from where it is kept, of another from the leaves or from the
 * roots of the tiles below. Fewer than asked for where the log is not so long yet.
 */
export async function tileHashes(db: Reader, level: number, index: number, width: number): Promise<Uint8Array> {
  const [full] = await db.query<{ hashes: Uint8Array }>(
    sql`SELECT hashes FROM log_tile WHERE level = ${level} AND index = ${index}::bigint`,
  )
  if (full) return bytesOf(full.hashes).subarray(0, width * 32)
  const [first, end] = [index * 256, index * 256 + width]
  const rows =
    level === 0
      ? sql`SELECT index, hash FROM log_leaf WHERE index >= ${first}::bigint AND index < ${end}::bigint`
      : sql`SELECT index, root AS hash FROM log_tile WHERE level = ${level - 1} AND index >= ${first}::bigint AND index < ${end}::bigint`
  const [partial] = await db.query<{ hashes: Uint8Array | null }>(
    sql`SELECT string_agg(r.hash, ''::bytea ORDER BY r.index) AS hashes FROM (${rows}) AS r`,
  )
  return bytesOf(partial?.hashes ?? new Uint8Array())
}

/** A leaf as it is kept. */
export interface KeptLeaf {
  index: number
  eventId: string
  hash: Uint8Array
  body: string
}

/** Leaves from this index on, in order. */
export async function findLeaves(db: Reader, from: number, limit: number): Promise<KeptLeaf[]> {
  return await db.query<KeptLeaf>(sql`
    SELECT l.index::float8, event_id::text AS "eventId", hash, body FROM log_leaf l
    WHERE l.index >= ${from}::bigint ORDER BY l.index LIMIT ${limit}`)
}

/** Leaves at these indices, in order. */
export async function findLeavesAt(db: Reader, indices: readonly number[]): Promise<KeptLeaf[]> {
  return await db.query<KeptLeaf>(sql`
    SELECT l.index::float8, event_id::text AS "eventId", hash, body FROM log_leaf l
    WHERE l.index = ANY(${[...indices]}::bigint[]) ORDER BY l.index`)
}

/** The index of an event's leaf; null when it has none yet. */
export async function leafIndexOf(db: Reader, eventId: string): Promise<number | null> {
  const [row] = await db.query<{ index: number }>(
    sql`SELECT index::float8 FROM log_leaf WHERE event_id = ${eventId}::uuid`,
  )
  return row?.index ?? null
}

/** An event by its id, with what its leaf is made of. */
export async function findEventsFor(db: Reader, ids: readonly string[]): Promise<UnloggedEvent[]> {
  const rows = await db.query<EventRow>(
    sql`SELECT ${eventColumns} FROM audit_event e WHERE e.id = ANY(${[...ids]}::uuid[])`,
  )
  return rows.map(eventOf)
}
