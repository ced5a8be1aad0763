import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { ItemReviewerState, ItemState, Outcome, ReviewerReason } from '../model'
import { holderOf, standInsAt } from './handover-store'
import { decisionColumns, decisionJoins, type StoredDecision } from './item-store'

interface PersonOf {
  id: string
  externalId: string
  name: string
}

/** Somebody who is or was asked about an item. */
export interface ItemReviewer {
  person: PersonOf
  stage: number
  because: ReviewerReason
  state: ItemReviewerState
  dueAt: Date
  note: string | null
  /** Who stands in for them now. */
  heldBy: PersonOf | null
}

const shownMax = 100

/** Everybody who is or was asked about an item, the present stage first. */
export async function reviewersOf(db: Db, itemId: string, now: Date): Promise<ItemReviewer[]> {
  return await db.query<ItemReviewer>(sql`
    WITH RECURSIVE ${standInsAt(now)}
    SELECT jsonb_build_object('id', p.id, 'externalId', p.external_id, 'name', p.name) AS person, r.stage, r.because::text, r.state::text,
      r.due_at AS "dueAt", r.note,
      CASE WHEN h.id <> p.id THEN jsonb_build_object('id', h.id, 'externalId', h.external_id, 'name', h.name) END AS "heldBy"
    FROM item_reviewer r JOIN review_item i ON i.id = r.item_id JOIN campaign c ON c.id = i.campaign_id
    JOIN person p ON p.id = r.person_id
    LEFT JOIN person h ON r.state = 'open' AND h.id = ${holderOf}
    WHERE r.item_id = ${itemId}::uuid ORDER BY r.stage DESC, r.added_at, p.name LIMIT ${shownMax}`)
}

/** All that was said about an item, what was taken back included; the newest first. */
export async function decisionsOf(db: Db, itemId: string): Promise<StoredDecision[]> {
  return await db.query<StoredDecision>(sql`
    SELECT ${decisionColumns} FROM review_decision d ${decisionJoins}
    WHERE d.item_id = ${itemId}::uuid ORDER BY d.at DESC, d.id DESC LIMIT ${shownMax}`)
}

export interface EarlierItem {
  item: string
  campaign: { slug: string; name: string }
  outcome: Outcome | null
  state: ItemState
  at: Date | null
  decidedBy: string | null
  comment: string | null
}

/** What other campaigns asked about the same thing and what came of it; the newest first. */
export async function earlierOf(
  db: Db,
  { id, bindingId, assignmentId }: { id: string; bindingId: string | null; assignmentId: string | null },
): Promise<EarlierItem[]> {
  const same = bindingId ? sql`i.binding_id = ${bindingId}::uuid` : sql`i.assignment_id = ${assignmentId}::uuid`
  return await db.query<EarlierItem>(sql`
    SELECT i.id::text AS item, jsonb_build_object('slug', c.slug, 'name', c.name) AS campaign, i.outcome::text, i.state::text,
      COALESCE(i.applied_at, d.at) AS at, d.person_name AS "decidedBy", d.comment
    FROM review_item i JOIN campaign c ON c.id = i.campaign_id
    LEFT JOIN review_decision d ON d.item_id = i.id AND d.stage = i.stage AND d.undone_at IS NULL AND d.verdict IN ('certify', 'reassign', 'revoke')
    WHERE ${same} AND i.id <> ${id}::uuid ORDER BY c.pictured_at DESC NULLS LAST, i.id DESC LIMIT ${shownMax}`)
}

/** What was said about an item in its campaign; the oldest first. */
export async function itemComments(db: Db, itemId: string) {
  return await db.query<{ id: string; at: Date; author: string; text: string }>(sql`
    SELECT id::text, at, author_name AS author, text FROM campaign_comment
    WHERE item_id = ${itemId}::uuid ORDER BY at, id LIMIT ${shownMax}`)
}
