import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { RiskTier } from '@/lib/registry/model'
import type { ChallengeState, ItemState, Outcome } from '../model'

export interface ContestableItem {
  id: string
  campaignId: string
  subject: string
  state: ItemState
  stage: number
  outcome: Outcome | null
}

/** An item and the campaign it is in, without holding it. */
export async function itemOf(db: Db, id: string): Promise<ContestableItem | null> {
  const [row] = await db.query<ContestableItem>(sql`
    SELECT id::text, campaign_id::text AS "campaignId", subject_slug AS subject, state::text, stage, outcome::text
    FROM review_item WHERE id = ${id}::uuid`)
  return row ?? null
}

/**
 * Whether a revocation affects somebody: they sponsor the agent, lead a team that owns a layer of the binding or are
 * accountable there; for an assignment, they lead its team or are accountable.
 */
export async function isAffected(db: Db, itemId: string, personId: string): Promise<boolean> {
  const [row] = await db.query<{ affected: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM review_item i JOIN agent g ON g.id = i.agent_id
      WHERE i.id = ${itemId}::uuid AND i.binding_id IS NOT NULL AND g.sponsor_id = ${personId}::uuid
    ) OR EXISTS (
      SELECT FROM review_item i
      JOIN assignment a ON a.id = i.assignment_id
        OR a.id IN (SELECT e.assignment_id FROM effective_owner e WHERE e.binding_id = i.binding_id)
      LEFT JOIN membership m ON m.team_id = a.team_id AND m.role = 'lead' AND m.person_id = ${personId}::uuid
      WHERE i.id = ${itemId}::uuid AND (a.person_id = ${personId}::uuid OR m.person_id IS NOT NULL)
    ) AS affected`)
  return row?.affected ?? false
}

export interface ChallengeRow {
  id: string
  item: string
  campaignId: string
  subject: string
  risk: RiskTier
  campaignSlug: string
  campaignName: string
  /** Who answers for the thing themselves; null where the campaign lets them review it. */
  accountableId: string | null
  personId: string
  by: string
  reason: string
  at: Date
  state: ChallengeState
  decidedBy: string | null
  decidedAt: Date | null
  note: string | null
  revokedBy: string | null
  revokedComment: string | null
}

const rowsWhere = (condition: Sql, limit: number) => sql`
  SELECT c.id::text, c.item_id::text AS item, c.campaign_id::text AS "campaignId", i.subject_slug AS subject, i.risk::text,
    k.slug AS "campaignSlug", k.name AS "campaignName",
    CASE WHEN k.definition ->> 'selfReview' IS DISTINCT FROM 'true' THEN i.accountable_id::text END AS "accountableId", c.person_id::text AS "personId", c.person_name AS by, c.reason, c.at,
    c.state::text, c.decided_by AS "decidedBy", c.decided_at AS "decidedAt", c.note, d.person_name AS "revokedBy",
    d.comment AS "revokedComment"
  FROM review_challenge c JOIN review_item i ON i.id = c.item_id JOIN campaign k ON k.id = c.campaign_id
  LEFT JOIN LATERAL (
    SELECT person_name, comment FROM review_decision x
    WHERE x.item_id = i.id AND x.undone_at IS NULL AND x.verdict = 'revoke' ORDER BY x.stage DESC LIMIT 1) d ON TRUE
  WHERE ${condition} ORDER BY c.at DESC, c.id DESC LIMIT ${limit}`

/** Challenges, the newest first; those of one person, where one is given. */
export async function findChallenges(
  db: Db,
  filter: { campaign?: string | undefined; state?: readonly ChallengeState[] | undefined; personId: string | null },
  limit: number,
  after: CursorKey | null,
): Promise<ChallengeRow[]> {
  const conditions: Sql[] = []
  if (filter.campaign) conditions.push(sql`k.slug = ${filter.campaign}`)
  if (filter.state) conditions.push(sql`c.state = ANY(${filter.state}::challenge_state[])`)
  if (filter.personId !== null) conditions.push(sql`c.person_id = ${filter.personId}::uuid`)
  if (after) conditions.push(sql`(c.at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return await db.query<ChallengeRow>(rowsWhere(and(conditions), limit))
}

/** One challenge; null when there is none. */
export async function getChallenge(db: Db, id: string): Promise<ChallengeRow | null> {
  const [row] = await db.query<ChallengeRow>(rowsWhere(sql`c.id = ${id}::uuid`, 1))
  return row ?? null
}

/** Whether somebody has decided on an earlier challenge of an item. */
export async function wasDecided(db: Db, itemId: string): Promise<boolean> {
  return (await db.prisma.reviewChallenge.count({ where: { itemId, state: { not: 'open' } } })) > 0
}

/** Writes where an item is now. */
export async function placeItem(db: Db, id: string, to: { state: ItemState; outcome: Outcome | null }): Promise<void> {
  await db.prisma.reviewItem.update({
    where: { id },
    data: { state: to.state, outcome: to.outcome, version: { increment: 1 } },
  })
}
