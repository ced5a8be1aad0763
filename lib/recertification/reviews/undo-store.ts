import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { ItemState, Outcome, Verdict } from '../model'

/** A decision of somebody's that was not taken back, with where its item is now. */
export interface StandingDecision {
  id: string
  item: string
  campaign: string
  subject: string
  stage: number
  verdict: Verdict
  for: string | null
  at: Date
  itemStage: number
  itemState: ItemState
  outcome: Outcome | null
}

/** The last thing somebody said about each of these items, or all they said in a batch, unless it was taken back. */
export async function findStanding(
  db: Db,
  personId: string,
  { batch, items }: { batch?: string | undefined; items?: readonly string[] | undefined },
): Promise<StandingDecision[]> {
  const which = batch === undefined ? sql`d.item_id = ANY(${items ?? []}::uuid[])` : sql`d.batch_id = ${batch}::uuid`
  return await db.query<StandingDecision>(sql`
    SELECT DISTINCT ON (d.item_id) d.id::text, d.item_id::text AS item, d.campaign_id::text AS campaign, i.subject_slug AS subject, d.stage,
      d.verdict::text, d.for_person_id::text AS "for", d.at, i.stage AS "itemStage", i.state::text AS "itemState", i.outcome::text
    FROM review_decision d JOIN review_item i ON i.id = d.item_id
    WHERE d.person_id = ${personId}::uuid AND d.undone_at IS NULL AND ${which}
    ORDER BY d.item_id, d.at DESC, d.id DESC`)
}

/**
 * Takes decisions back on items that are held: an answered item is open again for everybody who was asked; what was given
 * back is with its reviewer again, and whoever was asked instead no more; what was put off is due again.
 */
export async function takeBack(
  { db, now, actor }: UseCaseContext,
  personId: string,
  decisions: readonly StandingDecision[],
  reason: string | null,
): Promise<void> {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) AS d(
    id uuid, item uuid, stage int, verdict review_verdict, "for" uuid, at timestamptz)`
  await db.execute(sql`
    UPDATE review_decision x SET undone_at = ${now}, undone_by = ${actor.name}, undone_reason = ${reason} FROM ${rows} WHERE x.id = d.id`)
  await db.execute(sql`
    UPDATE review_item i SET state = 'open', outcome = NULL, version = i.version + 1 FROM ${rows}
    WHERE i.id = d.item AND d.verdict IN ('certify', 'reassign', 'revoke')`)
  await db.execute(sql`
    UPDATE item_reviewer r SET state = 'open' FROM ${rows}
    WHERE r.item_id = d.item AND r.stage = d.stage AND r.state = 'answered' AND d.verdict IN ('certify', 'reassign', 'revoke')`)
  await db.execute(sql`
    UPDATE item_reviewer r SET state = CASE WHEN r.person_id = COALESCE(d."for", ${personId}::uuid) THEN 'open' ELSE 'lapsed' END::item_reviewer_state,
      note = CASE WHEN r.person_id = COALESCE(d."for", ${personId}::uuid) THEN NULL ELSE r.note END
    FROM ${rows}
    WHERE r.item_id = d.item AND r.stage = d.stage AND d.verdict = 'not_mine' AND (
      (r.person_id = COALESCE(d."for", ${personId}::uuid) AND r.state = 'passed_on')
      OR (r.state = 'open' AND r.added_at = d.at AND r.is_fallback))`)
  await db.execute(sql`
    UPDATE review_item i SET deferred_until = NULL, was_deferred = FALSE, version = i.version + 1 FROM ${rows}
    WHERE i.id = d.item AND d.verdict = 'defer'`)
}
