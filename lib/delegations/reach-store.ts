import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { Reach, Reached } from './widening'

/**
 * What these agents reach by their active bindings, by agent id. Bindings of several environments to one tool count
 * together: what is asked is what can be done on the tool at all.
 */
export async function reachOf(db: Db, agentIds: readonly string[]): Promise<Map<string, Reach>> {
  const reaches = new Map<string, Map<string, Reached>>(agentIds.map((id) => [id, new Map()]))
  if (agentIds.length === 0) return reaches
  const rows = await db.query<Reached & { agentId: string }>(sql`
    WITH held AS (
      SELECT b.id, b.agent_id, b.tool_id, b.actions, b.risk FROM binding b
      WHERE b.state = 'active' AND b.agent_id = ANY(${[...agentIds]}::uuid[])),
    powerful AS (
      SELECT DISTINCT s.binding_id FROM held JOIN path_step s ON s.binding_id = held.id
      JOIN enforcement_point e ON e.id = s.point_id WHERE e.independent_privileges <> 'no')
    SELECT held.agent_id::text AS "agentId", jsonb_build_object('slug', t.slug, 'name', t.name) AS tool,
      CASE WHEN bool_or(cardinality(held.actions) = 0) THEN '{}' ELSE
        ARRAY(SELECT DISTINCT action FROM held own, unnest(own.actions) AS action
          WHERE own.agent_id = held.agent_id AND own.tool_id = t.id ORDER BY action) END AS actions,
      max(held.risk) AS risk,
      t.independent_privileges <> 'no' OR bool_or(powerful.binding_id IS NOT NULL) AS "independentPrivileges"
    FROM held JOIN tool t ON t.id = held.tool_id LEFT JOIN powerful ON powerful.binding_id = held.id
    GROUP BY held.agent_id, t.id, t.slug, t.name, t.independent_privileges ORDER BY t.name, t.slug`)
  for (const { agentId, ...reached } of rows) reaches.get(agentId)?.set(reached.tool.slug, reached)
  return reaches
}
