import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { EstateCollection } from '../estate/model'
import type { ManagerEdge } from './managers'

/** Assignments that are not over, as `layer:scope:subject`; the latest of each. */
export const assignmentNames = sql`
  SELECT DISTINCT ON (key) key, id FROM (
    SELECT a.id, a.valid_from, a.layer || ':' || a.scope
      || COALESCE(':' || COALESCE(agent.slug, tool.slug, point.slug, binding.slug), '') AS key
    FROM assignment a LEFT JOIN agent ON agent.id = a.agent_id LEFT JOIN tool ON tool.id = a.tool_id
    LEFT JOIN enforcement_point point ON point.id = a.point_id LEFT JOIN binding ON binding.id = a.binding_id
    WHERE a.state <> 'ended') named
  ORDER BY key, valid_from DESC, id DESC`

/** The names of everything that a file may refer to. */
const names = {
  people: sql`SELECT external_id AS key FROM person`,
  teams: sql`SELECT slug AS key FROM team`,
  enforcementPoints: sql`SELECT slug AS key FROM enforcement_point`,
  agents: sql`SELECT slug AS key FROM agent`,
  tools: sql`SELECT slug AS key FROM tool`,
  bindings: sql`SELECT slug AS key FROM binding`,
  owners: sql`SELECT key FROM (${assignmentNames}) a`,
  contracts: sql`SELECT t.slug || '@v' || c.version AS key FROM contract c JOIN tool t ON t.id = c.tool_id`,
} satisfies Partial<Record<EstateCollection, Sql>>
export type NamedCollection = keyof typeof names
export const namedCollections = [
  'people',
  'teams',
  'enforcementPoints',
  'agents',
  'tools',
  'bindings',
  'contracts',
  'owners',
] as const satisfies readonly NamedCollection[]

/** Which of these keys the registry knows. */
export async function knownNames(db: Db, collection: NamedCollection, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const rows = await db.query<{ key: string }>(sql`SELECT key FROM (${names[collection]}) n WHERE key = ANY(${keys})`)
  return new Set(rows.map(({ key }) => key))
}

/** The name most like this one, in the registry or among `others`; null when none is near. */
export async function nearestName(db: Db, collection: NamedCollection, key: string, others: string[]) {
  const [nearest] = await db.query<{ key: string }>(sql`
    SELECT key FROM (${names[collection]} UNION SELECT unnest(${others}::text[])) n
    WHERE similarity(key, ${key}) > 0.3 ORDER BY similarity(key, ${key}) DESC, key LIMIT 1`)
  return nearest?.key ?? null
}

/** The versions of the contracts of these tools that are in force. */
export async function contractsInForce(db: Db, tools: string[]): Promise<{ tool: string; version: number }[]> {
  if (tools.length === 0) return []
  return await db.query<{ tool: string; version: number }>(sql`
    SELECT t.slug AS tool, c.version FROM contract c JOIN tool t ON t.id = c.tool_id
    WHERE t.slug = ANY(${tools}) AND c.state = 'in_force'`)
}

/** Everybody above these people, as far as the registry tells. */
export async function managersAbove(db: Db, people: string[]): Promise<ManagerEdge[]> {
  if (people.length === 0) return []
  return await db.query<ManagerEdge>(sql`
    WITH RECURSIVE above AS (
      SELECT id, external_id, manager_id FROM person WHERE external_id = ANY(${people})
      UNION SELECT p.id, p.external_id, p.manager_id FROM person p JOIN above a ON p.id = a.manager_id
    )
    SELECT a.external_id AS person, m.external_id AS manager FROM above a JOIN person m ON m.id = a.manager_id`)
}

/** Which of these agents and tools are retired, as `agents/slug` and `tools/slug`. */
export async function retiredEnds(db: Db, agents: string[], tools: string[]): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`
    SELECT 'agents/' || slug AS name FROM agent WHERE slug = ANY(${agents}) AND lifecycle = 'retired'
    UNION ALL SELECT 'tools/' || slug FROM tool WHERE slug = ANY(${tools}) AND lifecycle = 'retired'`)
  return rows.map(({ name }) => name)
}

interface GrantedBinding {
  id: string
  slug: string
  state: string
  agentId: string
  toolId: string
}

/** The bindings of these agents and tools that are not revoked. */
export async function grantedBindings(db: Db, ends: string[]): Promise<GrantedBinding[]> {
  return await db.query<GrantedBinding>(sql`
    SELECT id::text, slug, state::text, agent_id::text AS "agentId", tool_id::text AS "toolId" FROM binding
    WHERE (agent_id = ANY(${ends}::uuid[]) OR tool_id = ANY(${ends}::uuid[])) AND state <> 'revoked' ORDER BY slug`)
}

/** Which of these tools have an action that can destroy something. */
export async function destructiveTools(db: Db, slugs: string[]): Promise<string[]> {
  if (slugs.length === 0) return []
  const rows = await db.query<{ slug: string }>(sql`
    SELECT slug FROM tool WHERE slug = ANY(${slugs}) AND actions @> '[{"destructive": "yes"}]'::jsonb`)
  return rows.map(({ slug }) => slug)
}
