import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { EstateChange } from '@/lib/estate/settle'
import { enforcementLayer } from '@/lib/layers'
import type { MovedOwners } from '@/lib/ownership/store'
import type { Touched } from '../evaluate'
import type { RuleContext } from '../model'
import { lookUp } from './look-up'
import { mayFire } from './may-fire'

interface TouchedRow {
  agents: string[]
  tools: string[]
  bindings: string[]
  assignments: string[]
}

const ids = (...lists: (readonly string[] | undefined)[]): Sql => sql`${lists.flatMap((list) => list ?? [])}::uuid[]`

/**
 * The subjects whose findings a change, and the owners it moved, may have altered: what was changed, the anchors around
 * it, and the assignments that are waiting, declined or not credible and reach any of it.
 */
export async function touchedBy(
  db: Db,
  change: EstateChange,
  moved: MovedOwners,
  context: RuleContext,
): Promise<Touched> {
  const idle = await idleAgentsUnder(db, change.assignments ?? [])
  const [row] = await db.query<TouchedRow>(sql`
    WITH ${changedRows(change)},
    ${anchors(change, moved, idle)},
    ${reach(change)},
    binding_hit AS (
      SELECT id FROM changed_binding
      UNION SELECT id FROM binding WHERE agent_id = ANY(${ids(change.agents)}) AND state = 'active'
      UNION SELECT id FROM binding WHERE tool_id = ANY(${ids(change.tools)}) AND state = 'active'
    ),
    assignment_hit AS (
      SELECT unnest(${ids(change.assignments, moved.assignments)}) AS id
      UNION SELECT id FROM assignment WHERE team_id = ANY(${ids(change.teams)}) AND state <> 'ended'
      UNION SELECT id FROM assignment WHERE person_id = ANY(${ids(change.people)}) AND state <> 'ended'
      UNION SELECT a.id FROM membership m JOIN assignment a ON a.team_id = m.team_id
        WHERE m.person_id = ANY(${ids(change.people)}) AND a.state <> 'ended'
      UNION SELECT id FROM left_point
      UNION SELECT a.id FROM nearby a
        WHERE ${outOfSight(change, context)} AND (${mayFire(context)}
           OR (SELECT TRUE FROM gap g WHERE g.subject_type = 'assignment' AND g.subject_id = a.id AND g.state <> 'resolved' LIMIT 1))
    )
    SELECT
      ARRAY(SELECT id::text FROM agent_hit) AS agents,
      ARRAY(SELECT id::text FROM tool_hit) AS tools,
      ARRAY(SELECT id::text FROM binding_hit) AS bindings,
      ARRAY(SELECT id::text FROM assignment_hit) AS assignments`)
  return {
    agents: new Set(row?.agents),
    tools: new Set(row?.tools),
    bindings: new Set(row?.bindings),
    assignments: new Set(row?.assignments),
  }
}

/**
 * Where nothing but owners changed, what they moved tells of every other owner in office that gained or lost a binding.
 * It cannot tell of those not in office, nor of agents without bindings, who have no cells; and it is all in one layer.
 */
function outOfSight({ assignments: _owners, ...others }: EstateChange, { now }: RuleContext): Sql {
  const onlyOwners = Object.values(others).every((ids) => ids.length === 0)
  if (!onlyOwners) return sql`TRUE`
  const at = new Date(now)
  return sql`a.layer IN (SELECT layer FROM changed_assignment) AND (a.scope = 'organisation' OR a.state = 'declined'
    OR a.valid_from > ${at} OR a.valid_to <= ${at})`
}

function changedRows(change: EstateChange): Sql {
  return sql`
    changed_binding AS (SELECT id, agent_id, tool_id FROM binding WHERE id = ANY(${ids(change.bindings)})),
    changed_assignment AS (
      SELECT layer, scope, agent_id, tool_id, point_id, binding_id FROM assignment WHERE id = ANY(${ids(change.assignments)})
    )`
}

/**
 * The active agents without an active binding, if one of the assignments is for the whole organisation. They have no
 * cells, so that `moved` does not tell that their owners changed.
 */
async function idleAgentsUnder(db: Db, assignments: readonly string[]): Promise<string[]> {
  if (assignments.length === 0) return []
  const rows = await db.query<{ id: string }>(sql`
    SELECT g.id::text FROM agent g
    WHERE EXISTS (SELECT FROM assignment WHERE id = ANY(${ids(assignments)}) AND scope = 'organisation')
      AND g.lifecycle = 'active' AND NOT EXISTS (SELECT FROM binding b WHERE b.agent_id = g.id AND b.state = 'active')`)
  return rows.map((row) => row.id)
}

function anchors(change: EstateChange, moved: MovedOwners, idle: readonly string[]): Sql {
  return sql`
    agent_hit AS (
      SELECT unnest(${ids(change.agents, moved.agents, idle)}) AS id
      UNION SELECT agent_id FROM changed_binding
      UNION SELECT agent_id FROM changed_assignment WHERE agent_id IS NOT NULL
      UNION SELECT id FROM agent WHERE sponsor_id = ANY(${ids(change.people)})
    ),
    tool_hit AS (
      SELECT unnest(${ids(change.tools, moved.tools)}) AS id
      UNION SELECT tool_id FROM changed_binding
      UNION SELECT id FROM tool WHERE application_id = ANY(${ids(change.points)})
      UNION SELECT b.tool_id FROM path_step s JOIN binding b ON b.id = s.binding_id WHERE s.point_id = ANY(${ids(change.points)})
      UNION SELECT b.tool_id FROM effective_owner e JOIN binding b ON b.id = e.binding_id
        WHERE e.team_id = ANY(${ids(change.teams)}) AND e.layer = ${enforcementLayer}
    )`
}

/**
 * The assignments on anything that the anchors reach. Where a path or an application was taken away, nothing leads back
 * to the point it had: there it is the gap that still names the binding, or that affects none and may have been about it.
 */
function reach(change: EstateChange): Sql {
  const mayHaveLeftPoint = (change.bindings ?? []).length + (change.tools ?? []).length > 0
  const [assignment, a, binding, b] = [sql`assignment`, sql`a`, sql`binding`, sql`b`]
  return sql`
    reached AS (
      SELECT id, agent_id, tool_id FROM changed_binding
      UNION SELECT b.id, b.agent_id, b.tool_id
        FROM ${lookUp(sql`SELECT id FROM agent_hit`, binding, b, sql`b.agent_id = s.id AND b.state = 'active'`)}
      UNION SELECT b.id, b.agent_id, b.tool_id
        FROM ${lookUp(sql`SELECT id FROM tool_hit`, binding, b, sql`b.tool_id = s.id AND b.state = 'active'`)}
    ),
    reached_tool AS (
      SELECT tool_id AS id FROM reached UNION SELECT id FROM tool_hit UNION SELECT tool_id FROM changed_assignment
    ),
    reached_point AS (
      SELECT unnest(${ids(change.points)}) AS id
      UNION SELECT t.application_id FROM ${lookUp(sql`SELECT id FROM reached_tool`, sql`tool`, sql`t`, sql`t.id = s.id`)}
      UNION SELECT p.point_id FROM ${lookUp(sql`SELECT id FROM reached`, sql`path_step`, sql`p`, sql`p.binding_id = s.id`)}
      UNION SELECT point_id FROM changed_assignment
    ),
    nearby AS (
      SELECT a.* FROM ${lookUp(sql`SELECT agent_id FROM reached UNION SELECT id FROM agent_hit`, assignment, a, sql`a.agent_id = s.id`)}
      UNION ALL SELECT a.* FROM ${lookUp(sql`SELECT id FROM reached_tool`, assignment, a, sql`a.tool_id = s.id`)}
      UNION ALL SELECT a.* FROM ${lookUp(sql`SELECT id FROM reached_point`, assignment, a, sql`a.point_id = s.id`)}
      UNION ALL SELECT a.* FROM ${lookUp(
        sql`SELECT id FROM reached UNION SELECT binding_id FROM changed_assignment`,
        assignment,
        a,
        sql`a.binding_id = s.id`,
      )}
      UNION ALL SELECT a.* FROM assignment a WHERE a.scope = 'organisation'
    ),
    left_point AS (
      SELECT a.id FROM assignment a JOIN gap g ON g.subject_type = 'assignment' AND g.subject_id = a.id
      WHERE ${mayHaveLeftPoint} AND a.point_id IS NOT NULL AND g.state <> 'resolved' AND (
        g.affected = 0 OR EXISTS (SELECT FROM reached r JOIN gap_binding x ON x.binding_id = r.id WHERE x.gap_id = g.id))
    )`
}
