import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { agentRef } from '@/lib/registry/refs-sql'
import type { GraphAgent, GraphEdge } from './model'

interface GraphRow {
  agents: Pick<GraphAgent, 'id' | 'slug' | 'name' | 'lifecycle' | 'layers' | 'hole'>[]
  delegations: Pick<GraphEdge, 'id' | 'from' | 'to' | 'scope'>[]
}

/** The agents around one, nearest first. Steps are counted and UNION drops what was seen, so that loops end. */
const neighbourhood = (agentId: string, steps: number): Sql => sql`
  down (id, steps) AS (
    SELECT ${agentId}::uuid, 0
    UNION SELECT d.to_agent_id, down.steps + 1 FROM down JOIN delegation d ON d.from_agent_id = down.id WHERE down.steps < ${steps}),
  up (id, steps) AS (
    SELECT ${agentId}::uuid, 0
    UNION SELECT d.from_agent_id, up.steps + 1 FROM up JOIN delegation d ON d.to_agent_id = up.id WHERE up.steps < ${steps}),
  picked (id, place) AS (
    SELECT id, row_number() OVER (ORDER BY min(steps), id)
    FROM (SELECT * FROM down UNION ALL SELECT * FROM up) AS around GROUP BY id)`

/** Every agent that calls or is called, those with most delegations first. */
const everybody: Sql = sql`
  picked (id, place) AS (
    SELECT id, row_number() OVER (ORDER BY count(*) DESC, id)
    FROM (SELECT from_agent_id AS id FROM delegation UNION ALL SELECT to_agent_id FROM delegation) AS ends GROUP BY id)`

/**
 * Agents with the worst status of each layer, and the delegations between them, in one statement; one more of each than
 * asked for when there are more.
 */
export async function getGraph(
  db: Db,
  {
    centre,
    agentsMax,
    delegationsMax,
  }: {
    centre: { agentId: string; steps: number } | null
    agentsMax: number
    delegationsMax: number
  },
): Promise<GraphRow> {
  const picked = centre ? neighbourhood(centre.agentId, centre.steps) : everybody
  const [row] = await db.query<GraphRow>(sql`
    WITH RECURSIVE ${picked},
    chosen AS (SELECT a.*, picked.place FROM picked JOIN agent a ON a.id = picked.id WHERE picked.place <= ${agentsMax + 1}),
    edges AS (
      SELECT d.id, d.from_agent_id, d.to_agent_id, d.scope FROM delegation d
      WHERE d.from_agent_id IN (SELECT id FROM chosen WHERE place <= ${agentsMax})
        AND d.to_agent_id IN (SELECT id FROM chosen WHERE place <= ${agentsMax})
      ORDER BY d.from_agent_id, d.to_agent_id LIMIT ${delegationsMax + 1})
    SELECT
      COALESCE((SELECT jsonb_agg(${agentRef(sql`a`)} || jsonb_build_object(
          'layers', COALESCE((
            SELECT jsonb_object_agg(worst.layer, worst.status) FROM (
              SELECT o.layer, max(o.status) AS status FROM binding b JOIN effective_owner o ON o.binding_id = b.id
              WHERE b.agent_id = a.id AND b.state = 'active' GROUP BY o.layer) AS worst), '{}'),
          'hole', (SELECT jsonb_build_object('id', g.id, 'explanation', g.explanation) FROM gap g
            WHERE g.subject_type = 'agent' AND g.subject_id = a.id AND g.rule = 'delegation-hole'
              AND g.state NOT IN ('resolved', 'excepted') LIMIT 1)) ORDER BY a.place)
        FROM chosen a), '[]') AS agents,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', id, 'from', from_agent_id, 'to', to_agent_id, 'scope', scope)
        ORDER BY from_agent_id, to_agent_id) FROM edges), '[]') AS delegations`)
  return row ?? { agents: [], delegations: [] }
}
