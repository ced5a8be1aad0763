import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { GapChange, GapRow } from '../diff'
import type { Touched } from '../evaluate'
import { affectedHash, type GapTransition } from '../lifecycle'
import type { GapState, GapSubjectType, Severity } from '../model'
import type { Instant } from '../picture'
import { dayMs } from '../wording'

const chunkRows = 2000

/** Every gap ever seen on these subjects, resolved ones included. */
export async function keptGapsOn(db: Db, touched: Touched): Promise<GapRow[]> {
  return await keptGaps(db, onSubjects(touched))
}

/** Those of them that these rules found. */
export async function keptGapsOnBindings(db: Db, ids: readonly string[], rules: readonly string[]): Promise<GapRow[]> {
  return await keptGaps(
    db,
    sql`WHERE g.subject_type = 'binding' AND g.subject_id = ANY(${[...ids]}::uuid[]) AND g.rule = ANY(${[...rules]})`,
  )
}

/** Every gap that this rule ever found. */
export async function keptGapsOf(db: Db, rule: string): Promise<GapRow[]> {
  return await keptGaps(db, sql`WHERE g.rule = ${rule}`)
}

/** Every gap of rules that are none of these: rules that there were once. */
export async function keptGapsOfOthers(db: Db, rules: readonly string[]): Promise<GapRow[]> {
  return await keptGaps(db, sql`WHERE g.rule <> ALL(${[...rules]})`)
}

async function keptGaps(db: Db, which: Sql): Promise<GapRow[]> {
  const chunks = await db.query<{ gaps: GapRow[] }>(sql`
    SELECT json_agg(gap) AS gaps
    FROM (
      SELECT json_build_object(
        'id', g.id, 'rule', g.rule, 'subject', json_build_object('type', g.subject_type, 'id', g.subject_id), 'layer', g.layer,
        'pointId', g.point_id,
        'state', g.state, 'severity', g.severity, 'affected', g.affected, 'affectedHash', g.affected_hash,
        'explanation', g.explanation,
        'openedAt', (extract(epoch FROM g.opened_at) * 1000)::bigint) AS gap,
        row_number() OVER () / ${chunkRows}::int AS chunk
      FROM gap g ${which}
    ) row
    GROUP BY chunk`)
  return chunks.flatMap((chunk) => chunk.gaps)
}

function onSubjects(touched: Touched): Sql {
  const each = (type: GapSubjectType, ids: Iterable<string>) =>
    sql`SELECT ${type}::gap_subject_type AS type, unnest(${[...ids]}::uuid[]) AS id`
  return sql`
    JOIN (
      ${each('agent', touched.agents)}
      UNION ALL ${each('tool', touched.tools)}
      UNION ALL ${each('binding', touched.bindings)}
      UNION ALL ${each('assignment', touched.assignments)}
      UNION ALL ${each('log', touched.logs ?? [])}
    ) s ON s.type = g.subject_type AND s.id = g.subject_id`
}

/** What is to become of one gap, as the statement reads it. */
interface GapRecord {
  id: string
  rule: string
  subject_type: GapSubjectType
  subject_id: string
  layer: string | null
  point_id: string | null
  severity: Severity
  state: GapState
  affected: number
  affected_hash: string
  explanation: string
  opened_at: string
  resolved_at: string | null
  /** By the policy; null when nothing is due. */
  due_at: string | null
  /** Null when the bindings affected stay as they are. */
  bindings: readonly string[] | null
  /** Null when the state stays as it is. */
  event: { id: string; from_state: GapState | null } | null
}

const iso = (instant: Instant) => new Date(instant).toISOString()

/** How many days a gap may stand, by severity. */
export type DueDays = Readonly<Record<Severity, number>>

/** By when a gap of this severity should be gone: what is resolved or accepted is not due. */
function dueAt({ to, openedAt }: GapTransition, severity: Severity, days: DueDays): Instant | null {
  return to === 'resolved' || to === 'excepted' ? null : openedAt + days[severity] * dayMs
}

function recordOf({ gap, finding, transition }: GapChange, newId: () => string, days: DueDays): GapRecord {
  const { rule, subject, layer, pointId } = finding ?? gap
  // A gap that resolves keeps what it was about.
  const about = finding
    ? { ...finding, affected: finding.bindingIds.length, affectedHash: affectedHash(finding.bindingIds) }
    : gap
  const due = dueAt(transition, about.severity, days)
  return {
    id: gap?.id ?? newId(),
    rule,
    subject_type: subject.type,
    subject_id: subject.id,
    layer,
    point_id: pointId,
    severity: about.severity,
    state: transition.to,
    affected: about.affected,
    affected_hash: about.affectedHash,
    explanation: about.explanation,
    opened_at: iso(transition.openedAt),
    resolved_at: transition.resolvedAt === null ? null : iso(transition.resolvedAt),
    due_at: due === null ? null : iso(due),
    bindings: finding && about.affectedHash !== gap?.affectedHash ? finding.bindingIds : null,
    event: transition.from === transition.to ? null : { id: newId(), from_state: transition.from },
  }
}

/**
 * Writes changes of gaps, with the bindings they affect and their history, in one statement. A due date that somebody
 * moved by hand stands for as long as the gap does.
 */
export async function writeGapChanges(
  context: UseCaseContext,
  changes: readonly GapChange[],
  days: DueDays,
): Promise<void> {
  const records = changes.map((change) => recordOf(change, context.newId, days))
  await context.db.execute(sql`
    WITH change AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS c(
        id uuid, rule text, subject_type gap_subject_type, subject_id uuid, layer text, point_id uuid, severity severity, state gap_state,
        affected int, affected_hash text, explanation text, opened_at timestamptz, resolved_at timestamptz,
        due_at timestamptz, bindings jsonb, event jsonb)
    ),
    affected AS MATERIALIZED (
      SELECT c.id AS gap_id, b.id::uuid AS binding_id
      FROM change c CROSS JOIN LATERAL jsonb_array_elements_text(c.bindings) AS b(id) WHERE jsonb_typeof(c.bindings) = 'array'
    ),
    written AS (
      INSERT INTO gap (id, rule, subject_type, subject_id, subject_slug, layer, point_id, severity, state, affected, affected_hash,
        explanation, opened_at, resolved_at, due_at)
      SELECT c.id, c.rule, c.subject_type, c.subject_id, ${subjectSlug}, c.layer, c.point_id, c.severity, c.state, c.affected,
        c.affected_hash, c.explanation, c.opened_at, c.resolved_at, c.due_at
      FROM change c
      ON CONFLICT (id) DO UPDATE SET severity = EXCLUDED.severity, state = EXCLUDED.state, affected = EXCLUDED.affected,
        affected_hash = EXCLUDED.affected_hash, explanation = EXCLUDED.explanation, opened_at = EXCLUDED.opened_at,
        resolved_at = EXCLUDED.resolved_at,
        due_at = CASE WHEN gap.due_by_hand AND EXCLUDED.due_at IS NOT NULL THEN gap.due_at ELSE EXCLUDED.due_at END,
        due_by_hand = gap.due_by_hand AND EXCLUDED.due_at IS NOT NULL, version = gap.version + 1
    ),
    spared AS (
      DELETE FROM gap_binding g USING change c
      WHERE g.gap_id = c.id AND jsonb_typeof(c.bindings) = 'array'
        AND NOT EXISTS (SELECT FROM affected a WHERE a.gap_id = g.gap_id AND a.binding_id = g.binding_id)
    ),
    joined AS (
      INSERT INTO gap_binding (gap_id, binding_id) SELECT gap_id, binding_id FROM affected ON CONFLICT DO NOTHING
    )
    INSERT INTO gap_event (id, gap_id, at, from_state, to_state, actor)
    SELECT (c.event->>'id')::uuid, c.id, ${context.now}, (c.event->>'from_state')::gap_state, c.state, ${context.actor.name}
    FROM change c WHERE jsonb_typeof(c.event) = 'object'`)
}

/** The name of a change's subject for people and scripts; an assignment's is `layer:scope:subject`. */
const subjectSlug = sql`
  CASE c.subject_type
    WHEN 'agent' THEN (SELECT slug FROM agent WHERE id = c.subject_id)
    WHEN 'tool' THEN (SELECT slug FROM tool WHERE id = c.subject_id)
    WHEN 'binding' THEN (SELECT slug FROM binding WHERE id = c.subject_id)
    WHEN 'assignment' THEN (
      SELECT concat_ws(':', a.layer, a.scope, COALESCE(
        (SELECT slug FROM agent WHERE id = a.agent_id), (SELECT slug FROM tool WHERE id = a.tool_id),
        (SELECT slug FROM enforcement_point WHERE id = a.point_id), (SELECT slug FROM binding WHERE id = a.binding_id)))
      FROM assignment a WHERE a.id = c.subject_id)
    WHEN 'log' THEN 'log'
  END`
