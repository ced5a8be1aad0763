import type { Json } from '@/lib/audit/model'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import { utf8 } from '@/lib/transparency/bytes'
import type { Opening } from '@/lib/transparency/committed'
import { leafDocumentSchema, openingsOfSize } from '@/lib/transparency/leaf'
import { findEventsFor, findLeavesAt, type KeptLeaf } from '@/lib/transparency/log-store'
import { stateEvent } from '../model'
import { compareUtf8 } from '../utf8-order'
import type { LoggedEvent } from './contents'

/** An event that recorded a state. */
export interface StatePlace {
  leaf: number
  after: Json
}

/** The newest state of an instant or before, within a log of this size; null when there is none. */
export async function findState(db: Reader, size: number, asOf: Date | null): Promise<StatePlace | null> {
  const [row] = await db.query<StatePlace>(sql`
    SELECT l.index::float8 AS leaf, e.after FROM audit_event e JOIN log_leaf l ON l.event_id = e.id
    WHERE e.action = ${stateEvent.action} AND l.index < ${size}::bigint
      AND (${asOf}::timestamptz IS NULL OR (e.after ->> 'asOf')::timestamptz <= ${asOf})
    ORDER BY l.index DESC LIMIT 1`)
  return row ?? null
}

/** The first instant of which a state was recorded, as the log wrote it; null when there is none. */
export async function findFirstState(db: Reader): Promise<string | null> {
  const [row] = await db.query<{ asOf: string }>(sql`
    SELECT e.after ->> 'asOf' AS "asOf" FROM audit_event e WHERE e.action = ${stateEvent.action} ORDER BY e.at LIMIT 1`)
  return row?.asOf ?? null
}

/** A checkpoint as it is kept. */
export interface KeptCheckpoint {
  size: number
  /** The signed note, with the cosignatures that had come in by then. */
  note: string
}

/** The checkpoint of this size, or the newest for null, with the cosignatures that had come in by an instant. */
export async function findCheckpoint(
  db: Reader,
  size: number | null,
  witnessedBy: Date,
): Promise<KeptCheckpoint | null> {
  const [row] = await db.query<KeptCheckpoint>(sql`
    SELECT c.size::float8, c.note || COALESCE((
        SELECT string_agg(rtrim(s.line, E'\n') || E'\n', '' ORDER BY s.received_at, s.line)
        FROM log_cosignature s WHERE s.size = c.size AND s.received_at <= ${witnessedBy}), '') AS note
    FROM log_checkpoint c WHERE ${size}::bigint IS NULL OR c.size = ${size}::bigint ORDER BY c.size DESC LIMIT 1`)
  return row ?? null
}

const thingsATime = 5_000

/** Indices of the events about these things, in a log of this size. */
export async function findEventsAbout(db: Reader, things: readonly string[], size: number): Promise<number[]> {
  const indices: number[] = []
  for (let at = 0; at < things.length; at += thingsATime) {
    const some = things.slice(at, at + thingsATime)
    const rows = await db.query<{ index: number }>(sql`
      SELECT DISTINCT l.index::float8 AS index
      FROM audit_about a JOIN audit_event e ON e.sequence = a.sequence JOIN log_leaf l ON l.event_id = e.id
      WHERE a.thing_id = ANY(${some}::uuid[]) AND l.index < ${size}::bigint`)
    for (const { index } of rows) indices.push(index)
  }
  return indices
}

/**
 * From which index to which the events of a period go, the next one after it included, so that its end can be seen. An
 * empty period is shown by the event after it.
 */
export async function findPeriod(
  db: Reader,
  { from, to }: { from: string; to: string },
  size: number,
): Promise<{ first: number; last: number } | null> {
  const [row] = await db.query<{ first: number | null; last: number | null; after: number | null }>(sql`
    SELECT min(l.index)::float8 AS first, max(l.index)::float8 AS last, (
        SELECT min(m.index)::float8 FROM audit_event f JOIN log_leaf m ON m.event_id = f.id
        WHERE f.at >= ${to}::timestamptz AND m.index < ${size}::bigint) AS after
    FROM audit_event e JOIN log_leaf l ON l.event_id = e.id
    WHERE e.at >= ${from}::timestamptz AND e.at < ${to}::timestamptz AND l.index < ${size}::bigint`)
  if (size === 0 || !row) return null
  const end = row.after ?? size - 1
  if (row.first === null || row.last === null) return { first: end, last: end }
  return { first: row.first, last: Math.min(row.last + 1, size - 1) }
}

const leavesATime = 1_000

/** Leaves at these indices as they were hashed, each with what opens it, in order and some at a time. */
export async function* readEvents(db: Reader, indices: readonly number[]): AsyncGenerator<LoggedEvent[]> {
  for (let at = 0; at < indices.length; at += leavesATime) {
    const some = indices.slice(at, at + leavesATime)
    const leaves = await findLeavesAt(db, some)
    if (leaves.length < some.length) throw new Error(`The log lacks a leaf between ${some[0]} and ${some.at(-1)}`)
    const openings = await openingsOf(db, leaves)
    yield leaves.map(({ index, body }) => ({ index, bytes: utf8(body), openings: openings.get(index) ?? [] }))
  }
}

/** What opens these leaves. The single records that an event changed stand in its leaf as one root, and so are not opened. */
async function openingsOf(db: Reader, leaves: readonly KeptLeaf[]): Promise<Map<number, Opening[]>> {
  const rows = await db.query<Opening>(sql`
    SELECT l.index::float8 AS index, o.pointer, encode(o.salt, 'hex') AS salt, o.value
    FROM audit_opening o JOIN log_leaf l ON l.event_id = o.event_id
    WHERE o.event_id = ANY(${leaves.map(({ eventId }) => eventId)}::uuid[]) AND o.pointer NOT LIKE '/changes/%'`)
  const openings = new Map<number, Opening[]>(leaves.map(({ index }) => [index, []]))
  for (const opening of [...rows, ...(await largeValues(db, leaves))]) openings.get(opening.index)?.push(opening)
  for (const own of openings.values()) own.sort((a, b) => compareUtf8(a.pointer, b.pointer))
  return openings
}

/** Values that stand in their leaf as a hash for their size alone. */
async function largeValues(db: Reader, leaves: readonly KeptLeaf[]): Promise<Opening[]> {
  const large = leaves.filter(({ body }) => /"(?:before|after)":\{"\$committed"/.test(body))
  if (large.length === 0) return []
  const events = await findEventsFor(
    db,
    large.map(({ eventId }) => eventId),
  )
  const byId = new Map(events.map((event) => [event.id, event]))
  return large.flatMap(({ eventId, body }) => {
    const event = byId.get(eventId)
    return event ? openingsOfSize(event, leafDocumentSchema.parse(JSON.parse(body))) : []
  })
}
