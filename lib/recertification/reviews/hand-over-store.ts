import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { ItemReviewerState } from '../model'

/** One item on its way from one reviewer to another. */
export interface Move {
  item: string
  campaign: string
  stage: number
  from: string
  dueAt: string
}

/** How a person stands to items in the stage each is in, where they are or were asked. */
export async function findTargetRows(
  db: Db,
  items: readonly string[],
  personId: string,
): Promise<ReadonlyMap<string, ItemReviewerState>> {
  const rows = await db.query<{ id: string; state: ItemReviewerState }>(sql`
    SELECT i.id::text, r.state::text FROM review_item i JOIN item_reviewer r ON r.item_id = i.id AND r.stage = i.stage
    WHERE i.id = ANY(${items}::uuid[]) AND r.person_id = ${personId}::uuid`)
  return new Map(rows.map(({ id, state }) => [id, state]))
}

/** How often each item was handed over in the stage it is in. */
export async function handOverCounts(db: Db, items: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ id: string; times: number }>(sql`
    SELECT i.id::text, count(*)::int AS times FROM review_item i JOIN item_reviewer r ON r.item_id = i.id AND r.stage = i.stage
    WHERE i.id = ANY(${items}::uuid[]) AND r.because = 'handed_over' GROUP BY i.id`)
  return new Map(rows.map(({ id, times }) => [id, times]))
}

/** Asks somebody else instead. */
export async function moveReviews(
  { db, now, actor }: UseCaseContext,
  moves: readonly Move[],
  to: string,
  reason: string,
): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) AS m(
    item uuid, campaign uuid, stage int, "from" uuid, "dueAt" timestamptz)`
  await db.execute(sql`
    UPDATE item_reviewer r SET state = 'passed_on', note = ${reason} FROM ${rows}
    WHERE r.item_id = m.item AND r.stage = m.stage AND r.person_id = m."from"`)
  await db.execute(sql`
    INSERT INTO item_reviewer (item_id, stage, person_id, campaign_id, because, due_at, added_at, note)
    SELECT m.item, m.stage, ${to}::uuid, m.campaign, 'handed_over', m."dueAt", ${now}, ${`${actor.name}: ${reason}`} FROM ${rows}`)
}
