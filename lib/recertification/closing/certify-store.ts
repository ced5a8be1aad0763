import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'

/** One thing that somebody said yes to. */
export interface Certified {
  /** Of the binding or the assignment. */
  id: string
  itemId: string
  by: string
  at: Date
}

/** A campaign that ended, and of which nobody answered. */
export interface Silence {
  at: Date
  campaign: string
}

const rowsOf = (certified: readonly Certified[]): Sql =>
  sql`jsonb_to_recordset(${JSON.stringify(certified)}::jsonb) AS r(id uuid, "itemId" uuid, "by" text, at timestamptz)`

/** Certifies bindings. What took the certification away before the decision was part of what the reviewer saw. */
export async function certifyBindings(db: Db, certified: readonly Certified[]): Promise<void> {
  if (certified.length === 0) return
  await db.execute(sql`
    UPDATE binding b SET certified_at = r.at, certified_by = r."by", certified_item_id = r."itemId",
      certification_lost_at = CASE WHEN b.certification_lost_at > r.at THEN b.certification_lost_at END,
      unanswered_at = NULL, unanswered_in = NULL
    FROM ${rowsOf(certified)} WHERE b.id = r.id`)
}

/** Certifies assignments. */
export async function certifyAssignments(db: Db, certified: readonly Certified[]): Promise<void> {
  if (certified.length === 0) return
  await db.execute(sql`
    UPDATE assignment a SET certified_at = r.at, certified_by = r."by", certified_item_id = r."itemId",
      unanswered_at = NULL, unanswered_in = NULL
    FROM ${rowsOf(certified)} WHERE a.id = r.id`)
}

/** Notes that nobody answered about these; or, without a silence, that somebody did. */
export async function noteSilence(
  db: Db,
  { bindings, assignments }: { bindings: readonly string[]; assignments: readonly string[] },
  silence: Silence | null,
): Promise<void> {
  const set = sql`unanswered_at = ${silence?.at ?? null}::timestamptz, unanswered_in = ${silence?.campaign ?? null}`
  if (bindings.length > 0) await db.execute(sql`UPDATE binding SET ${set} WHERE id = ANY(${[...bindings]}::uuid[])`)
  if (assignments.length > 0)
    await db.execute(sql`UPDATE assignment SET ${set} WHERE id = ANY(${[...assignments]}::uuid[])`)
}

/** Ends assignments. One that has not begun yet ends at its own beginning: it never held. */
export async function endAssignments(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await db.execute(sql`
    UPDATE assignment SET state = 'ended', valid_to = GREATEST(valid_from, ${now}::timestamptz), version = version + 1
    WHERE id = ANY(${[...ids]}::uuid[])`)
}
