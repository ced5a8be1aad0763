import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, empty, type Sql, sql } from '@/lib/db/sql'
import type { RecordGroup, ReviewRecord } from './model'

/** An instant as JSON carries it. */
export const iso = (instant: Sql): Sql => sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A person of the registry, or whoever carried this id and name; null without either. */
const person = (p: Sql, id: Sql, name: Sql = sql`NULL`): Sql => sql`CASE WHEN ${id} IS NOT NULL OR ${name} IS NOT NULL
  THEN jsonb_build_object('id', ${id}, 'externalId', ${p}.external_id, 'name', COALESCE(${name}, ${p}.name, 'Somebody who is gone')) END`
const team = (t: Sql): Sql =>
  sql`CASE WHEN ${t}.id IS NOT NULL THEN jsonb_build_object('id', ${t}.id, 'slug', ${t}.slug, 'name', ${t}.name) END`
const list = (rows: Sql, order: Sql): Sql => sql`COALESCE(jsonb_agg(${rows} ORDER BY ${order}), '[]')`

const reviewers = sql`SELECT ${list(
  sql`jsonb_build_object('stage', r.stage, 'person', ${person(sql`p`, sql`r.person_id`)}, 'because', r.because,
    'fallback', r.is_fallback, 'state', r.state, 'addedAt', ${iso(sql`r.added_at`)}, 'dueAt', ${iso(sql`r.due_at`)}, 'note', r.note)`,
  sql`r.stage, r.added_at, r.person_id`,
)} FROM item_reviewer r LEFT JOIN person p ON p.id = r.person_id WHERE r.item_id = i.id`

const decisions = sql`SELECT ${list(
  sql`jsonb_build_object('id', d.id, 'stage', d.stage, 'person', ${person(sql`p`, sql`d.person_id`, sql`d.person_name`)},
    'standsInFor', ${person(sql`f`, sql`d.for_person_id`)}, 'verdict', d.verdict, 'comment', d.comment,
    'toTeam', ${team(sql`t`)}, 'toPerson', ${person(sql`q`, sql`d.to_person_id`)}, 'at', ${iso(sql`d.at`)},
    'lookedMs', d.looked_ms, 'batchSize', d.batch_size, 'ofOwn', COALESCE(d.person_id = i.accountable_id, false), 'seen', d.seen,
    'undone', CASE WHEN d.undone_at IS NOT NULL THEN
      jsonb_build_object('at', ${iso(sql`d.undone_at`)}, 'by', COALESCE(d.undone_by, ''), 'reason', d.undone_reason) END)`,
  sql`d.at, d.id`,
)} FROM review_decision d LEFT JOIN person p ON p.id = d.person_id LEFT JOIN person f ON f.id = d.for_person_id
  LEFT JOIN person q ON q.id = d.to_person_id LEFT JOIN team t ON t.id = d.to_team_id WHERE d.item_id = i.id`

/** A challenge `c` as the report shows it. */
export const challengeOf = sql`jsonb_build_object('id', c.id, 'by', c.person_name, 'reason', c.reason, 'at', ${iso(sql`c.at`)},
  'state', c.state, 'decidedAt', ${iso(sql`c.decided_at`)}, 'decidedBy', c.decided_by, 'note', c.note)`
const challenges = sql`SELECT ${list(challengeOf, sql`c.at, c.id`)} FROM review_challenge c WHERE c.item_id = i.id`

const comments = sql`SELECT ${list(
  sql`jsonb_build_object('at', ${iso(sql`m.at`)}, 'author', m.author_name, 'text', m.text)`,
  sql`m.at, m.id`,
)} FROM campaign_comment m WHERE m.item_id = i.id`

const remediationEvents = sql`SELECT ${list(
  sql`jsonb_build_object('from', e.from_state, 'to', e.to_state, 'source', e.source, 'by', e.by, 'note', e.note, 'link', e.link,
    'aboutAt', ${iso(sql`e.about_at`)}, 'receivedAt', ${iso(sql`e.received_at`)})`,
  sql`e.received_at, e.id`,
)} FROM remediation_event e WHERE e.remediation_id = m.id`
const remediation = sql`SELECT jsonb_build_object('id', m.id, 'state', m.state, 'createdAt', ${iso(sql`m.created_at`)},
    'dueAt', ${iso(sql`m.due_at`)}, 'team', ${team(sql`t`)}, 'assignee', ${person(sql`p`, sql`m.assignee_id`)},
    'verifiedAt', ${iso(sql`m.verified_at`)}, 'events', (${remediationEvents}))
  FROM remediation m LEFT JOIN team t ON t.id = m.team_id LEFT JOIN person p ON p.id = m.assignee_id WHERE m.item_id = i.id`

/** The items `i` of a group; each has an index that finds them, but for `of_own`, which only campaigns that allow it have. */
const groupConditions: Record<RecordGroup, Sql> = {
  no_response: sql`i.outcome = 'no_response'`,
  revoked: sql`i.outcome = 'revoke'`,
  reassigned: sql`i.outcome = 'reassign'`,
  not_applied: sql`i.not_applied IS NOT NULL`,
  second_look: sql`i.second_look IS NOT NULL`,
  deferred: sql`i.was_deferred`,
  challenged: sql`i.id IN (SELECT c.item_id FROM review_challenge c WHERE c.campaign_id = i.campaign_id)`,
  handed_over: sql`i.id IN (SELECT r.item_id FROM item_reviewer r WHERE r.campaign_id = i.campaign_id AND r.because = 'handed_over')`,
  escalated: sql`i.id IN (SELECT r.item_id FROM item_reviewer r WHERE r.campaign_id = i.campaign_id AND r.because = 'escalation')`,
  undone: sql`i.id IN (SELECT d.item_id FROM review_decision d WHERE d.campaign_id = i.campaign_id AND d.undone_at IS NOT NULL)`,
  of_own: sql`EXISTS (SELECT FROM review_decision d WHERE d.item_id = i.id AND d.person_id = i.accountable_id AND d.undone_at IS NULL
    AND d.verdict IN ('certify', 'reassign', 'revoke'))`,
}

/** Items of a campaign, perhaps of a group of them only. */
export const itemsOf = (campaignId: string, among?: RecordGroup): Sql =>
  sql`FROM review_item i WHERE i.campaign_id = ${campaignId}::uuid ${among ? sql`AND ${groupConditions[among]}` : empty}`

interface RecordsWanted {
  campaignId: string
  among?: RecordGroup | undefined
  /** The record that they come after; null from the first on. */
  after: { subject: string; id: string } | null
  limit: number
}

/** Records of a campaign in the order of their subjects. */
export async function findRecords(db: Db, { campaignId, among, after, limit }: RecordsWanted): Promise<ReviewRecord[]> {
  const later = after === null ? [] : [sql`(i.subject_slug, i.id) > (${after.subject}, ${after.id}::uuid)`]
  // The page is cut first, so that what belongs to an item is fetched for its rows alone.
  return await db.query<ReviewRecord>(sql`
    WITH page AS MATERIALIZED (SELECT i.* ${itemsOf(campaignId, among)} AND ${and(later)} ORDER BY i.subject_slug, i.id LIMIT ${limit})
    SELECT i.id::text, i.subject_slug AS subject, i.agent_slug AS agent, i.tool_slug AS tool, i.layer, i.risk::text,
      ${team(sql`t`)} AS team, ${person(sql`a`, sql`i.accountable_id`)} AS accountable, i.standing::text, i.stage, i.state::text,
      i.outcome::text, i.escalations, i.was_deferred AS "wasDeferred", ${iso(sql`i.deferred_until`)} AS "deferredUntil",
      i.second_look AS "secondLook", ${iso(sql`i.applied_at`)} AS "appliedAt", i.not_applied AS "notApplied", i.picture,
      (${reviewers}) AS reviewers, (${decisions}) AS decisions, (${challenges}) AS challenges, (${comments}) AS comments,
      (${remediation}) AS remediation
    FROM page i LEFT JOIN team t ON t.id = i.team_id LEFT JOIN person a ON a.id = i.accountable_id ORDER BY i.subject_slug, i.id`)
}

const recordsATime = 500

/** Every record of a campaign, one after the other, however many there are: never more than a page of them in memory. */
export async function* streamRecords(db: Db, campaignId: string): AsyncGenerator<ReviewRecord> {
  let after: RecordsWanted['after'] = null
  do {
    const page: ReviewRecord[] = await findRecords(db, { campaignId, after, limit: recordsATime })
    yield* page
    after = page.length === recordsATime ? (page.at(-1) ?? null) : null
  } while (after !== null)
}
