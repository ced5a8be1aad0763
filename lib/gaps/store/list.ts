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
export const unresolvedStates: readonly GapState[] = gapStates.filter((state) => state !== 'resolved')
/** The finding is there, and nobody has accepted the risk. */
const unsettledStates = unresolvedStates.filter((state) => state !== 'excepted')

/** Gaps as they are asked for: `me` has been replaced, and frameworks and controls stand as their rules. */
export interface GapQuery extends Omit<GapFilter, 'framework' | 'control' | 'assignee'> {
  /** Ids of the people; null among them finds what nobody has taken on. */
  assignees?: readonly (string | null)[] | undefined
  /** The gap has to be of one of these rules as well. */
  evidenceRules?: readonly string[] | undefined
}

/** What `g` has to be, its state apart. Needs `ofTeam` beside it. */
export function gapConditions(filter: GapQuery, now: Date): Sql[] {
  const conditions: Sql[] = []
  if (filter.evidenceRules) conditions.push(sql`g.rule = ANY(${filter.evidenceRules}::text[])`)
  if (filter.assignees) conditions.push(assignedTo(filter.assignees))
  if (filter.overdue) conditions.push(filter.overdue === 'yes' ? isOverdue(now) : sql`(${isOverdue(now)}) IS NOT TRUE`)
  if (filter.point) {
    conditions.push(sql`g.point_id IN (SELECT id FROM enforcement_point WHERE slug = ANY(${filter.point}::text[]))`)
  }
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

/** The rows that conditions refer to as `of_team`; null when they do not. */
export const gapsOfFilter = ({ team }: GapQuery): Sql | null =>
  team ? gapsOfTeams(sql`ARRAY(SELECT id FROM team WHERE slug = ANY(${team}::text[]))`) : null

const assignedTo = (people: readonly (string | null)[]): Sql => {
  const ids = people.filter((id) => id !== null)
  const someone = sql`g.assignee_id = ANY(${ids}::uuid[])`
  return ids.length < people.length ? sql`(${someone} OR g.assignee_id IS NULL)` : someone
}

/** Its date has passed and the finding is still there, accepted by nobody. */
export const isOverdue = (now: Date): Sql => sql`(g.due_at < ${now} AND g.state NOT IN ('resolved', 'excepted'))`

/** The exception that says most about the gap: one in force, else one asked for, else the last that ran out. */
export const coveringException = (now: Date): Sql => sql`(
  SELECT json_build_object('id', x.id, 'expires', x.expires,
    'state', CASE WHEN x.state = 'asked' THEN 'asked' WHEN x.expires > ${now} THEN 'in_force' ELSE 'expired' END)
  FROM gap_exception x
  WHERE x.subject_type = g.subject_type AND x.subject_id = g.subject_id AND x.rule = g.rule
    AND (x.layer IS NULL OR x.layer = g.layer) AND (x.point_id IS NULL OR x.point_id = g.point_id)
    AND x.state IN ('asked', 'approved')
  ORDER BY x.state = 'approved' AND x.expires > ${now} DESC, x.state = 'asked' DESC, x.expires DESC LIMIT 1)`

/** The name of a gap's subject; of an assignment, the name of what it is on (null for the organisation). */
export const subjectName = sql`
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
    WHEN 'log' THEN 'Transparency log'
  END`

/** The columns of a gap as lists and its page show it. */
export const gapColumns = (now: Date): Sql => sql`
  g.id, g.rule, g.layer, g.severity, g.state, g.affected, g.opened_at AS "openedAt", g.explanation,
  g.subject_type AS "subjectType", g.subject_id AS "subjectId", g.subject_slug AS "subjectSlug", ${subjectName} AS "subjectName",
  g.due_at AS "dueAt", COALESCE(${isOverdue(now)}, FALSE) AS overdue,
  (SELECT json_build_object('slug', slug, 'name', name) FROM enforcement_point WHERE id = g.point_id) AS point,
  (SELECT json_build_object('id', external_id, 'name', name) FROM person WHERE id = g.assignee_id) AS assignee,
  ${coveringException(now)} AS exception,
  (SELECT count(*)::int FROM gap_comment c WHERE c.gap_id = g.id) AS comments`

export interface GapColumns extends Omit<GapListRow, 'title' | 'subject' | 'since' | 'dueAt'> {
  openedAt: Date
  dueAt: Date | null
  subjectType: GapListRow['subject']['type']
  subjectId: string
  subjectSlug: string
  subjectName: string | null
}

/** A gap as it was read, in the shape it is shown in. */
export function gapRowOf(columns: GapColumns): GapListRow {
  const { openedAt, dueAt, exception, subjectType, subjectId, subjectSlug, subjectName, ...gap } = columns
  const name =
    subjectType === 'assignment' && gap.layer
      ? `${layerOf(gap.layer).title} of ${subjectName ?? 'the organisation'}`
      : (subjectName ?? subjectSlug)
  return {
    ...gap,
    title: findRule(gap.rule)?.title ?? gap.rule,
    subject: { type: subjectType, slug: subjectSlug, name, id: subjectId },
    since: openedAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
    // JSON of the database writes an instant with its offset.
    exception: exception && { ...exception, expires: new Date(exception.expires).toISOString() },
  }
}

/** The gaps that opened last, of those that wait for somebody. One branch a state and severity reads only what it shows. */
export async function findNewest(db: Db, take: number, now: Date): Promise<GapListRow[]> {
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
    SELECT ${gapColumns(now)} FROM g ORDER BY ${orderBy}`)
  return rows.map(gapRowOf)
}

/** How the rows of a list follow each other, and which come after the last one shown. */
interface Order {
  by: Sql
  after: (start: CursorKey | null) => Sql
  keyOf: (row: GapListRow) => CursorKey
}

/** A date that sorts after all others, for what has none. */
const never = 'infinity'
const dueOrNever = sql`COALESCE(g.due_at, 'infinity'::timestamptz)`

const orders: Record<GapFilter['sort'], Order> = {
  severity: {
    by: sql`g.severity DESC, g.opened_at DESC, g.id`,
    // The first comparison bounds the scan of the index, the second leaves out the ties.
    after(start) {
      if (start === null) return sql`TRUE`
      const [severity, openedAt, id] = start
      const here = sql`(${severity ?? null}::severity, ${openedAt ?? null}::timestamptz)`
      return sql`(g.severity, g.opened_at) <= ${here} AND ((g.severity, g.opened_at) < ${here} OR g.id > ${id ?? null}::uuid)`
    },
    keyOf: (row) => [row.severity, row.since, row.id],
  },
  due: {
    by: sql`${dueOrNever}, g.id`,
    after(start) {
      if (start === null) return sql`TRUE`
      const [dueAt, id] = start
      return sql`(${dueOrNever}, g.id) > (${dueAt ?? null}::timestamptz, ${id ?? null}::uuid)`
    },
    keyOf: (row) => [row.dueAt ?? never, row.id],
  },
}

/** What tells the last row of a page apart in this order. */
export const gapCursorKey = (sort: GapFilter['sort'], row: GapListRow): CursorKey => orders[sort].keyOf(row)

/**
 * A page of gaps, worst and newest or what is due next first. One branch a state: each reads its rows in order from the
 * index on state and what the list is ordered by, where a condition on several states would have to sort all that match.
 */
export async function findGaps(
  db: Db,
  filter: GapQuery,
  take: number,
  start: CursorKey | null,
  now: Date,
): Promise<GapListRow[]> {
  const order = orders[filter.sort]
  const where = and([...gapConditions(filter, now), order.after(start)])
  const ofTeams = gapsOfFilter(filter)
  // Computed once for all branches.
  const ofTeam = ofTeams ? sql`of_team AS MATERIALIZED (${ofTeams}),` : empty
  const branches = (filter.state ?? unresolvedStates).map(
    (state) =>
      sql`(SELECT * FROM gap g WHERE g.state = ${state}::gap_state AND ${where} ORDER BY ${order.by} LIMIT ${take})`,
  )
  if (branches.length === 0) return []
  const rows = await db.query<GapColumns>(sql`
    WITH ${ofTeam} g AS (SELECT * FROM (${join(branches, ' UNION ALL ')}) AS g ORDER BY ${order.by} LIMIT ${take})
    SELECT ${gapColumns(now)} FROM g ORDER BY ${order.by}`)
  return rows.map(gapRowOf)
}
