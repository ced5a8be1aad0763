import 'server-only'
import { cursorRows } from '@/lib/db/cursor'
import type { Reader } from '@/lib/db/reading'
import { sql } from '@/lib/db/sql'
import { unresolvedStates } from '@/lib/gaps/store/list'
import type { OscalCampaign, OscalGap, OscalPerson, OscalSource, OscalSubject, OscalTeam } from './model'

/** Rows that are read at a time. */
const pageRows = 500
/** Changes of a gap that its risk log shows: the latest. */
const eventsMax = 20

/** The gaps that are not resolved, some at a time. */
export async function* unresolvedGapIds(db: Reader): AsyncGenerator<string[]> {
  const rows = cursorRows<{ id: string }>(
    db,
    sql`SELECT id::text FROM gap WHERE state = ANY(${unresolvedStates}::gap_state[]) ORDER BY id`,
  )
  for await (const page of rows) yield page.map(({ id }) => id)
}

/**
 * The register as documents of OSCAL take it. `db` is in a transaction that sees one state, a snapshot or a reading;
 * `gapIds` names the gaps of the document page by page, each time it is asked; `now` decides what is in force.
 */
export function oscalSource(db: Reader, gapIds: () => AsyncIterable<string[]>, now: Date): OscalSource {
  return {
    async *gaps() {
      for await (const ids of gapIds()) yield await gapsOf(db, ids, now)
    },
    async *subjects() {
      const seen = new Set<string>()
      for await (const ids of gapIds()) {
        const fresh = (await subjectsOf(db, ids)).filter(({ id }) => !seen.has(id))
        for (const { id } of fresh) seen.add(id)
        yield fresh
      }
    },
    teams: () => byId((after) => teamsAfter(db, after)),
    people: () => byId((after) => peopleAfter(db, after)),
    campaigns: () => byId((after) => campaignsAfter(db, after)),
  }
}

const beforeAll = '00000000-0000-0000-0000-000000000000'

/** Pages in the order of ids. */
async function* byId<Row extends { id: string }>(read: (after: string) => Promise<Row[]>) {
  for (let after = beforeAll; ; ) {
    const rows = await read(after)
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < pageRows) return
    after = last.id
  }
}

/** Gaps with all that their risks say, in the order of `ids`. */
async function gapsOf(db: Reader, ids: readonly string[], now: Date): Promise<OscalGap[]> {
  const rows = await db.query<StoredGap>(sql`
    SELECT g.id, g.rule, g.layer, g.severity, g.state, g.affected, g.explanation, g.opened_at AS "openedAt",
      g.due_at AS "dueAt", g.assignee_id AS "assigneeId",
      json_build_object('type', g.subject_type, 'id', g.subject_id, 'slug', g.subject_slug) AS subject,
      (SELECT json_build_object('id', id, 'slug', slug) FROM enforcement_point WHERE id = g.point_id) AS point,
      ARRAY(
        SELECT team_id::text FROM assignment WHERE g.subject_type = 'assignment' AND id = g.subject_id
        UNION
        SELECT o.team_id::text FROM gap_binding gb JOIN effective_owner o ON o.binding_id = gb.binding_id
        WHERE gb.gap_id = g.id AND o.layer = g.layer AND o.team_id IS NOT NULL
        ORDER BY 1) AS "teamIds",
      (SELECT json_build_object('id', x.id, 'state', CASE x.state WHEN 'asked' THEN 'asked' ELSE 'in_force' END,
          'reason', x.reason, 'askedBy', x.asked_by, 'decidedBy', x.decided_by, 'expires', x.expires)
        FROM gap_exception x
        WHERE x.subject_type = g.subject_type AND x.subject_id = g.subject_id AND x.rule = g.rule
          AND (x.layer IS NULL OR x.layer = g.layer) AND (x.point_id IS NULL OR x.point_id = g.point_id)
          AND (x.state = 'asked' OR (x.state = 'approved' AND x.expires > ${now}))
        ORDER BY x.state = 'approved' DESC, x.expires DESC, x.id LIMIT 1) AS exception,
      (SELECT json_build_object('id', r.id, 'dueAt', r.due_at, 'assigneeId', r.assignee_id, 'teamId', r.team_id)
        FROM remediation r
        WHERE g.subject_type = 'binding' AND r.binding_id = g.subject_id
          AND r.state IN ('open', 'evidenced', 'reopened')
        ORDER BY r.due_at, r.id LIMIT 1) AS remediation,
      (SELECT COALESCE(json_agg(e ORDER BY e.at, e.id), '[]') FROM (
          SELECT id, at, to_state AS "toState", actor, note FROM gap_event WHERE gap_id = g.id
          ORDER BY at DESC, id DESC LIMIT ${eventsMax}) e) AS events
    FROM gap g JOIN unnest(${ids}::uuid[]) WITH ORDINALITY AS asked (id, position) ON asked.id = g.id
    ORDER BY asked.position`)
  return rows.map(gapOf)
}

type Dated<Value> = { [Key in keyof Value]: Value[Key] extends Date ? string : Value[Key] }

/** As the database's JSON has it: instants in it are text. */
type StoredGap = Omit<OscalGap, 'exception' | 'remediation' | 'events'> & {
  exception: Dated<NonNullable<OscalGap['exception']>> | null
  remediation: Dated<NonNullable<OscalGap['remediation']>> | null
  events: Dated<OscalGap['events'][number]>[]
}

const gapOf = ({ exception, remediation, events, ...gap }: StoredGap): OscalGap => ({
  ...gap,
  exception: exception && { ...exception, expires: new Date(exception.expires) },
  remediation: remediation && { ...remediation, dueAt: new Date(remediation.dueAt) },
  events: events.map((event) => ({ ...event, at: new Date(event.at) })),
})

/** What these gaps are placed on, and the points they are about. */
async function subjectsOf(db: Reader, gapIds: readonly string[]): Promise<OscalSubject[]> {
  return await db.query<OscalSubject>(sql`
    WITH placed AS (
      SELECT DISTINCT subject_type, subject_id, subject_slug FROM gap WHERE id = ANY(${gapIds}::uuid[])
    ), points AS (SELECT DISTINCT point_id FROM gap WHERE id = ANY(${gapIds}::uuid[]))
    SELECT a.id, 'agent' AS type, a.slug, a.name, a.purpose AS description, a.lifecycle = 'active' AS "isActive"
    FROM placed p JOIN agent a ON p.subject_type = 'agent' AND a.id = p.subject_id
    UNION ALL
    SELECT t.id, 'tool', t.slug, t.name, t.description, t.lifecycle = 'active'
    FROM placed p JOIN tool t ON p.subject_type = 'tool' AND t.id = p.subject_id
    UNION ALL
    SELECT b.id, 'binding', b.slug, b.slug, COALESCE(b.intent_text, ''), b.state = 'active'
    FROM placed p JOIN binding b ON p.subject_type = 'binding' AND b.id = p.subject_id
    UNION ALL
    SELECT s.id, 'assignment', p.subject_slug, p.subject_slug, s.reason, s.state = 'accepted'
    FROM placed p JOIN assignment s ON p.subject_type = 'assignment' AND s.id = p.subject_id
    UNION ALL
    SELECT p.subject_id, 'log', p.subject_slug, 'Transparency log', '', TRUE FROM placed p WHERE p.subject_type = 'log'
    UNION ALL
    SELECT e.id, 'enforcement_point', e.slug, e.name, e.kind::text, TRUE
    FROM points p JOIN enforcement_point e ON e.id = p.point_id
    ORDER BY 1`)
}

const teamsAfter = async (db: Reader, after: string) =>
  await db.query<OscalTeam>(sql`
    SELECT id, slug, name, function::text AS function, status = 'active' AS "isActive", contact
    FROM team WHERE id > ${after}::uuid ORDER BY id LIMIT ${pageRows}`)

/** Who answers for a layer, sees to something, or runs a campaign. */
const peopleAfter = async (db: Reader, after: string) =>
  await db.query<OscalPerson>(sql`
    SELECT p.id, p.external_id AS "externalId", p.name, p.status = 'active' AS "isActive",
      ARRAY(SELECT team_id::text FROM membership WHERE person_id = p.id ORDER BY 1) AS "teamIds"
    FROM person p
    WHERE p.id > ${after}::uuid AND (
      EXISTS (SELECT FROM assignment WHERE person_id = p.id AND state IN ('proposed', 'accepted'))
      OR EXISTS (SELECT FROM gap WHERE assignee_id = p.id AND state <> 'resolved')
      OR EXISTS (SELECT FROM remediation WHERE assignee_id = p.id)
      OR EXISTS (SELECT FROM account a JOIN campaign c ON c.owner_id = a.id WHERE a.person_id = p.id))
    ORDER BY p.id LIMIT ${pageRows}`)

/** Those that were launched. */
const campaignsAfter = async (db: Reader, after: string) =>
  await db.query<OscalCampaign>(sql`
    SELECT c.id, c.slug, c.name, c.description, c.kind, c.state::text AS state, c.launched_at AS "startedAt",
      c.ended_at AS "endedAt", c.items, a.person_id AS "ownerId", c.owner_name AS "ownerName"
    FROM campaign c LEFT JOIN account a ON a.id = c.owner_id
    WHERE c.launched_at IS NOT NULL AND c.id > ${after}::uuid ORDER BY c.id LIMIT ${pageRows}`)
