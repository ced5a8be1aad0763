import 'server-only'
import type { Database, Db } from '@/lib/db/client'
import type { Reader } from '@/lib/db/reading'
import { type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { ExportView } from '../model'
import type { ExportFormat, ExportKind, RunState } from '../names'

/** A background export as it is kept. */
export interface StoredRun {
  id: string
  accountId: string
  requestedBy: string
  kind: ExportKind
  format: ExportFormat
  filter: Record<string, string>
  sort: string | null
  columns: string[] | null
  raw: boolean
  asOf: Date | null
  state: RunState
  rows: number
  bytes: number
  sha256: string | null
  problem: string | null
  requestedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  expiresAt: Date | null
}

const columns = sql`r.id::text, r.account_id::text AS "accountId", r.requested_by AS "requestedBy", r.kind, r.format, r.filter,
  r.sort, r.columns, r.raw, r.as_of AS "asOf", r.state::text, r.rows, r.bytes::float8 AS bytes, r.sha256, r.problem,
  r.requested_at AS "requestedAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.expires_at AS "expiresAt"`

interface NewRun {
  id: string
  accountId: string
  requestedBy: string
  view: ExportView
  asOf: Date | null
  now: Date
}

export async function insertRun(db: Db, { id, accountId, requestedBy, view, asOf, now }: NewRun): Promise<void> {
  await db.execute(sql`
    INSERT INTO export_run (id, account_id, requested_by, kind, format, filter, sort, columns, raw, as_of, requested_at)
    VALUES (${id}::uuid, ${accountId}::uuid, ${requestedBy}, ${view.kind}, ${view.format}, ${JSON.stringify(view.filter)}::jsonb,
      ${view.sort ?? null}, ${view.columns ?? null}::text[], ${view.raw}, ${asOf}, ${now})`)
}

/** Exports of an account that wait or run. Locks the account, so that two requests at once are counted one by one. */
export async function countUnfinished(db: Db, accountId: string): Promise<number> {
  await db.query(sql`SELECT FROM account WHERE id = ${accountId}::uuid FOR UPDATE`)
  const [row] = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM export_run WHERE account_id = ${accountId}::uuid AND state IN ('queued', 'running')`)
  return row?.count ?? 0
}

/** Exports of an account, newest first. */
export async function findRuns(
  db: Reader,
  accountId: string,
  limit: number,
  after: CursorKey | null,
): Promise<StoredRun[]> {
  const later = after ? sql`AND r.id < ${String(after[0])}::uuid` : sql``
  return await db.query<StoredRun>(sql`
    SELECT ${columns} FROM export_run r WHERE r.account_id = ${accountId}::uuid ${later} ORDER BY r.id DESC LIMIT ${limit}`)
}

/** An export of this account, and of nobody else. */
export async function findRun(db: Reader, accountId: string, id: string): Promise<StoredRun | null> {
  const [run] = await db.query<StoredRun>(
    sql`SELECT ${columns} FROM export_run r WHERE r.id = ${id}::uuid AND r.account_id = ${accountId}::uuid`,
  )
  return run ?? null
}

/** Cancels an export that waits or runs, and drops what was written. @returns whether there was one. */
export async function cancelRun(db: Db, id: string, now: Date): Promise<boolean> {
  const cancelled = await db.execute(sql`
    UPDATE export_run SET state = 'cancelled', finished_at = ${now} WHERE id = ${id}::uuid AND state IN ('queued', 'running')`)
  if (cancelled > 0) await db.execute(sql`DELETE FROM export_chunk WHERE run_id = ${id}::uuid`)
  return cancelled > 0
}

/** Takes the export that waits longest, so that no other instance does. */
export async function claimRun(db: Reader, now: Date): Promise<StoredRun | null> {
  const [run] = await db.query<StoredRun>(sql`
    UPDATE export_run r SET state = 'running', started_at = ${now}, seen_at = ${now}
    WHERE r.id = (SELECT id FROM export_run WHERE state = 'queued' ORDER BY requested_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${columns}`)
  return run ?? null
}

export interface Progress {
  rows: number
  bytes: number
}

/** Keeps a part of the file. @returns false when the export does not run any more: somebody cancelled it. */
export async function keepChunk(
  database: Database,
  id: string,
  { position, bytes, progress, now }: { position: number; bytes: Uint8Array; progress: Progress; now: Date },
): Promise<boolean> {
  const kept = await database.execute(sql`
    WITH r AS (
      UPDATE export_run SET rows = ${progress.rows}, bytes = ${progress.bytes}, seen_at = ${now}
      WHERE id = ${id}::uuid AND state = 'running' RETURNING id
    ) INSERT INTO export_chunk (run_id, position, bytes) SELECT id, ${position}, ${Buffer.from(bytes)} FROM r`)
  return kept > 0
}

interface Finished {
  progress: Progress
  sha256: string
  now: Date
  expiresAt: Date
}

export async function finishRun(db: Reader, id: string, { progress, sha256, now, expiresAt }: Finished): Promise<void> {
  await db.execute(sql`
    UPDATE export_run SET state = 'done', rows = ${progress.rows}, bytes = ${progress.bytes}, sha256 = ${sha256},
      finished_at = ${now}, expires_at = ${expiresAt} WHERE id = ${id}::uuid AND state = 'running'`)
}

export async function failRun(db: Reader, id: string, problem: string, now: Date): Promise<void> {
  await endWith(db, sql`id = ${id}::uuid AND state = 'running'`, 'failed', problem, now)
}

/** Fails what ran on an instance that has gone. */
export async function failAbandoned(db: Reader, before: Date, now: Date): Promise<void> {
  const problem = 'The server stopped while it was written. Start it again.'
  await endWith(db, sql`state = 'running' AND seen_at < ${before}`, 'failed', problem, now)
}

/** Drops files whose time is over. */
export async function expireRuns(db: Reader, now: Date): Promise<void> {
  await db.execute(sql`
    WITH over AS (
      UPDATE export_run SET state = 'expired' WHERE state = 'done' AND expires_at <= ${now} RETURNING id
    ) DELETE FROM export_chunk WHERE run_id IN (SELECT id FROM over)`)
}

/** Forgets exports of which nothing but their line in the list is left. */
export async function forgetRuns(db: Reader, before: Date): Promise<void> {
  await db.execute(
    sql`DELETE FROM export_run WHERE state NOT IN ('queued', 'running', 'done') AND requested_at < ${before}`,
  )
}

async function endWith(db: Reader, which: Sql, state: 'failed', problem: string, now: Date): Promise<void> {
  await db.execute(sql`
    WITH ended AS (
      UPDATE export_run SET state = ${state}::export_run_state, problem = ${problem}, finished_at = ${now}
      WHERE ${which} RETURNING id
    ) DELETE FROM export_chunk WHERE run_id IN (SELECT id FROM ended)`)
}

/** The file of an export, part by part. */
export async function* chunksOf(db: Reader, id: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position += 1) {
    const [chunk] = await db.query<{ bytes: Uint8Array }>(
      sql`SELECT bytes FROM export_chunk WHERE run_id = ${id}::uuid AND position = ${position}`,
    )
    if (!chunk) return
    yield chunk.bytes
  }
}
