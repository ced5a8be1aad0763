import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'

export interface Answered {
  id: string
  subject: string
}

/** Those of these items that are answered in the stage the campaign is in. */
export async function answeredItems(
  db: Db,
  campaignId: string,
  stage: number,
  ids: readonly string[],
): Promise<Answered[]> {
  return await db.query<Answered>(sql`
    SELECT id::text, subject_slug AS subject FROM review_item
    WHERE id = ANY(${ids}::uuid[]) AND campaign_id = ${campaignId}::uuid AND stage = ${stage} AND state = 'answered'
    ORDER BY id FOR UPDATE`)
}

/** So many certified items, drawn by a seed: the same seed draws the same ones. */
export async function drawCertified(
  db: Db,
  draw: { campaignId: string; stage: number; reviewerId: string | null; size: number; seed: string },
): Promise<Answered[]> {
  const { campaignId, stage, reviewerId, size, seed } = draw
  const byReviewer = reviewerId === null ? sql`TRUE` : sql`d.person_id = ${reviewerId}::uuid`
  return await db.query<Answered>(sql`
    WITH drawn AS (
      SELECT i.id FROM review_item i
      JOIN review_decision d ON d.item_id = i.id AND d.stage = i.stage AND d.undone_at IS NULL AND d.verdict = 'certify'
      WHERE i.campaign_id = ${campaignId}::uuid AND i.stage = ${stage} AND i.state = 'answered' AND ${byReviewer}
      ORDER BY md5(i.id::text || ${seed}::text) LIMIT ${size})
    SELECT i.id::text, i.subject_slug AS subject FROM review_item i JOIN drawn ON drawn.id = i.id ORDER BY i.id FOR UPDATE OF i`)
}

/** Opens items again for everybody who was asked, with what to look at again. The answers stay on record as taken back. */
export async function sendItemsBack(
  { db, now, actor }: UseCaseContext,
  items: readonly string[],
  request: string,
): Promise<void> {
  await db.execute(sql`
    UPDATE review_decision d SET undone_at = ${now}, undone_by = ${actor.name}, undone_reason = ${`Second look: ${request}`}
    FROM review_item i WHERE i.id = d.item_id AND d.item_id = ANY(${items}::uuid[]) AND d.stage = i.stage AND d.undone_at IS NULL
      AND d.verdict IN ('certify', 'reassign', 'revoke')`)
  await db.execute(sql`
    UPDATE item_reviewer r SET state = 'open' FROM review_item i
    WHERE i.id = r.item_id AND r.item_id = ANY(${items}::uuid[]) AND r.stage = i.stage AND r.state = 'answered'`)
  await db.execute(sql`
    UPDATE review_item SET state = 'open', outcome = NULL, second_look = ${request}, version = version + 1
    WHERE id = ANY(${items}::uuid[])`)
}

/** Has somebody else answer what is open for a reviewer, where they may; returns how many items moved and how many stay. */
export async function moveOpenItems(
  { db, now }: UseCaseContext,
  move: { campaignId: string; stage: number; from: string; to: string; dueAt: Date; selfReview: boolean; note: string },
): Promise<{ reassigned: number; kept: number }> {
  const { campaignId, stage, from, to, dueAt, selfReview, note } = move
  const [row] = await db.query<{ reassigned: number; kept: number }>(sql`
    WITH mine AS (
      SELECT r.item_id, (${selfReview}::boolean OR i.accountable_id IS DISTINCT FROM ${to}::uuid)
        AND NOT EXISTS (SELECT FROM item_reviewer o WHERE o.item_id = r.item_id AND o.stage = r.stage AND o.person_id = ${to}::uuid) AS may
      FROM item_reviewer r JOIN review_item i ON i.id = r.item_id
      WHERE r.campaign_id = ${campaignId}::uuid AND r.stage = ${stage} AND r.person_id = ${from}::uuid AND r.state = 'open'
    ), added AS (
      INSERT INTO item_reviewer (item_id, stage, person_id, campaign_id, because, due_at, added_at, note)
      SELECT item_id, ${stage}, ${to}::uuid, ${campaignId}::uuid, 'named', ${dueAt}, ${now}, ${note} FROM mine WHERE may
    ), passed AS (
      UPDATE item_reviewer r SET state = 'passed_on', note = ${note} FROM mine
      WHERE mine.may AND r.item_id = mine.item_id AND r.stage = ${stage} AND r.person_id = ${from}::uuid
    )
    SELECT count(*) FILTER (WHERE may)::int AS reassigned, count(*) FILTER (WHERE NOT may)::int AS kept FROM mine`)
  return row ?? { reassigned: 0, kept: 0 }
}
