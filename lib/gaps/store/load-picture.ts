import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { OwnershipScope } from '@/lib/ownership/model'
import type { Touched } from '../evaluate'
import type { RuleContext } from '../model'
import type { Picture } from '../picture'
import { type FactChunk, factChunks, pictureOf } from './facts'
import { mayFire } from './may-fire'

const all = sql`TRUE`

/** What has ended supplies nothing and has no finding; it only tells a declined one that somebody came after it. */
const stillMatters = sql`(a.state <> 'ended' OR EXISTS (
  SELECT FROM assignment d
  WHERE d.state = 'declined' AND d.layer = a.layer AND d.scope = a.scope AND d.subject_id = a.subject_id))`

/** The whole estate, as far as resolution and the rules look at it. */
export async function loadPicture(db: Db): Promise<Picture> {
  const where = {
    people: all,
    teams: all,
    agents: all,
    points: all,
    tools: all,
    bindings: all,
    assignments: stillMatters,
  }
  return pictureOf(await db.query<FactChunk>(factChunks(where)))
}

/**
 * Just enough of the estate that the rules find on the touched subjects what they would find in the whole of it.
 * It is the whole of it when a rule may fire on an owner for the whole organisation.
 */
export async function loadPictureAround(db: Db, touched: Touched, context: RuleContext): Promise<Picture> {
  const scopes = await scopesToLoad(db, touched, context)
  if (scopes.some(({ scope }) => scope === 'organisation')) return await loadPicture(db)
  const under = (scope: OwnershipScope) => scopes.filter((row) => row.scope === scope).map((row) => row.id)
  const agents = uuids([...touched.agents, ...under('agent')])
  const tools = uuids([...touched.tools, ...under('tool')])
  const bindings = uuids([...touched.bindings, ...under('binding')])
  const points = uuids(under('enforcement_point'))
  const assignments = uuids(touched.assignments)
  return pictureOf(
    await db.query<FactChunk>(sql`
      WITH active AS (
        SELECT b.id, b.agent_id, b.tool_id FROM binding b WHERE b.state = 'active' AND b.id = ANY(${bindings})
        UNION SELECT b.id, b.agent_id, b.tool_id FROM binding b WHERE b.state = 'active' AND b.agent_id = ANY(${agents})
        UNION SELECT b.id, b.agent_id, b.tool_id FROM binding b WHERE b.state = 'active' AND b.tool_id = ANY(${tools})
        UNION SELECT b.id, b.agent_id, b.tool_id FROM path_step s JOIN binding b ON b.id = s.binding_id
          WHERE b.state = 'active' AND s.point_id = ANY(${points})
        UNION SELECT b.id, b.agent_id, b.tool_id FROM tool t JOIN binding b ON b.tool_id = t.id
          WHERE b.state = 'active' AND t.application_id = ANY(${points})
      ),
      near_tool AS (SELECT tool_id AS id FROM active UNION SELECT unnest(${tools})),
      ${assignmentsAround(agents, assignments)}
      ${factChunks({
        people: sql`p.id IN (SELECT g.sponsor_id FROM agent g WHERE g.id = ANY(${agents}) UNION SELECT person_id FROM held)`,
        teams: sql`t.id IN (SELECT team_id FROM held)`,
        // An agent without its bindings would look idle: only those whose bindings are all here are in the picture.
        agents: sql`g.id = ANY(${agents})`,
        points: sql`e.id IN (SELECT s.point_id FROM active JOIN path_step s ON s.binding_id = active.id)`,
        tools: sql`t.id IN (SELECT id FROM near_tool)`,
        bindings: sql`b.id IN (SELECT id FROM active)`,
        assignments: sql`a.id IN (SELECT id FROM held)`,
      })}`),
  )
}

const uuids = (ids: Iterable<string>): Sql => sql`${[...ids]}::uuid[]`

/** What the touched assignments stand on, of those a rule may fire on. */
async function scopesToLoad(db: Db, touched: Touched, context: RuleContext) {
  if (touched.assignments.size === 0) return []
  return await db.query<{ scope: OwnershipScope; id: string }>(sql`
    SELECT DISTINCT a.scope, a.subject_id::text AS id FROM assignment a
    WHERE a.id = ANY(${uuids(touched.assignments)}) AND ${mayFire(context)}`)
}

/** `held`: the touched assignments, all others on the same cells, and those that may own a layer of an active binding or touched agent. */
function assignmentsAround(agents: Sql, assignments: Sql): Sql {
  const standing = sql`a.state IN ('proposed', 'accepted')`
  return sql`
    touched AS (SELECT * FROM assignment WHERE id = ANY(${assignments})),
    held AS (
      SELECT id, team_id, person_id FROM touched
      UNION SELECT a.id, a.team_id, a.person_id FROM touched t JOIN assignment a ON a.layer = t.layer AND (
        a.agent_id = t.agent_id OR a.tool_id = t.tool_id OR a.point_id = t.point_id OR a.binding_id = t.binding_id)
      UNION SELECT a.id, a.team_id, a.person_id FROM assignment a WHERE ${standing} AND a.scope = 'organisation'
      UNION SELECT a.id, a.team_id, a.person_id FROM (SELECT agent_id AS id FROM active UNION SELECT unnest(${agents})) s
        JOIN assignment a ON a.subject_id = s.id AND a.scope = 'agent' WHERE ${standing}
      UNION SELECT a.id, a.team_id, a.person_id FROM near_tool s
        JOIN assignment a ON a.subject_id = s.id AND a.scope = 'tool' WHERE ${standing}
      UNION SELECT a.id, a.team_id, a.person_id FROM near_tool s JOIN tool t ON t.id = s.id
        JOIN assignment a ON a.subject_id = t.application_id AND a.scope = 'enforcement_point' WHERE ${standing}
      UNION SELECT a.id, a.team_id, a.person_id FROM active s
        JOIN assignment a ON a.subject_id = s.id AND a.scope = 'binding' WHERE ${standing}
    )`
}
