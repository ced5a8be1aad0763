import { type Sql, sql } from '@/lib/db/sql'
import {
  gapIsOpen,
  gapsBySubject,
  isoText,
  itemId,
  named,
  namedPerson,
  pictureOf,
  seenOf,
  standing,
} from './picture-sql-store'

const gaps = gapsBySubject(sql`
  SELECT g.subject_id, g.id AS gap_id, g.rule, g.severity, g.opened_at
  FROM s JOIN gap g ON g.subject_type = 'assignment' AND g.subject_id = s.assignment_id WHERE ${gapIsOpen}`)

const facts = sql`json_build_object(
  'layer', a.layer, 'scope', a.scope,
  'subject', COALESCE(${named(sql`ag`)}, ${named(sql`tl`)}, ${named(sql`pt`)},
    CASE WHEN ab.id IS NOT NULL THEN json_build_object('slug', ab.slug, 'name', ab.slug) END),
  'team', ${named(sql`tm`)}, 'person', ${namedPerson(sql`ps`)}, 'state', a.state,
  'since', ${isoText(sql`a.valid_from`)}, 'setBy', a.set_by, 'reason', a.reason)`

/** Assignments with all that an item of theirs says: `subjects` as subjectsOf selects them. */
const pictured = (subjects: Sql): Sql => sql`
  WITH s AS MATERIALIZED (${subjects}), gaps AS MATERIALIZED (${gaps})
  SELECT s.*, fa.slug AS agent_slug, ft.slug AS tool_slug, a.team_id, a.certified_at, a.certified_item_id,
    ${pictureOf(facts, seenOf(sql`a`, sql`q`, sql`NULL::timestamptz`, sql`, 'bindings', s.bindings`))} AS picture
  FROM s JOIN assignment a ON a.id = s.assignment_id JOIN team tm ON tm.id = a.team_id
  LEFT JOIN person ps ON ps.id = a.person_id
  LEFT JOIN agent ag ON ag.id = a.agent_id LEFT JOIN tool tl ON tl.id = a.tool_id
  LEFT JOIN enforcement_point pt ON pt.id = a.point_id LEFT JOIN binding ab ON ab.id = a.binding_id
  LEFT JOIN agent fa ON fa.id = s.agent_id LEFT JOIN tool ft ON ft.id = s.tool_id
  LEFT JOIN gaps q ON q.subject_id = a.id
  OFFSET 0`

/** Selects the present picture of each assignment of `subjects`, as (id, picture). */
export const ownershipPictures = (subjects: Sql): Sql => sql`
  SELECT y.assignment_id::text AS id, y.picture FROM (${pictured(subjects)}) y`

/** Writes an item with its picture for each assignment of `subjects`, which has their numbers `n` as well. */
export const insertOwnershipItems = (campaignId: string, idPrefix: string, subjects: Sql): Sql => sql`
  INSERT INTO review_item (id, campaign_id, assignment_id, subject_slug, agent_id, agent_slug, tool_id, tool_slug, layer,
    risk, team_id, accountable_id, standing, previous_item_id, picture)
  SELECT ${itemId(idPrefix, sql`y.n`)}, ${campaignId}::uuid, y.assignment_id, y.slug, y.agent_id,
    y.agent_slug, y.tool_id, y.tool_slug, y.layer, y.risk, y.team_id, y.accountable_id, ${standing}, p.id, y.picture
  FROM (${pictured(subjects)}) y LEFT JOIN review_item p ON p.id = y.certified_item_id
  ORDER BY y.n`
