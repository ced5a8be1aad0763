import 'server-only'
import type { ContractState } from '@/lib/contracts/model'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { type LayerId, layers } from '@/lib/layers'
import type { OwnerStatus, OwnershipScope } from '@/lib/ownership/model'
import type { MovedOwners } from '@/lib/ownership/store'

const ids = (list: readonly string[]) => sql`${[...list]}::uuid[]`

/** A standing assignment, and what it stands on. */
export interface Held {
  id: string
  layer: LayerId
  scope: OwnershipScope
  /** Null for the organisation. */
  subjectId: string | null
  subjectSlug: string | null
}

/** What a team holds now, of these tools or altogether. */
export async function heldBy(db: Db, teamId: string, tools: readonly string[] | null, now: Date): Promise<Held[]> {
  return await db.query<Held>(sql`
    SELECT a.id::text, a.layer, a.scope::text, CASE WHEN a.scope <> 'organisation' THEN a.subject_id::text END AS "subjectId",
      COALESCE(agent.slug, tool.slug, point.slug, binding.slug) AS "subjectSlug"
    FROM assignment a LEFT JOIN agent ON agent.id = a.agent_id LEFT JOIN tool ON tool.id = a.tool_id
    LEFT JOIN enforcement_point point ON point.id = a.point_id LEFT JOIN binding ON binding.id = a.binding_id
    WHERE a.team_id = ${teamId}::uuid AND a.state IN ('proposed', 'accepted') AND a.valid_from <= ${now}
      AND (a.valid_to IS NULL OR a.valid_to > ${now})
      AND (${tools === null} OR tool.slug = ANY(${tools ?? []}))
    ORDER BY a.layer, a.scope, "subjectSlug"`)
}

/** The assignments that these teams hold or these people answer for. */
export async function assignmentsOf(
  db: Db,
  { teams, people }: { teams: readonly string[]; people: readonly string[] },
): Promise<{ id: string; scope: OwnershipScope; subjectId: string }[]> {
  return await db.query(sql`
    SELECT id::text, scope::text, subject_id::text AS "subjectId" FROM assignment
    WHERE (team_id = ANY(${ids(teams)}) OR person_id = ANY(${ids(people)})) AND state <> 'ended'`)
}

/** The teams that have no active member without these people, and have one now. */
export async function emptiedBy(db: Db, people: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT DISTINCT m.team_id::text AS id FROM membership m JOIN person p ON p.id = m.person_id AND p.status = 'active'
    WHERE m.person_id = ANY(${ids(people)}) AND NOT EXISTS (
      SELECT FROM membership o JOIN person q ON q.id = o.person_id
      WHERE o.team_id = m.team_id AND q.status = 'active' AND q.id <> ALL(${ids(people)}))`)
  return rows.map(({ id }) => id)
}

/** The bindings of these agents that are not revoked. */
export async function grantedTo(db: Db, agents: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    sql`SELECT id::text FROM binding WHERE agent_id = ANY(${ids(agents)}) AND state <> 'revoked'`,
  )
  return rows.map(({ id }) => id)
}

const anchored = (anchor: 'agent' | 'tool') =>
  layers.filter(({ naturalAnchor }) => naturalAnchor === anchor).map(({ id }) => id)

/** What would move if these assignments gave way to others on the same cells. */
export async function movedWith(db: Db, assignments: readonly string[]): Promise<MovedOwners> {
  const [row] = await db.query<{ cells: number; agents: string[]; tools: string[]; bindings: string[] }>(sql`
    WITH cell AS (
      SELECT e.binding_id, e.layer, b.agent_id, b.tool_id FROM effective_owner e JOIN binding b ON b.id = e.binding_id
      WHERE e.assignment_id = ANY(${ids(assignments)}))
    SELECT (SELECT count(*) FROM cell)::int AS cells,
      ARRAY(SELECT DISTINCT agent_id::text FROM cell WHERE layer = ANY(${anchored('agent')})) AS agents,
      ARRAY(SELECT DISTINCT tool_id::text FROM cell WHERE layer = ANY(${anchored('tool')})) AS tools,
      ARRAY(SELECT DISTINCT binding_id::text FROM cell) AS bindings`)
  return { exposed: [], assignments: [...assignments], ...(row ?? { cells: 0, agents: [], tools: [], bindings: [] }) }
}

/** A contract that a change touches. */
export interface TouchedContract {
  tool: { slug: string; name: string }
  version: number
  state: ContractState
  because: 'written' | 'signed' | 'tool'
}

/** The contracts that these teams wrote or signed off, and those of these tools; none that is superseded. */
export async function contractsTouched(
  db: Db,
  { teams, tools }: { teams: readonly string[]; tools: readonly string[] },
): Promise<TouchedContract[]> {
  if (teams.length + tools.length === 0) return []
  return await db.query<TouchedContract>(sql`
    SELECT json_build_object('slug', t.slug, 'name', t.name) AS tool, c.version, c.state::text,
      CASE WHEN c.author_team_id = ANY(${ids(teams)}) THEN 'written'
        WHEN c.signed_off_team_id = ANY(${ids(teams)}) THEN 'signed' ELSE 'tool' END AS because
    FROM contract c JOIN tool t ON t.id = c.tool_id
    WHERE c.state <> 'superseded' AND (c.author_team_id = ANY(${ids(teams)}) OR c.signed_off_team_id = ANY(${ids(teams)})
      OR c.tool_id = ANY(${ids(tools)}))
    ORDER BY t.slug, c.version`)
}

/** How many ownerships and agents these people answer for, each of which would ask for a successor. */
export async function successionsOf(db: Db, people: readonly string[], moved: readonly string[]): Promise<number> {
  if (people.length === 0) return 0
  const [row] = await db.query<{ count: number }>(sql`
    SELECT (
      (SELECT count(*) FROM assignment WHERE person_id = ANY(${ids(people)}) AND state IN ('proposed', 'accepted')
        AND id <> ALL(${ids(moved)}))
      + (SELECT count(*) FROM agent WHERE sponsor_id = ANY(${ids(people)}) AND lifecycle <> 'retired'))::int AS count`)
  return row?.count ?? 0
}

/** How the cells of active bindings stand, by layer. */
export async function cellCounts(db: Db): Promise<{ layer: LayerId; status: OwnerStatus; cells: number }[]> {
  return await db.query(sql`
    SELECT layer, status::text, sum(cells)::int AS cells FROM cell_count WHERE state = 'active' GROUP BY layer, status`)
}
