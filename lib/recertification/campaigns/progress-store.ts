import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { cappedCount, countMax } from '@/lib/registry/filters'
import { personRef } from '@/lib/registry/refs-sql'
import { nestedMax, type PersonRef } from '@/lib/registry/shapes'
import type { ItemReviewerState } from '../model'
import type { CountedDecisions } from './funnel'
import type { CountedItems } from './progress'

/** What the counters of a campaign say of its items. */
export async function countedItems(db: Db, campaignId: string): Promise<CountedItems[]> {
  return await db.query(sql`
    SELECT stage, state, NULLIF(outcome, '') AS outcome, sum(items)::int AS items
    FROM campaign_count WHERE campaign_id = ${campaignId}::uuid GROUP BY 1, 2, 3 HAVING sum(items) <> 0`)
}

/** Standing decisions by stage, day and verdict. */
export async function countedDecisions(db: Db, campaignId: string): Promise<CountedDecisions[]> {
  return await db.query(sql`
    SELECT stage, day::text AS day, verdict, decisions FROM decision_count
    WHERE campaign_id = ${campaignId}::uuid AND decisions <> 0 ORDER BY day`)
}

export interface CountedTeam {
  /** Null when items belong to nobody, or to a team that is no longer there. */
  team: { slug: string; name: string } | null
  counts: CountedItems[]
}

/** The counters by team, those with most to do first; one more than are shown. */
export async function countedTeams(db: Db, campaignId: string): Promise<CountedTeam[]> {
  return await db.query(sql`
    SELECT CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('slug', t.slug, 'name', t.name) END AS team,
      jsonb_agg(jsonb_build_object('stage', k.stage, 'state', k.state, 'outcome', k.outcome, 'items', k.items)) AS counts
    FROM (
      SELECT team_id, stage, state, NULLIF(outcome, '') AS outcome, sum(items)::int AS items FROM campaign_count
      WHERE campaign_id = ${campaignId}::uuid GROUP BY 1, 2, 3, 4 HAVING sum(items) <> 0) k
    LEFT JOIN team t ON t.id = k.team_id
    GROUP BY t.id, t.slug, t.name
    ORDER BY COALESCE(sum(k.items) FILTER (WHERE k.state = 'open'), 0) DESC, sum(k.items) DESC, t.name
    LIMIT ${nestedMax + 1}`)
}

export interface CountedPerson {
  person: PersonRef
  timeZone: string | null
  counts: Partial<Record<ItemReviewerState, number>>
  lastDecidedAt: Date | null
}

/** The counters by person, those with most to do first; one more than are shown. */
export async function countedPeople(db: Db, campaignId: string): Promise<CountedPerson[]> {
  return await db.query(sql`
    WITH asked AS (
      SELECT k.person_id, jsonb_object_agg(k.state, k.items) AS counts,
        COALESCE(sum(k.items) FILTER (WHERE k.state = 'open'), 0) AS open, sum(k.items) AS items
      FROM (
        SELECT person_id, state, sum(items)::int AS items FROM reviewer_count
        WHERE campaign_id = ${campaignId}::uuid GROUP BY 1, 2 HAVING sum(items) <> 0) k
      GROUP BY 1 ORDER BY open DESC, items DESC, person_id LIMIT ${nestedMax + 1})
    SELECT ${personRef(sql`p`)} AS person, p.time_zone AS "timeZone", asked.counts, (
        SELECT d.at FROM review_decision d WHERE d.campaign_id = ${campaignId}::uuid AND d.person_id = p.id
        ORDER BY d.at DESC LIMIT 1) AS "lastDecidedAt"
    FROM asked JOIN person p ON p.id = asked.person_id ORDER BY asked.open DESC, asked.items DESC, asked.person_id`)
}

/** Open items of a stage that nobody is asked about any more, counted no further than a list shows. */
export async function countWithoutReviewer(db: Db, campaignId: string, stage: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    SELECT ${cappedCount(sql`
      SELECT FROM review_item i
      WHERE i.campaign_id = ${campaignId}::uuid AND i.state = 'open' AND i.stage = ${stage} AND NOT EXISTS (
        SELECT FROM item_reviewer r WHERE r.item_id = i.id AND r.stage = i.stage AND r.state = 'open')`)} AS count`)
  return Math.min(row?.count ?? 0, countMax + 1)
}
