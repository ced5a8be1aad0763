import 'server-only'
import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byId, byText, containing, seek } from '@/lib/registry/filters'
import { personRef } from '@/lib/registry/refs-sql'
import { isoOf } from '@/lib/registry/shapes'
import type { CampaignItem, listItemsInput } from './items'

type ListInput = z.output<typeof listItemsInput>

/** Most reviewers of an item that a list names. */
const reviewersShown = 5

const isAsked = (person: Sql) => sql`EXISTS (
  SELECT FROM item_reviewer r WHERE r.item_id = i.id AND r.stage = i.stage AND r.person_id = ${person})`
const isAskedAny = sql`EXISTS (
  SELECT FROM item_reviewer r WHERE r.item_id = i.id AND r.stage = i.stage AND r.state = 'open')`

function conditionsOf(input: ListInput, askerPersonId: string | null): Sql[] {
  const { q, state, outcome, reviewer, team, risk, standing, layer, stage } = input
  const conditions: Sql[] = []
  if (state) conditions.push(sql`i.state = ANY(${state}::review_item_state[])`)
  if (outcome) conditions.push(sql`i.outcome = ANY(${outcome}::review_outcome[])`)
  if (risk) conditions.push(sql`i.risk = ANY(${risk}::risk_tier[])`)
  if (standing) conditions.push(sql`i.standing = ANY(${standing}::review_standing[])`)
  if (layer) conditions.push(sql`i.layer = ANY(${layer}::text[])`)
  if (stage) conditions.push(sql`i.stage = ${stage}`)
  if (team) conditions.push(sql`i.team_id = ANY(ARRAY(SELECT id FROM team WHERE slug = ANY(${team}::text[])))`)
  if (reviewer === 'none') conditions.push(sql`i.state = 'open' AND NOT ${isAskedAny}`)
  else if (reviewer === 'me') conditions.push(isAsked(sql`${askerPersonId}::uuid`))
  else if (reviewer) conditions.push(isAsked(sql`(SELECT id FROM person WHERE external_id = ${reviewer})`))
  if (q) conditions.push(sql`i.subject_slug ILIKE ${containing(q)}`)
  return conditions
}

interface Row extends Omit<CampaignItem, 'deferredUntil' | 'appliedAt'> {
  deferredUntil: Date | null
  appliedAt: Date | null
}

const isoText = (at: Sql) => sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const reviewersOf = sql`COALESCE((
  SELECT jsonb_agg(r) FROM (
    SELECT ${personRef(sql`p`)} AS person, r.because, r.is_fallback AS "isFallback", r.state, ${isoText(sql`r.due_at`)} AS "dueAt"
    FROM item_reviewer r JOIN person p ON p.id = r.person_id
    WHERE r.item_id = page.id AND r.stage = page.stage ORDER BY r.state, r.added_at, p.name LIMIT ${reviewersShown}) r), '[]')`

/** What was said last and not taken back, whichever stage it was in. */
const decisionOf = sql`(
  SELECT jsonb_build_object('by', d.person_name, 'verdict', d.verdict, 'comment', d.comment, 'at', ${isoText(sql`d.at`)})
  FROM review_decision d WHERE d.item_id = page.id AND d.undone_at IS NULL ORDER BY d.at DESC, d.id DESC LIMIT 1)`

/** A page of a campaign's items by what they are about. */
export async function findItems(db: Db, campaignId: string, input: ListInput, askerPersonId: string | null) {
  const { cursor, limit, slug: _slug, ...filter } = input
  const view = filter.reviewer === 'me' ? { ...filter, of: askerPersonId } : filter
  const list = listName('campaign-items', { campaignId, ...view })
  const { after, orderBy } = seek([byText(sql`i.subject_slug`), byId(sql`i.id`)], false, startOf(list, cursor))
  const rows = await db.query<Row>(sql`
    WITH page AS (
      SELECT i.* FROM review_item i
      WHERE ${and([sql`i.campaign_id = ${campaignId}::uuid`, ...conditionsOf(input, askerPersonId), after])}
      ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT page.id, page.subject_slug AS subject, CASE WHEN page.binding_id IS NULL THEN 'assignment' ELSE 'binding' END AS about,
      page.picture -> 'facts' -> 'agent' AS agent, page.picture -> 'facts' -> 'tool' AS tool,
      page.picture -> 'facts' ->> 'environment' AS environment, page.picture -> 'facts' -> 'subject' AS "setOn",
      page.layer, page.risk, page.state, page.stage, page.outcome, page.standing,
      CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('slug', t.slug, 'name', t.name) END AS team,
      page.second_look AS "secondLook", page.deferred_until AS "deferredUntil", page.applied_at AS "appliedAt",
      page.not_applied AS "notApplied", ${reviewersOf} AS reviewers, ${decisionOf} AS decision
    FROM page LEFT JOIN team t ON t.id = page.team_id ORDER BY page.subject_slug, page.id`)
  const shown = rows.map((row) => ({
    ...row,
    deferredUntil: isoOf(row.deferredUntil),
    appliedAt: isoOf(row.appliedAt),
  }))
  return cutPage(list, shown, limit, (row) => [row.subject, row.id])
}
