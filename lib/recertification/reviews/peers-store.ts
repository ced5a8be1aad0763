import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { Peers } from './recommend'

interface PeerRow extends Peers {
  id: string
}

/** How common what each item is about is among its like, by item; without those that have nothing alike. */
export async function peersOf(db: Db, items: readonly string[], now: Date): Promise<ReadonlyMap<string, Peers>> {
  const [agents, owners] = await Promise.all([sponsored(db, items), owned(db, items, now)])
  return new Map([...agents, ...owners].map(({ id, alike, holding }) => [id, { alike, holding }]))
}

/** Access: active agents of the same sponsor, and those of them that hold the same tool. */
async function sponsored(db: Db, items: readonly string[]): Promise<PeerRow[]> {
  return await db.query<PeerRow>(sql`
    WITH asked AS MATERIALIZED (
      SELECT i.id, i.tool_id, g.id AS agent_id, g.sponsor_id FROM review_item i JOIN agent g ON g.id = i.agent_id
      WHERE i.id = ANY(${items}::uuid[]) AND i.binding_id IS NOT NULL AND g.sponsor_id IS NOT NULL
    ), kin AS MATERIALIZED (
      SELECT x.id, x.sponsor_id FROM (SELECT DISTINCT sponsor_id FROM asked) s
      JOIN agent x ON x.sponsor_id = s.sponsor_id AND x.lifecycle = 'active'
    ), alike AS (
      SELECT sponsor_id, count(*)::int AS agents FROM kin GROUP BY sponsor_id
    ), holding AS (
      SELECT k.sponsor_id, b.tool_id, array_agg(DISTINCT k.id) AS agents
      FROM (SELECT DISTINCT sponsor_id, tool_id FROM asked) t
      JOIN kin k ON k.sponsor_id = t.sponsor_id
      JOIN binding b ON b.agent_id = k.id AND b.tool_id = t.tool_id AND b.state = 'active'
      GROUP BY k.sponsor_id, b.tool_id
    )
    SELECT a.id::text,
      l.agents - (EXISTS (SELECT FROM kin k WHERE k.id = a.agent_id))::int AS alike,
      COALESCE(cardinality(h.agents) - (a.agent_id = ANY(h.agents))::int, 0) AS holding
    FROM asked a JOIN alike l ON l.sponsor_id = a.sponsor_id
    LEFT JOIN holding h ON h.sponsor_id = a.sponsor_id AND h.tool_id = a.tool_id`)
}

/** Ownership: other assignments of the same layer and scope in force, and those of them to the same team. */
async function owned(db: Db, items: readonly string[], now: Date): Promise<PeerRow[]> {
  return await db.query<PeerRow>(sql`
    WITH asked AS MATERIALIZED (
      SELECT i.id, a.layer, a.scope, a.team_id FROM review_item i JOIN assignment a ON a.id = i.assignment_id
      WHERE i.id = ANY(${items}::uuid[])
    ), teams AS MATERIALIZED (
      SELECT x.layer, x.scope, x.team_id, count(*)::int AS owned
      FROM assignment x JOIN (SELECT DISTINCT layer, scope FROM asked) k ON k.layer = x.layer AND k.scope = x.scope
      WHERE x.state IN ('proposed', 'accepted') AND (x.valid_to IS NULL OR x.valid_to > ${now})
      GROUP BY x.layer, x.scope, x.team_id
    ), alike AS (
      SELECT layer, scope, sum(owned)::int AS owned FROM teams GROUP BY layer, scope
    )
    SELECT a.id::text, greatest(l.owned - 1, 0) AS alike, greatest(COALESCE(t.owned, 0) - 1, 0) AS holding
    FROM asked a JOIN alike l ON l.layer = a.layer AND l.scope = a.scope
    LEFT JOIN teams t ON t.layer = a.layer AND t.scope = a.scope AND t.team_id = a.team_id`)
}
