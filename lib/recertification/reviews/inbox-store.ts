import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { containing } from '@/lib/registry/filters'
import type { CampaignKind, CampaignState } from '../model'
import { mayReview } from './handover-store'
import type { InboxFilter, InboxState, ReviewGroup } from './model'

/** An item's place in somebody's inbox. */
export interface Placed {
  id: string
  key: string
  subject: string
  /** Items in its group, with these filters. */
  count: number
}

const groupKeys: Record<ReviewGroup, Sql> = {
  tool: sql`COALESCE(i.tool_slug, '')`,
  agent: sql`COALESCE(i.agent_slug, '')`,
  layer: sql`COALESCE(i.layer, '')`,
  campaign: sql`c.slug`,
}

const isDeferred = (now: Date) => sql`(i.deferred_until IS NOT NULL AND i.deferred_until > ${now})`

/** Conditions on `r` (item_reviewer), `i` (review_item) and `c` (campaign) that an item stands in this part of the inbox. */
function standsIn(state: InboxState, now: Date): Sql {
  switch (state) {
    case 'open':
      return sql`r.state = 'open' AND i.state = 'open' AND NOT ${isDeferred(now)}`
    case 'deferred':
      return sql`r.state = 'open' AND i.state = 'open' AND ${isDeferred(now)}`
    case 'answered':
      return sql`r.state IN ('answered', 'passed_on') AND i.state IN ('open', 'answered')`
  }
}

/** Rows of running campaigns in their present stage that these people are asked about and the first may answer. */
const askedOf = (people: readonly string[]): Sql => sql`
  item_reviewer r JOIN review_item i ON i.id = r.item_id AND i.stage = r.stage
  JOIN campaign c ON c.id = i.campaign_id AND c.state = 'running'
  WHERE r.person_id = ANY(${people}::uuid[])
    ${people.length > 1 ? sql`AND (r.person_id = ${people[0]}::uuid OR ${mayReview(sql`${people[0]}::uuid`)})` : sql``}`

/** A page of an inbox: `people` is the reviewer and those they stand in for. */
export async function findInbox(
  db: Db,
  people: readonly string[],
  filter: InboxFilter,
  { now, take, start }: { now: Date; take: number; start: CursorKey | null },
): Promise<Placed[]> {
  const conditions = [standsIn(filter.state, now)]
  if (filter.campaign) conditions.push(sql`c.slug = ${filter.campaign}`)
  if (filter.risk) conditions.push(sql`i.risk = ANY(${filter.risk}::risk_tier[])`)
  if (filter.standing) conditions.push(sql`i.standing = ANY(${filter.standing}::review_standing[])`)
  if (filter.layer) conditions.push(sql`i.layer = ANY(${filter.layer})`)
  if (filter.kind) conditions.push(sql`c.kind = ANY(${filter.kind}::campaign_kind[])`)
  if (filter.q) conditions.push(sql`i.subject_slug ILIKE ${containing(filter.q)}`)
  // Asked twice about one item, for oneself and for somebody else, it is one item.
  const once = people.length > 1 ? sql`DISTINCT` : sql``
  const after = start
    ? sql`(key, subject, id) > (${start[0] ?? null}::text, ${start[1] ?? null}::text, ${start[2] ?? null}::uuid)`
    : sql`TRUE`
  return await db.query<Placed>(sql`
    SELECT id::text, key, subject, count FROM (
      SELECT id, key, subject, count(*) OVER (PARTITION BY key)::int AS count FROM (
        SELECT ${once} i.id, ${groupKeys[filter.group]} AS key, i.subject_slug AS subject
        FROM ${askedOf(people)} AND ${and(conditions)}
      ) mine
    ) placed
    WHERE ${after} ORDER BY key, subject, id LIMIT ${take}`)
}

/** What of a running campaign is before somebody. */
export interface CampaignTally {
  slug: string
  name: string
  kind: CampaignKind
  definition: unknown
  stage: number
  dueOn: string
  open: number
  deferred: number
  answered: number
  overdue: number
  secondLooks: number
}

/** What is before somebody in each running campaign, what is due first first. */
export async function tallyInbox(db: Db, people: readonly string[], now: Date): Promise<CampaignTally[]> {
  return await db.query<CampaignTally>(sql`
    SELECT c.slug, c.name, c.kind::text, c.definition, c.stage, to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn",
      n.open, n.deferred, n.answered, n.overdue, n."secondLooks"
    FROM (
      SELECT m.campaign_id,
        count(*) FILTER (WHERE m.is_open AND NOT m.is_deferred)::int AS open,
        count(*) FILTER (WHERE m.is_open AND m.is_deferred)::int AS deferred,
        count(*) FILTER (WHERE NOT m.is_open)::int AS answered,
        count(*) FILTER (WHERE m.is_open AND m.due_at <= ${now})::int AS overdue,
        count(*) FILTER (WHERE m.is_open AND m.second_look IS NOT NULL)::int AS "secondLooks"
      FROM (
        SELECT i.campaign_id, i.id, bool_or(r.state = 'open') AS is_open, bool_or(${isDeferred(now)}) AS is_deferred,
          min(r.due_at) AS due_at, min(i.second_look) AS second_look
        FROM ${askedOf(people)} AND ((r.state = 'open' AND i.state = 'open') OR (r.state IN ('answered', 'passed_on') AND i.state IN ('open', 'answered')))
        GROUP BY i.campaign_id, i.id
      ) m GROUP BY m.campaign_id
    ) n
    JOIN campaign c ON c.id = n.campaign_id JOIN campaign_stage s ON s.campaign_id = c.id AND s.number = c.stage
    ORDER BY s.due_on, c.name, c.slug`)
}

export interface OverCampaign {
  slug: string
  name: string
  state: CampaignState
  at: Date
  answered: number
  unanswered: number
}

/** The latest campaigns somebody was asked in whose stages are over, by the counters. */
export async function findOver(db: Db, personId: string, since: Date, take: number): Promise<OverCampaign[]> {
  return await db.query<OverCampaign>(sql`
    SELECT c.slug, c.name, c.state::text, COALESCE(c.ended_at, s.ended_at, c.updated_at) AS at, n.answered, n.unanswered
    FROM (
      SELECT k.campaign_id, COALESCE(sum(k.items) FILTER (WHERE k.state = 'answered'), 0)::int AS answered,
        COALESCE(sum(k.items) FILTER (WHERE k.state IN ('open', 'lapsed')), 0)::int AS unanswered
      FROM reviewer_count k WHERE k.person_id = ${personId}::uuid GROUP BY k.campaign_id
    ) n
    JOIN campaign c ON c.id = n.campaign_id
    LEFT JOIN campaign_stage s ON s.campaign_id = c.id AND s.number = c.stage
    WHERE c.state IN ('settled', 'closing', 'closed', 'stopped') AND n.answered + n.unanswered > 0
      AND COALESCE(c.ended_at, s.ended_at, c.updated_at) > ${since}
    ORDER BY at DESC, c.slug LIMIT ${take}`)
}
