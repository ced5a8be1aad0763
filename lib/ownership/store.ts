import type { Db } from '@/lib/db/client'
import { join, keepPlan, type Sql, sql } from '@/lib/db/sql'
import type { EstateChange } from '@/lib/estate/settle'
import type { OwnershipScope } from './model'

/** A set of cells: the bindings that a condition on `b` (binding) and `t` (tool) selects, for one layer or all. */
export interface OwnerTarget {
  bindings: Sql
  layer: string | null
}

/** What a refresh moved. `cells` counts the cells that were written. */
export interface MovedOwners {
  cells: number
  /**
   * Agents and tools that are the natural anchor of a cell that got another owner. Not those where one owner for the
   * whole organisation followed another: whatever is found wrong there stays as wrong as it was, but with these owners.
   */
  agents: string[]
  tools: string[]
  /** Assignments that supplied a changed cell before or supply it now. */
  assignments: string[]
  /** Agents with a cell that nobody owned before, or nobody owns now. */
  exposed: string[]
  /** Bindings with a cell that got another owner; null when they are more than anybody would look at one by one. */
  bindings: string[] | null
}

export const nothingMoved: MovedOwners = {
  cells: 0,
  agents: [],
  tools: [],
  assignments: [],
  exposed: [],
  bindings: [],
}

/** How many moved bindings are named. */
const movedBindingsMax = 2000

const live = (now: Date) => sql`
  SELECT id, layer, scope, subject_id FROM assignment
  WHERE state IN ('proposed', 'accepted') AND valid_from <= ${now} AND (valid_to IS NULL OR valid_to > ${now})`

/**
 * The effective owner of every targeted cell, by the precedence of lib/ownership/resolve.ts, set-based: one LEFT JOIN
 * a scope, so that the planner looks single cells up by index and joins a whole estate by hash.
 */
function resolvedCells(now: Date, targets: readonly OwnerTarget[]): Sql {
  const cells = targets.map(
    ({ bindings, layer }) => sql`
      SELECT b.id AS binding_id, b.agent_id, b.tool_id, t.application_id, l.id AS layer, l.natural_anchor,
             l.inherits_from_application, l.inherits_from_organisation
      FROM binding b JOIN tool t ON t.id = b.tool_id
      CROSS JOIN control_layer l
      WHERE ${bindings} ${layer === null ? sql`` : sql`AND l.id = ${layer}`}`,
  )
  return sql`
    live AS NOT MATERIALIZED (${live(now)}),
    cell AS (${join(cells, ' UNION ')}),
    winner AS (
      SELECT c.binding_id, c.layer, c.agent_id, c.tool_id, c.natural_anchor,
        CASE c.natural_anchor
          WHEN 'agent' THEN COALESCE(by_binding.id, by_agent.id, by_tool.id, by_point.id, by_organisation.id)
          ELSE COALESCE(by_binding.id, by_tool.id, by_point.id, by_agent.id, by_organisation.id)
        END AS assignment_id
      FROM cell c
      LEFT JOIN live by_binding ON by_binding.scope = 'binding' AND by_binding.subject_id = c.binding_id AND by_binding.layer = c.layer
      LEFT JOIN live by_agent ON by_agent.scope = 'agent' AND by_agent.subject_id = c.agent_id AND by_agent.layer = c.layer
      LEFT JOIN live by_tool ON by_tool.scope = 'tool' AND by_tool.subject_id = c.tool_id AND by_tool.layer = c.layer
      LEFT JOIN live by_point ON c.inherits_from_application AND by_point.scope = 'enforcement_point'
        AND by_point.subject_id = c.application_id AND by_point.layer = c.layer
      LEFT JOIN live by_organisation ON c.inherits_from_organisation AND by_organisation.scope = 'organisation' AND by_organisation.layer = c.layer
    ),
    resolved AS (
      SELECT w.binding_id, w.layer, w.agent_id, w.tool_id, w.natural_anchor, w.assignment_id, a.scope AS source, a.team_id,
        (CASE
          WHEN a.id IS NULL THEN 'unowned'
          WHEN NOT (team.status = 'active' AND manned.yes AND COALESCE(person.status = 'active', TRUE)) THEN 'orphaned'
          WHEN a.state = 'proposed' THEN 'unconfirmed'
          ELSE 'owned'
        END)::owner_status AS status
      FROM winner w
      LEFT JOIN assignment a ON a.id = w.assignment_id
      LEFT JOIN team ON team.id = a.team_id
      LEFT JOIN person ON person.id = a.person_id
      LEFT JOIN LATERAL (
        SELECT EXISTS (SELECT FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = a.team_id AND p.status = 'active') AS yes
      ) manned ON TRUE
    ),
    different AS (
      SELECT r.*, e.assignment_id AS was_assignment_id, e.source AS was_source
      FROM resolved r LEFT JOIN effective_owner e ON e.binding_id = r.binding_id AND e.layer = r.layer
      WHERE e.binding_id IS NULL
         OR (e.assignment_id, e.source, e.team_id, e.status) IS DISTINCT FROM (r.assignment_id, r.source, r.team_id, r.status)
    )`
}

/** Writes the cells of the targets that differ from what resolution says; returns what moved. */
export async function refreshCells(db: Db, now: Date, targets: readonly OwnerTarget[]): Promise<MovedOwners> {
  const statement = sql`
    WITH ${resolvedCells(now, targets)},
    changed_hands AS NOT MATERIALIZED (SELECT * FROM different WHERE assignment_id IS DISTINCT FROM was_assignment_id),
    handed_on AS NOT MATERIALIZED (
      SELECT agent_id, tool_id, natural_anchor FROM changed_hands
      WHERE source IS DISTINCT FROM 'organisation' OR was_source IS DISTINCT FROM 'organisation'
    ),
    written AS (
      INSERT INTO effective_owner (binding_id, layer, assignment_id, source, team_id, status)
      SELECT binding_id, layer, assignment_id, source, team_id, status FROM different
      ON CONFLICT (binding_id, layer) DO UPDATE SET
        assignment_id = EXCLUDED.assignment_id, source = EXCLUDED.source, team_id = EXCLUDED.team_id, status = EXCLUDED.status
    )
    SELECT
      (SELECT count(*) FROM different)::int AS cells,
      ARRAY(SELECT DISTINCT agent_id::text FROM handed_on WHERE natural_anchor = 'agent') AS agents,
      ARRAY(SELECT DISTINCT tool_id::text FROM handed_on WHERE natural_anchor = 'tool') AS tools,
      ARRAY(
        SELECT assignment_id::text FROM different WHERE assignment_id IS NOT NULL
        UNION SELECT was_assignment_id::text FROM different WHERE was_assignment_id IS NOT NULL
      ) AS assignments,
      ARRAY(
        SELECT DISTINCT agent_id::text FROM changed_hands WHERE assignment_id IS NULL OR was_assignment_id IS NULL
      ) AS exposed,
      ARRAY(SELECT DISTINCT binding_id::text FROM changed_hands LIMIT ${movedBindingsMax + 1}) AS bindings`
  // Several targets make a text of their own each time.
  const [moved] = await db.query<MovedRow>(targets.length === 1 ? keepPlan(statement) : statement)
  if (!moved) return nothingMoved
  return { ...moved, bindings: moved.bindings.length > movedBindingsMax ? null : moved.bindings }
}

type MovedRow = MovedOwners & { bindings: string[] }

interface ScopeRow {
  layer: string
  scope: OwnershipScope
  subject_id: string
}

function bindingsUnder({ scope, subject_id: subjectId }: ScopeRow): Sql {
  switch (scope) {
    case 'binding':
      return sql`b.id = ${subjectId}::uuid`
    case 'agent':
      return sql`b.agent_id = ${subjectId}::uuid`
    case 'tool':
      return sql`b.tool_id = ${subjectId}::uuid`
    case 'enforcement_point':
      return sql`t.application_id = ${subjectId}::uuid`
    case 'organisation':
      return sql`TRUE`
  }
}

const ids = (list: readonly string[]) => sql`${[...list]}::uuid[]`

/** The cells that a change can reach. */
export async function targetsOf(db: Db, change: EstateChange): Promise<OwnerTarget[]> {
  const targets: OwnerTarget[] = []
  if (change.bindings?.length) targets.push({ bindings: sql`b.id = ANY(${ids(change.bindings)})`, layer: null })
  // A tool brings its application: enforcement may be inherited from another point now.
  if (change.tools?.length) targets.push({ bindings: sql`b.tool_id = ANY(${ids(change.tools)})`, layer: null })
  if (change.assignments?.length) {
    const scopes = await db.query<ScopeRow>(
      sql`SELECT DISTINCT layer, scope, subject_id::text FROM assignment WHERE id = ANY(${ids(change.assignments)})`,
    )
    targets.push(...scopes.map((scope) => ({ bindings: bindingsUnder(scope), layer: scope.layer })))
  }
  // Who they are changed, not what they own: only the standing of the cells they supply can move.
  if (change.teams?.length || change.people?.length) {
    targets.push({
      bindings: sql`b.id IN (
        SELECT e.binding_id FROM effective_owner e JOIN assignment a ON a.id = e.assignment_id
        WHERE a.team_id = ANY(${ids(change.teams ?? [])}) OR a.person_id = ANY(${ids(change.people ?? [])})
           OR a.team_id IN (SELECT team_id FROM membership WHERE person_id = ANY(${ids(change.people ?? [])})))`,
      layer: null,
    })
  }
  return targets
}

/** Re-resolves every cell; `cells` of the answer is how many were wrong, which has to be none. */
export async function rebuildCells(db: Db, now: Date): Promise<MovedOwners> {
  return await refreshCells(db, now, [{ bindings: sql`TRUE`, layer: null }])
}

/** Whether a rebuild would write nothing. Only reads. */
export async function cellsAreRight(db: Db, now: Date): Promise<boolean> {
  const [row] = await db.query<{ right: boolean }>(sql`
    WITH ${resolvedCells(now, [{ bindings: sql`TRUE`, layer: null }])}
    SELECT NOT EXISTS (SELECT FROM different) AS right`)
  return row?.right ?? false
}
