import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, empty, join, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { layerOf } from '@/lib/layers'
import { containing } from '@/lib/registry/filters'
import { type GapState, gapStates, severities } from '../model'
import { findRule } from '../rules'
import type { GapFilter, GapListRow } from '../shapes'
import { affectingBinding, concerningAgent, concerningTool, gapsOfTeams } from './concerning'

/** The finding is still there. */
const unresolvedStates: readonly GapState[] = gapStates.filter((state) => state !== 'resolved')
/** The finding is there, and nobody has accepted the risk. */
const unsettledStates = unresolvedStates.filter((state) => state !== 'excepted')

function conditionsOf(filter: GapFilter): Sql[] {
  const conditions: Sql[] = []
  if (filter.rule) conditions.push(sql`g.rule = ANY(${filter.rule}::text[])`)
  if (filter.layer) conditions.push(sql`g.layer = ANY(${filter.layer}::text[])`)
  if (filter.severity) conditions.push(sql`g.severity = ANY(${filter.severity}::severity[])`)
  if (filter.subjectType) conditions.push(sql`g.subject_type = ANY(${filter.subjectType}::gap_subject_type[])`)
  if (filter.team) conditions.push(sql`g.id IN (SELECT id FROM of_team)`)
  if (filter.binding) conditions.push(affectingBinding(filter.binding))
  if (filter.agent) conditions.push(concerningAgent(filter.agent))
  if (filter.tool) conditions.push(concerningTool(filter.tool))
  if (filter.q) {
    conditions.push(sql`(g.subject_slug ILIKE ${containing(filter.q)} OR g.explanation ILIKE ${containing(filter.q)})`)
  }
  return conditions
}

/** The name of a gap's subject; of an assignment, the name of what it is on (null for the organisation). */
const subjectName = sql`
  CASE g.subject_type
    WHEN 'agent' THEN (SELECT name FROM agent WHERE id = g.subject_id)
    WHEN 'tool' THEN (SELECT name FROM tool WHERE id = g.subject_id)
    WHEN 'binding' THEN (
      SELECT x.name || ' → ' || t.name FROM binding b JOIN agent x ON x.id = b.agent_id JOIN tool t ON t.id = b.tool_id
      WHERE b.id = g.subject_id)
    WHEN 'assignment' THEN (
      SELECT COALESCE(
        (SELECT name FROM agent WHERE id = a.agent_id), (SELECT name FROM tool WHERE id = a.tool_id),
        (SELECT name FROM enforcement_point WHERE id = a.point_id), (SELECT slug FROM binding WHERE id = a.binding_id))
      FROM assignment a WHERE a.id = g.subject_id)
  END`

/** The columns of a gap as lists and its page show it. */
export const gapColumns = sql`
  g.id, g.rule, g.layer, g.severity, g.state, g.affected, g.opened_at AS "openedAt", g.explanation,
  g.subject_type AS "subjectType", g.subject_id AS "subjectId", g.subject_slug AS "subjectSlug", ${subjectName} AS "subjectName"`

export interface GapColumns extends Omit<GapListRow, 'title' | 'subject' | 'since'> {
  openedAt: Date
  subjectType: GapListRow['subject']['type']
  subjectId: string
  subjectSlug: string
  subjectName: string | null
}

/** A gap as it was read, in the shape it is shown in. */
export function gapRowOf(columns: GapColumns): GapListRow {
  const { openedAt, subjectType, subjectId, subjectSlug, subjectName, ...gap } = columns
  const name =
    subjectType === 'assignment' && gap.layer
      ? `${layerOf(gap.layer).title} of ${subjectName ?? 'the organisation'}`
      : (subjectName ?? subjectSlug)
  return {
    ...gap,
    title: findRule(gap.rule)?.title ?? gap.rule,
    subject: { type: subjectType, slug: subjectSlug, name, id: subjectId },
    since: openedAt.toISOString(),
  }
}

/** The gaps that opened last, of those that wait for somebody. One branch a state and severity reads only what it shows. */
export async function findNewest(db: Db, take: number): Promise<GapListRow[]> {
  const orderBy = sql`g.opened_at DESC, g.id`
  const branches = unsettledStates.flatMap((state) =>
    severities.map(
      (severity) => sql`(
        SELECT * FROM gap g WHERE g.state = ${state}::gap_state AND g.severity = ${severity}::severity
        ORDER BY ${orderBy} LIMIT ${take})`,
    ),
  )
  const rows = await db.query<GapColumns>(sql`
    WITH g AS (SELECT * FROM (${join(branches, ' UNION ALL ')}) AS g ORDER BY ${orderBy} LIMIT ${take})
    SELECT ${gapColumns} FROM g ORDER BY ${orderBy}`)
  return rows.map(gapRowOf)
}

/** Rows after the last one shown. The first comparison bounds the scan of the index, the second leaves out the ties. */
function after(start: CursorKey | null): Sql {
  if (start === null) return sql`TRUE`
  const [severity, openedAt, id] = start
  const here = sql`(${severity ?? null}::severity, ${openedAt ?? null}::timestamptz)`
  return sql`(g.severity, g.opened_at) <= ${here} AND ((g.severity, g.opened_at) < ${here} OR g.id > ${id ?? null}::uuid)`
}

/**
 * A page of gaps, worst and newest first. One branch a state: each reads its rows in order from the index on state,
 * severity and time, where a condition on several states would have to sort all that match.
 */
export async function findGaps(
  db: Db,
  filter: GapFilter,
  take: number,
  start: CursorKey | null,
): Promise<GapListRow[]> {
  const orderBy = sql`g.severity DESC, g.opened_at DESC, g.id`
  const where = and([...conditionsOf(filter), after(start)])
  // Computed once for all branches.
  const ofTeam = filter.team
    ? sql`of_team AS MATERIALIZED (${gapsOfTeams(sql`ARRAY(SELECT id FROM team WHERE slug = ANY(${filter.team}::text[]))`)}),`
    : empty
  const branches = (filter.state ?? unresolvedStates).map(
    (state) =>
      sql`(SELECT * FROM gap g WHERE g.state = ${state}::gap_state AND ${where} ORDER BY ${orderBy} LIMIT ${take})`,
  )
  if (branches.length === 0) return []
  const rows = await db.query<GapColumns>(sql`
    WITH ${ofTeam} g AS (SELECT * FROM (${join(branches, ' UNION ALL ')}) AS g ORDER BY ${orderBy} LIMIT ${take})
    SELECT ${gapColumns} FROM g ORDER BY ${orderBy}`)
  return rows.map(gapRowOf)
}
