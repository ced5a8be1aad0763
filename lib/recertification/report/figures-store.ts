import 'server-only'
import type { Db } from '@/lib/db/client'
import { join, sql } from '@/lib/db/sql'
import type { ItemReviewerState, ItemState, Outcome, RemediationState, Verdict } from '../model'
import { type RecordGroup, type ReviewerLine, recordGroups } from './model'
import { itemsOf } from './record-store'

/** How many items stand alike, from the counters that the database keeps. */
export interface ItemCount {
  stage: number
  state: ItemState
  outcome: Outcome | null
  layer: string | null
  risk: string
  teamId: string | null
  items: number
}

/** All of a campaign's counters of items, in an order that is the same for the same counts. */
export async function countItems(db: Db, campaignId: string): Promise<ItemCount[]> {
  return await db.query<ItemCount>(sql`
    SELECT stage, state::text, NULLIF(outcome, '') AS outcome, NULLIF(layer, '') AS layer, risk::text,
      NULLIF(team_id, '00000000-0000-0000-0000-000000000000')::text AS "teamId", items
    FROM campaign_count WHERE campaign_id = ${campaignId}::uuid AND items <> 0
    ORDER BY campaign_count.stage, campaign_count.state, campaign_count.outcome, campaign_count.layer COLLATE "C", campaign_count.risk, campaign_count.team_id`)
}

/** What the teams of a campaign's items are called now. */
export async function teamNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const teams = await db.prisma.team.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } })
  return new Map(teams.map(({ id, name }) => [id, name]))
}

/** How often somebody was asked in each stage, and what came of it. */
export async function countAsked(db: Db, campaignId: string) {
  return await db.query<{ stage: number; state: ItemReviewerState; items: number }>(sql`
    SELECT stage, state::text, sum(items)::int AS items FROM reviewer_count
    WHERE campaign_id = ${campaignId}::uuid GROUP BY stage, state ORDER BY stage, state`)
}

/** Standing decisions by stage, day (UTC) and verdict. */
export async function countDecisions(db: Db, campaignId: string) {
  return await db.query<{ stage: number; day: string; verdict: Verdict; decisions: number }>(sql`
    SELECT stage, day::text, verdict::text, decisions FROM decision_count
    WHERE campaign_id = ${campaignId}::uuid AND decisions <> 0 ORDER BY stage, day, verdict`)
}

/** How many people were asked. */
export async function countReviewers(db: Db, campaignId: string): Promise<number> {
  const [row] = await db.query<{ people: number }>(sql`
    SELECT count(DISTINCT person_id)::int AS people FROM reviewer_count WHERE campaign_id = ${campaignId}::uuid AND items <> 0`)
  return row?.people ?? 0
}

/** The reviewers who were asked most, and how they went about it. */
export async function findReviewers(db: Db, campaignId: string, limit: number): Promise<ReviewerLine[]> {
  return await db.query<ReviewerLine>(sql`
    WITH asked AS (
      SELECT person_id, sum(items)::int AS asked,
        COALESCE(sum(items) FILTER (WHERE state = 'open'), 0)::int AS open,
        COALESCE(sum(items) FILTER (WHERE state = 'answered'), 0)::int AS answered,
        COALESCE(sum(items) FILTER (WHERE state = 'passed_on'), 0)::int AS passed_on,
        COALESCE(sum(items) FILTER (WHERE state = 'lapsed'), 0)::int AS lapsed
      FROM reviewer_count WHERE campaign_id = ${campaignId}::uuid GROUP BY person_id HAVING sum(items) > 0
    ), said AS (
      SELECT person_id, count(*)::int AS decisions, count(*) FILTER (WHERE verdict = 'certify')::int AS certified,
        count(*) FILTER (WHERE verdict = 'revoke')::int AS revoked, count(*) FILTER (WHERE verdict = 'reassign')::int AS reassigned,
        count(*) FILTER (WHERE batch_size > 1)::int AS in_bulk, count(looked_ms)::int AS timed,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY looked_ms) AS median
      FROM review_decision WHERE campaign_id = ${campaignId}::uuid AND undone_at IS NULL AND person_id IS NOT NULL GROUP BY person_id
    )
    SELECT jsonb_build_object('id', COALESCE(a.person_id, s.person_id), 'externalId', p.external_id, 'name', COALESCE(p.name, 'Somebody who is gone')) AS person,
      COALESCE(a.asked, 0) AS asked, COALESCE(a.open, 0) AS open, COALESCE(a.answered, 0) AS answered,
      COALESCE(a.passed_on, 0) AS "passedOn", COALESCE(a.lapsed, 0) AS lapsed, COALESCE(s.decisions, 0) AS decisions,
      COALESCE(s.certified, 0) AS certified, COALESCE(s.revoked, 0) AS revoked, COALESCE(s.reassigned, 0) AS reassigned,
      COALESCE(s.in_bulk, 0) AS "inBulk", COALESCE(s.timed, 0) AS timed, s.median AS "medianMs"
    FROM asked a FULL JOIN said s ON s.person_id = a.person_id LEFT JOIN person p ON p.id = COALESCE(a.person_id, s.person_id)
    ORDER BY COALESCE(a.asked, 0) DESC, COALESCE(p.name, '') , COALESCE(a.person_id, s.person_id) LIMIT ${limit}`)
}

/** Groups of records are counted no further than this; one more means "more than that". */
export const groupCountMax = 1000
/** Of these the counters know already. */
const byOutcome: Partial<Record<RecordGroup, Outcome>> = {
  no_response: 'no_response',
  revoked: 'revoke',
  reassigned: 'reassign',
}

/** How many records each group has. `ofOwnToo` looks for reviews of what people answer for themselves, which reads every decision. */
export async function countGroups(
  db: Db,
  campaignId: string,
  counts: readonly ItemCount[],
  ofOwnToo: boolean,
): Promise<Record<RecordGroup, number>> {
  const known = recordGroups.map((group) => {
    const outcome = byOutcome[group]
    const sum = counts.reduce((total, count) => total + (count.outcome === outcome ? count.items : 0), 0)
    return [group, outcome ? sum : 0] as const
  })
  const searched = recordGroups.filter((group) => !byOutcome[group] && (group !== 'of_own' || ofOwnToo))
  const found = await db.query<{ group: RecordGroup; items: number }>(
    join(
      searched.map(
        (group) =>
          sql`(SELECT ${group}::text AS "group", count(*)::int AS items FROM (SELECT ${itemsOf(campaignId, group)} LIMIT ${groupCountMax + 1}) AS counted)`,
      ),
      ' UNION ALL ',
    ),
  )
  const entries = [...known, ...found.map(({ group, items }) => [group, items] as const)]
  return Object.fromEntries(entries) as Record<RecordGroup, number>
}

/** How the remediations of a campaign stand, and how many are late. */
export async function countRemediations(
  db: Db,
  campaignId: string,
  now: Date,
): Promise<Record<RemediationState | 'overdue', number>> {
  const [row] = await db.query<Record<RemediationState | 'overdue', number>>(sql`
    SELECT count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'evidenced')::int AS evidenced,
      count(*) FILTER (WHERE state = 'verified')::int AS verified, count(*) FILTER (WHERE state = 'reopened')::int AS reopened,
      count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
      count(*) FILTER (WHERE state IN ('open', 'reopened') AND due_at < ${now})::int AS overdue
    FROM remediation WHERE campaign_id = ${campaignId}::uuid`)
  return row ?? { open: 0, evidenced: 0, verified: 0, reopened: 0, cancelled: 0, overdue: 0 }
}
