import { type Sql, sql } from '@/lib/db/sql'
import {
  apart,
  type Column,
  instant,
  isoText,
  json,
  mark,
  person,
  reference,
  text,
  texts,
  typed,
  written,
} from './columns-store'
import { assignmentNames } from './names-store'
import type { TableCollection } from './wanted'

/** Where the entities of a collection are kept. `key` is the SQL for an entity's key of the row `t`. */
export interface Table {
  name: Sql
  key: Sql
  columns: readonly Column[]
  /** What its rows remember of where and when they came from. */
  stamps: readonly Stamp[]
  /** The column that counts the changes of a row; what is never changed has none. */
  counter?: Sql
  /** Which of the rows are looked at: of several under one key, the one that counts. */
  where?: Sql
  /** Narrows a look-up by these keys to rows near them, by an index, where the key itself has none. */
  near?: (keys: string[]) => Sql
}

export type Stamp =
  | 'source'
  | 'last_seen_at'
  | 'created_at'
  | 'updated_at'
  | 'received_at'
  | 'decided_at'
  | 'by'
  | 'asked_by'
/** Rows with all stamps also count their versions and know which fields a person has edited. */
const tracked: readonly Stamp[] = ['source', 'last_seen_at', 'created_at', 'updated_at']

/** Whether the rows of a table note when a source last named them. */
export function isTracked({ stamps }: Table): boolean {
  return stamps.includes('last_seen_at')
}

const slug = sql`t.slug`

const members = sql`(
  SELECT COALESCE(jsonb_agg(jsonb_build_object('person', p.external_id, 'role', m.role) ORDER BY p.external_id COLLATE "C"), '[]')
  FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = t.id)`
const path = sql`(
  SELECT COALESCE(jsonb_agg(jsonb_build_object('point', x.slug, 'mode', s.mode) ORDER BY s.position), '[]')
  FROM path_step s JOIN enforcement_point x ON x.id = s.point_id WHERE s.binding_id = t.id)`

/** The id of what an exception is about, by the name that its file uses. */
const exceptedId = sql`CASE r.f->>'subjectType'
  WHEN 'agent' THEN (SELECT x.id FROM agent x WHERE x.slug = r.f->>'subject')
  WHEN 'tool' THEN (SELECT x.id FROM tool x WHERE x.slug = r.f->>'subject')
  WHEN 'binding' THEN (SELECT x.id FROM binding x WHERE x.slug = r.f->>'subject')
  WHEN 'assignment' THEN (SELECT n.id FROM (${assignmentNames}) n WHERE n.key = r.f->>'subject')
END`

/** Those of the tools that keys such as `crm@v1` begin with. */
const ofTools = (keys: string[]) =>
  sql`t.tool_id IN (SELECT x.id FROM tool x WHERE x.slug IN (SELECT split_part(k, '@v', 1) FROM unnest(${keys}::text[]) k))`

/** The version of the contract that a row names, and back. */
const contractVersion: Column = {
  field: 'contractVersion',
  column: sql`contract_id`,
  read: sql`(SELECT c.version FROM contract c WHERE c.id = t.contract_id)`,
  write: sql`(
    SELECT c.id FROM contract c JOIN tool x ON x.id = c.tool_id
    WHERE x.slug = r.f->>'tool' AND c.version = (r.f->>'contractVersion')::integer)`,
}
const atVersion = sql`'@v' || (SELECT c.version FROM contract c WHERE c.id = t.contract_id)`

const answers = sql`(
  SELECT COALESCE(jsonb_agg(
    jsonb_strip_nulls(jsonb_build_object('point', x.slug, 'vector', n.vector_name, 'expected', n.expected,
      'decision', n.decision, 'error', n.error))
    ORDER BY x.slug COLLATE "C", n.vector), '[]')
  FROM parity_answer n JOIN enforcement_point x ON x.id = n.point_id WHERE n.run_id = t.id)`

const slugOf = (table: Sql, column: Sql) => sql`(SELECT x.slug FROM ${table} x WHERE x.id = t.${column})`

export const tables: Readonly<Record<TableCollection, Table>> = {
  people: {
    name: sql`person`,
    key: sql`t.external_id`,
    stamps: tracked,
    counter: sql`version`,
    columns: [
      keyColumn(sql`external_id`),
      text('name', sql`name`),
      text('email', sql`email`),
      text('timeZone', sql`time_zone`),
      typed('status', sql`status`, sql`person_status`),
      apart('manager', sql`(SELECT x.external_id FROM person x WHERE x.id = t.manager_id)`),
    ],
  },
  teams: {
    name: sql`team`,
    key: slug,
    stamps: tracked,
    counter: sql`version`,
    columns: [
      keyColumn(sql`slug`),
      text('name', sql`name`),
      typed('function', sql`function`, sql`team_function`),
      typed('status', sql`status`, sql`team_status`),
      text('contact', sql`contact`),
      apart('members', members),
    ],
  },
  enforcementPoints: {
    name: sql`enforcement_point`,
    key: slug,
    stamps: tracked,
    counter: sql`version`,
    columns: [
      keyColumn(sql`slug`),
      text('name', sql`name`),
      typed('kind', sql`kind`, sql`point_kind`),
      reference('team', sql`team_id`, sql`team`),
      typed('independentPrivileges', sql`independent_privileges`, sql`known`),
      text('decisionEndpoint', sql`decision_endpoint`),
    ],
  },
  agents: {
    name: sql`agent`,
    key: slug,
    stamps: tracked,
    counter: sql`version`,
    columns: [
      keyColumn(sql`slug`),
      text('name', sql`name`),
      text('purpose', sql`purpose`),
      person('sponsor', sql`sponsor_id`),
      typed('autonomy', sql`autonomy`, sql`autonomy`),
      text('environment', sql`environment`),
      typed('lifecycle', sql`lifecycle`, sql`agent_lifecycle`),
      typed('identity.primitive', sql`identity_primitive`, sql`identity_primitive`),
      text('identity.id', sql`identity_id`),
      text('decisionLog.source', sql`decision_log_source`),
      instant('decisionLog.lastSeen', sql`decision_log_seen_at`),
      mark('restricted', sql`restricted`),
    ],
  },
  tools: {
    name: sql`tool`,
    key: slug,
    stamps: tracked,
    counter: sql`version`,
    columns: [
      keyColumn(sql`slug`),
      text('name', sql`name`),
      text('description', sql`description`),
      typed('kind', sql`kind`, sql`tool_kind`),
      typed('classification', sql`classification`, sql`classification`),
      typed('independentPrivileges', sql`independent_privileges`, sql`known`),
      reference('application', sql`application_id`, sql`enforcement_point`),
      typed('lifecycle', sql`lifecycle`, sql`tool_lifecycle`),
      json('actions', sql`actions`),
      mark('restricted', sql`restricted`),
    ],
  },
  bindings: {
    name: sql`binding`,
    key: slug,
    stamps: tracked,
    counter: sql`version`,
    columns: [
      keyColumn(sql`slug`),
      { ...reference('agent', sql`agent_id`, sql`agent`), read: sql`split_part(t.slug, '/', 1)` },
      { ...reference('tool', sql`tool_id`, sql`tool`), read: sql`t.tool_slug` },
      { field: 'tool', column: sql`tool_slug`, read: null, write: sql`r.f->>'tool'` },
      text('environment', sql`environment`),
      typed('state', sql`state`, sql`binding_state`),
      instant('activeSince', sql`active_since`),
      text('intent.text', sql`intent_text`),
      person('intent.approvedBy', sql`intent_approved_by_id`),
      instant('intent.approvedAt', sql`intent_approved_at`),
      texts('actions', sql`actions`),
      typed('risk', sql`risk`, sql`risk_tier`),
      typed('decisionMode', sql`decision_mode`, sql`decision_mode`),
      typed('credential.type', sql`credential_type`, sql`credential_type`),
      typed('credential.lifetimeSeconds', sql`credential_lifetime_seconds`, sql`integer`),
      text('boundary', sql`boundary`),
      typed('allowlist.present', sql`allowlist_present`, sql`boolean`),
      instant('allowlist.reviewedAt', sql`allowlist_reviewed_at`),
      person('allowlist.reviewedBy', sql`allowlist_reviewed_by_id`),
      apart('path', path),
      instant('certifiedAt', sql`certified_at`),
      apart('isCertifiedInCampaign', sql`t.certified_item_id IS NOT NULL`),
    ],
  },
  delegations: {
    name: sql`delegation`,
    key: sql`${slugOf(sql`agent`, sql`from_agent_id`)} || '->' || ${slugOf(sql`agent`, sql`to_agent_id`)}`,
    stamps: ['source', 'created_at'],
    near: (keys) =>
      sql`t.from_agent_id IN (SELECT x.id FROM agent x WHERE x.slug IN (SELECT split_part(k, '->', 1) FROM unnest(${keys}::text[]) k))`,
    columns: [
      reference('from', sql`from_agent_id`, sql`agent`),
      reference('to', sql`to_agent_id`, sql`agent`),
      text('scope', sql`scope`),
    ],
  },
  contracts: {
    name: sql`contract`,
    key: sql`${slugOf(sql`tool`, sql`tool_id`)} || '@v' || t.version`,
    stamps: ['created_at', 'updated_at'],
    counter: sql`revision`,
    near: ofTools,
    columns: [
      reference('tool', sql`tool_id`, sql`tool`),
      typed('version', sql`version`, sql`integer`),
      typed('state', sql`state`, sql`contract_state`),
      reference('author', sql`author_team_id`, sql`team`),
      person('signedOffBy.person', sql`signed_off_by_id`),
      reference('signedOffBy.team', sql`signed_off_team_id`, sql`team`),
      instant('signedOffBy.at', sql`signed_off_at`),
      instant('inForceAt', sql`in_force_at`),
      instant('supersededAt', sql`superseded_at`),
      json('limits', sql`limits`),
      text('digest', sql`digest`),
    ],
  },
  attestations: {
    name: sql`attestation`,
    key: sql`${slugOf(sql`enforcement_point`, sql`point_id`)} || '/' || ${slugOf(sql`tool`, sql`tool_id`)}
      || ${atVersion} || '#' || ${isoText(sql`t.at`)}`,
    stamps: ['received_at'],
    near: (keys) =>
      sql`t.tool_id IN (
        SELECT x.id FROM tool x WHERE x.slug IN (SELECT split_part(split_part(k, '/', 2), '@v', 1) FROM unnest(${keys}::text[]) k))`,
    columns: [
      reference('point', sql`point_id`, sql`enforcement_point`),
      reference('tool', sql`tool_id`, sql`tool`),
      contractVersion,
      instant('at', sql`at`),
      person('by', sql`by_person_id`),
      written(sql`source`, sql`'import'::attestation_source`),
      written(sql`by`, sql`COALESCE((SELECT p.name FROM person p WHERE p.external_id = r.f->>'by'), 'an import')`),
    ],
  },
  parityRuns: {
    name: sql`parity_run`,
    key: sql`${slugOf(sql`tool`, sql`tool_id`)} || ${atVersion} || '#' || ${isoText(sql`t.finished_at`)}`,
    stamps: ['by'],
    where: sql`t.state = 'finished'`,
    near: ofTools,
    columns: [
      reference('tool', sql`tool_id`, sql`tool`),
      contractVersion,
      instant('at', sql`finished_at`),
      written(sql`started_at`, sql`(r.f->>'at')::timestamptz`),
      written(sql`trigger`, sql`'import'::parity_trigger`),
      written(sql`state`, sql`'finished'::parity_run_state`),
      apart('answers', answers),
    ],
  },
  exceptions: {
    name: sql`gap_exception`,
    key: sql`t.rule || ':' || t.subject || ':' || COALESCE(t.layer, '')
      || COALESCE(':' || ${slugOf(sql`enforcement_point`, sql`point_id`)}, '')`,
    stamps: ['created_at', 'decided_at', 'asked_by'],
    counter: sql`version`,
    where: sql`t.state = 'approved' AND NOT EXISTS (
      SELECT FROM gap_exception o WHERE o.rule = t.rule AND o.state = 'approved' AND o.subject_type = t.subject_type
        AND o.subject_id = t.subject_id AND o.layer IS NOT DISTINCT FROM t.layer
        AND o.point_id IS NOT DISTINCT FROM t.point_id AND (o.created_at, o.id) > (t.created_at, t.id))`,
    columns: [
      text('rule', sql`rule`),
      text('subject', sql`subject`),
      typed('subjectType', sql`subject_type`, sql`gap_subject_type`),
      written(sql`subject_id`, exceptedId),
      written(sql`state`, sql`'approved'::exception_state`),
      written(sql`decided_by`, sql`(SELECT p.name FROM person p WHERE p.external_id = r.f->>'approver')`),
      text('layer', sql`layer`),
      reference('point', sql`point_id`, sql`enforcement_point`),
      text('reason', sql`reason`),
      {
        ...person('approver', sql`approver_id`),
        // Who approved on the screen is known by their account.
        read: sql`(SELECT p.external_id FROM person p WHERE p.id = COALESCE(t.approver_id,
          (SELECT x.person_id FROM account x WHERE x.id = t.decided_by_id)))`,
      },
      instant('expires', sql`expires`),
    ],
  },
}

/** The column that holds the key itself; not a field, for the key of an entity never differs. */
function keyColumn(column: Sql): Column {
  return { field: 'key', column, read: null, write: sql`r.key` }
}
