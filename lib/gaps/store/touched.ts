import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { EstateChange } from '@/lib/estate/settle'
import { enforcementLayer } from '@/lib/layers'
import type { MovedOwners } from '@/lib/ownership/store'
import type { Touched } from '../evaluate'
import type { RuleContext } from '../model'
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
  const [row] = await db.query<TouchedRow>(sql`
    WITH ${changedRows(change)},
    ${anchors(change, moved)},
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
      UNION SELECT a.id FROM nearby a
        WHERE ${mayFire(context)}
           OR EXISTS (SELECT FROM gap g WHERE g.subject_type = 'assignment' AND g.subject_id = a.id AND g.state <> 'resolved')
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

function changedRows(change: EstateChange): Sql {
  return sql`
    changed_binding AS (SELECT id, agent_id, tool_id FROM binding WHERE id = ANY(${ids(change.bindings)})),
    changed_assignment AS (
      SELECT scope, agent_id, tool_id, point_id, binding_id FROM assignment WHERE id = ANY(${ids(change.assignments)})
    )`
}

/** An idle agent has no cells, so `moved` does not tell of its owners: the assignments that changed do. */
function anchors(change: EstateChange, moved: MovedOwners): Sql {
  return sql`
    agent_hit AS (
      SELECT unnest(${ids(change.agents, moved.agents)}) AS id
      UNION SELECT agent_id FROM changed_binding
      UNION SELECT agent_id FROM changed_assignment WHERE agent_id IS NOT NULL
      UNION SELECT id FROM agent WHERE sponsor_id = ANY(${ids(change.people)})
      UNION SELECT g.id FROM agent g
        WHERE EXISTS (SELECT FROM changed_assignment WHERE scope = 'organisation') AND g.lifecycle = 'active'
          AND NOT EXISTS (SELECT FROM binding b WHERE b.agent_id = g.id AND b.state = 'active')
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
 * The assignments on anything that the anchors reach. Where a path or an application was taken away, nothing leads
 * back to the point it had, so a changed binding or tool brings the assignments of every point.
 */
function reach(change: EstateChange): Sql {
  const mayHaveLeftPoint = (change.bindings ?? []).length + (change.tools ?? []).length > 0
  return sql`
    reached AS (
      SELECT id, agent_id, tool_id FROM changed_binding
      UNION SELECT b.id, b.agent_id, b.tool_id FROM agent_hit h JOIN binding b ON b.agent_id = h.id WHERE b.state = 'active'
      UNION SELECT b.id, b.agent_id, b.tool_id FROM tool_hit h JOIN binding b ON b.tool_id = h.id WHERE b.state = 'active'
    ),
    reached_agent AS (SELECT agent_id AS id FROM reached UNION SELECT id FROM agent_hit),
    reached_tool AS (
      SELECT tool_id AS id FROM reached UNION SELECT id FROM tool_hit UNION SELECT tool_id FROM changed_assignment
    ),
    reached_point AS (
      SELECT unnest(${ids(change.points)}) AS id
      UNION SELECT t.application_id FROM reached_tool r JOIN tool t ON t.id = r.id
      UNION SELECT s.point_id FROM reached r JOIN path_step s ON s.binding_id = r.id
      UNION SELECT point_id FROM changed_assignment
      UNION SELECT id FROM enforcement_point WHERE ${mayHaveLeftPoint}
    ),
    reached_binding AS (SELECT id FROM reached UNION SELECT binding_id FROM changed_assignment),
    nearby AS (
      SELECT a.* FROM reached_agent r JOIN assignment a ON a.agent_id = r.id
      UNION ALL SELECT a.* FROM reached_tool r JOIN assignment a ON a.tool_id = r.id
      UNION ALL SELECT a.* FROM reached_point r JOIN assignment a ON a.point_id = r.id
      UNION ALL SELECT a.* FROM reached_binding r JOIN assignment a ON a.binding_id = r.id
      UNION ALL SELECT a.* FROM assignment a WHERE a.scope = 'organisation'
    )`
}
