import 'server-only'
import { openedColumns } from '@/lib/audit/opening-store'
import type { Database, Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { AuditItem, GapItem, StreamItem } from './model'

/** Items that are given a place in one transaction. */
const placedATime = 10_000

/**
 * Gives what has happened since its place in the order, and returns whether more waits. Rows become visible when their
 * transactions commit, in another order than they were numbered in; one after the other under the lock, whoever reads on
 * from a place has everything before it.
 */
export async function placeItems(database: Database): Promise<boolean> {
  return await database.transaction(async (db) => {
    await db.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('event streams', 0))::text`)
    const placed = await db.execute(sql`
      WITH taken AS (
        DELETE FROM event_stream_pending
        WHERE id IN (SELECT id FROM event_stream_pending ORDER BY id LIMIT ${placedATime})
        RETURNING id, kind, item_id)
      INSERT INTO event_stream_item (kind, item_id) SELECT kind, item_id FROM taken ORDER BY id`)
    return placed === placedATime
  })
}

/** Forgets what every stream has. */
export async function forgetDelivered(db: Db): Promise<void> {
  await db.execute(sql`
    DELETE FROM event_stream_item WHERE position <= COALESCE(
      (SELECT min(position) FROM event_stream), (SELECT max(position) FROM event_stream_item))`)
}

/** The last place that is taken; 0 before the first. */
export async function lastPosition(db: Db): Promise<bigint> {
  const [row] = await db.query<{ position: bigint }>(sql`
    SELECT COALESCE((SELECT max(position) FROM event_stream_item),
      (SELECT max(position) FROM event_stream), 0) AS position`)
  return BigInt(row?.position ?? 0)
}

/** The next items after a place, in order, at most `limit`. */
export async function itemsAfter(db: Db, position: bigint, limit: number): Promise<StreamItem[]> {
  const places = await db.query<{ position: bigint; kind: StreamItem['kind']; id: string }>(sql`
    SELECT position, kind::text AS kind, item_id AS id FROM event_stream_item
    WHERE position > ${position} ORDER BY position LIMIT ${limit}`)
  const idsOf = (kind: StreamItem['kind']) => places.filter((place) => place.kind === kind).map(({ id }) => id)
  const audit = new Map((await auditItems(db, idsOf('audit'))).map((item) => [item.id, item]))
  const gaps = new Map((await gapItems(db, idsOf('gap'))).map((item) => [item.id, item]))
  return places.flatMap(({ position: at, kind, id }) => {
    const item = kind === 'audit' ? audit.get(id) : gaps.get(id)
    return item ? [{ ...item, position: Number(at) }] : []
  })
}

async function auditItems(db: Db, ids: readonly string[]): Promise<Omit<AuditItem, 'position'>[]> {
  if (ids.length === 0) return []
  const opened = openedColumns('e')
  return await db.query(sql`
    SELECT 'audit' AS kind, e.id, e.at, e.action, e.request_id AS "requestId",
      json_build_object('kind', e.actor_kind, 'id', e.actor_id, 'name', ${opened.actorName}) AS actor,
      json_build_object('type', e.subject_type, 'id', e.subject_id,
        'slug', COALESCE(b.slug, e.after ->> 'slug', e.before ->> 'slug')) AS subject,
      ${opened.before} AS before, ${opened.after} AS after, ${opened.reason} AS reason,
      CASE WHEN b.id IS NOT NULL THEN json_build_object('agentId', a.id, 'agent', a.slug, 'toolId', t.id,
        'tool', t.slug, 'actions', b.actions) END AS binding
    FROM audit_event e
    LEFT JOIN binding b ON e.subject_type = 'binding' AND b.id::text = e.subject_id
    LEFT JOIN agent a ON a.id = b.agent_id LEFT JOIN tool t ON t.id = b.tool_id
    WHERE e.id = ANY(${ids}::uuid[])`)
}

async function gapItems(db: Db, ids: readonly string[]): Promise<Omit<GapItem, 'position'>[]> {
  if (ids.length === 0) return []
  const rows = await db.query<Omit<GapItem, 'position' | 'gap'> & { gap: GapItem['gap'] }>(sql`
    SELECT 'gap' AS kind, e.id, e.at, e.actor, e.note, e.from_state::text AS "fromState", e.to_state::text AS "toState",
      json_build_object('id', g.id, 'rule', g.rule, 'layer', g.layer, 'severity', g.severity,
        'explanation', g.explanation, 'openedAt', g.opened_at,
        'subject', json_build_object('type', g.subject_type, 'id', g.subject_id, 'slug', g.subject_slug)) AS gap
    FROM gap_event e JOIN gap g ON g.id = e.gap_id WHERE e.id = ANY(${ids}::uuid[])`)
  // JSON of the database has instants as text.
  return rows.map((row) => ({ ...row, gap: { ...row.gap, openedAt: new Date(row.gap.openedAt) } }))
}
