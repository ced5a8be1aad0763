import { type Sql, sql } from '@/lib/db/sql'
import { askedLayer } from './finders-store'
import { gapIsOpen, gapsBySubject, itemId, named, namedPerson, pictureOf, seenOf, standing } from './picture-sql-store'

/** The owners of each binding in the order of layers, and the team that owns the asked one. */
const owners = sql`
  SELECT e.binding_id, (array_agg(e.team_id) FILTER (WHERE e.layer = ${askedLayer}))[1] AS team_id,
    json_agg(json_build_object('layer', e.layer, 'status', e.status,
      'team', ${named(sql`t`)}, 'person', ${namedPerson(sql`p`)}) ORDER BY l.position) AS list
  FROM s JOIN effective_owner e ON e.binding_id = s.binding_id JOIN control_layer l ON l.id = e.layer
  LEFT JOIN team t ON t.id = e.team_id LEFT JOIN assignment a ON a.id = e.assignment_id
  LEFT JOIN person p ON p.id = a.person_id
  GROUP BY e.binding_id`

const paths = sql`
  SELECT st.binding_id, json_agg(json_build_object('point', e.slug, 'mode', st.mode) ORDER BY st.position) AS list
  FROM s JOIN path_step st ON st.binding_id = s.binding_id JOIN enforcement_point e ON e.id = st.point_id
  GROUP BY st.binding_id`

const gaps = gapsBySubject(sql`
  SELECT gb.binding_id AS subject_id, g.id AS gap_id, g.rule, g.severity, g.opened_at
  FROM s JOIN gap_binding gb ON gb.binding_id = s.binding_id JOIN gap g ON g.id = gb.gap_id WHERE ${gapIsOpen}`)

/** When each agent was last let through to each tool, by decision logs. */
const uses = sql`
  SELECT x.agent_id, x.tool_id, max(x.decided_at) AS at
  FROM (SELECT DISTINCT agent_id FROM s) d JOIN decision_sample x ON x.agent_id = d.agent_id
  WHERE x.decision GROUP BY x.agent_id, x.tool_id`

const facts = sql`json_build_object(
  'agent', ${named(sql`g`)}, 'tool', ${named(sql`t`)}, 'environment', b.environment, 'purpose', g.purpose,
  'autonomy', g.autonomy, 'sponsor', ${namedPerson(sql`sp`)}, 'classification', t.classification,
  'independentPrivileges', t.independent_privileges, 'risk', b.risk, 'intent', b.intent_text,
  'actions', to_json(b.actions), 'decisionMode', b.decision_mode, 'credentialType', b.credential_type,
  'credentialLifetimeSeconds', b.credential_lifetime_seconds, 'boundary', b.boundary,
  'path', COALESCE(w.list, '[]'::json), 'owners', COALESCE(o.list, '[]'::json))`

/**
 * Bindings with all that an item of theirs says: `subjects` has binding_id, agent_id and accountable_id. OFFSET 0 keeps
 * the picture from being made once more wherever it is named.
 */
const pictured = (subjects: Sql): Sql => sql`
  WITH s AS MATERIALIZED (${subjects}), owners AS MATERIALIZED (${owners}), paths AS MATERIALIZED (${paths}),
  gaps AS MATERIALIZED (${gaps}), uses AS MATERIALIZED (${uses})
  SELECT b.id AS binding_id, b.slug, b.agent_id, g.slug AS agent_slug, b.tool_id, b.tool_slug, b.risk, o.team_id,
    s.accountable_id, b.certified_at, b.certified_item_id,
    ${pictureOf(facts, seenOf(sql`b`, sql`q`, sql`u.at`))} AS picture
  FROM s JOIN binding b ON b.id = s.binding_id JOIN agent g ON g.id = b.agent_id JOIN tool t ON t.id = b.tool_id
  LEFT JOIN person sp ON sp.id = g.sponsor_id LEFT JOIN owners o ON o.binding_id = b.id
  LEFT JOIN paths w ON w.binding_id = b.id LEFT JOIN gaps q ON q.subject_id = b.id
  LEFT JOIN uses u ON u.agent_id = b.agent_id AND u.tool_id = b.tool_id
  OFFSET 0`

/** Selects the present picture of each binding of `subjects`, as (id, picture). */
export const accessPictures = (subjects: Sql): Sql => sql`
  SELECT y.binding_id::text AS id, y.picture FROM (${pictured(subjects)}) y`

/** Writes an item with its picture for each binding of `subjects`, which has their numbers `n` as well. */
export const insertAccessItems = (campaignId: string, idPrefix: string, subjects: Sql): Sql => sql`
  INSERT INTO review_item (id, campaign_id, binding_id, subject_slug, agent_id, agent_slug, tool_id, tool_slug, risk,
    team_id, accountable_id, standing, previous_item_id, picture)
  SELECT ${itemId(idPrefix, sql`x.n`)}, ${campaignId}::uuid, y.binding_id, y.slug, y.agent_id, y.agent_slug, y.tool_id,
    y.tool_slug, y.risk, y.team_id, y.accountable_id, ${standing}, p.id, y.picture
  FROM (${subjects}) x JOIN (${pictured(subjects)}) y ON y.binding_id = x.binding_id
  LEFT JOIN review_item p ON p.id = y.certified_item_id
  ORDER BY x.n`
