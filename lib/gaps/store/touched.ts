import 'server-only'
import type { Db } from '@/lib/db/client'
import { join, keepPlan, type Sql, sql } from '@/lib/db/sql'
import type { EstateChange } from '@/lib/estate/settle'
import { enforcementLayer } from '@/lib/layers'
import type { OwnershipScope } from '@/lib/ownership/model'
import type { MovedOwners } from '@/lib/ownership/store'
import type { Touched } from '../evaluate'
import type { RuleContext } from '../model'
import { lookUp, lookUpById, unionOf, when } from './look-up'
import { mayFire } from './may-fire'
import { bindingsInOneHand, bindingsNaming } from './one-hand'

/** The touched subjects, and what of the estate the rules look at besides. */
export interface TouchedScopes extends Touched {
  /** What the touched assignments stand on, of those that a rule may fire on. */
  scopes: readonly { scope: OwnershipScope; id: string }[]
  /** The agents down the chains of delegation below the touched ones. */
  below: readonly string[]
}

interface TouchedRow {
  agents: string[]
  tools: string[]
  bindings: string[]
  assignments: string[]
  scopes: TouchedScopes['scopes'] | null
  below: string[]
}

type Ids = readonly string[]

const ids = (...lists: (Ids | undefined)[]): Sql => sql`${lists.flatMap((list) => list ?? [])}::uuid[]`
const some = (...lists: (Ids | undefined)[]): boolean => lists.some((list) => list !== undefined && list.length > 0)

/**
 * The subjects whose findings a change, and the owners it moved, may have altered: what was changed, the anchors around
 * it, and the assignments that are waiting, declined or not credible and reach any of it. The statement looks only where
 * this change can lead: planning the other ways would take longer than running it.
 */
export async function touchedBy(
  db: Db,
  change: EstateChange,
  moved: MovedOwners,
  context: RuleContext,
): Promise<TouchedScopes> {
  const [row] = await db.query<TouchedRow>(
    keepPlan(sql`
    WITH RECURSIVE ${join([...changedRows(change), ...anchors(change, moved), ...chains(change, moved), ...reach(change, moved)])},
    below(id) AS (${delegated(sql`below`, sql`SELECT id FROM agent_touched`, down)}),
    binding_hit AS (${unionOf(
      when(some(change.bindings), sql`SELECT id FROM changed_binding`),
      when(some(moved.bindings ?? undefined), sql`SELECT unnest(${ids(moved.bindings ?? undefined)})`),
      when(moved.bindings === null, bindingsInOneHand),
      when(some(change.teams, change.people), bindingsNaming(change)),
      when(
        some(change.agents),
        sql`SELECT id FROM binding WHERE agent_id = ANY(${ids(change.agents)}) AND state = 'active'`,
      ),
      when(
        some(change.tools),
        sql`SELECT id FROM binding WHERE tool_id = ANY(${ids(change.tools)}) AND state = 'active'`,
      ),
    )}),
    assignment_hit AS (${assignmentsHit(change, moved, context)})
    SELECT
      ARRAY(SELECT id::text FROM agent_touched) AS agents,
      ARRAY(SELECT id::text FROM tool_hit) AS tools,
      ARRAY(SELECT id::text FROM binding_hit) AS bindings,
      ARRAY(SELECT id::text FROM assignment_hit) AS assignments,
      ARRAY(SELECT id::text FROM below EXCEPT SELECT id::text FROM agent_touched) AS below,
      (SELECT json_agg(DISTINCT jsonb_build_object('scope', a.scope, 'id', a.subject_id))
       FROM ${lookUpById(sql`SELECT id FROM assignment_hit`, sql`assignment`, sql`a`)} WHERE ${mayFire(context)}) AS scopes`),
  )
  return {
    agents: new Set(row?.agents),
    tools: new Set(row?.tools),
    bindings: new Set(row?.bindings),
    assignments: new Set(row?.assignments),
    logs: new Set(change.logs),
    scopes: row?.scopes ?? [],
    below: row?.below ?? [],
  }
}

function assignmentsHit(change: EstateChange, moved: MovedOwners, context: RuleContext): Sql {
  const { teams, people } = change
  return unionOf(
    when(
      some(change.assignments, moved.assignments),
      sql`SELECT unnest(${ids(change.assignments, moved.assignments)})`,
    ),
    when(some(teams), sql`SELECT id FROM assignment WHERE team_id = ANY(${ids(teams)}) AND state <> 'ended'`),
    when(some(people), sql`SELECT id FROM assignment WHERE person_id = ANY(${ids(people)}) AND state <> 'ended'`),
    when(
      some(people),
      sql`SELECT a.id FROM membership m JOIN assignment a ON a.team_id = m.team_id
        WHERE m.person_id = ANY(${ids(people)}) AND a.state <> 'ended'`,
    ),
    // Where a path or an application was taken away, nothing leads back to the point it had.
    when(some(change.bindings, change.tools), leftPoints),
    sql`SELECT a.id FROM nearby a
      WHERE ${outOfSight(change, context)} AND (${mayFire(context)}
         OR (SELECT TRUE FROM gap g WHERE g.subject_type = 'assignment' AND g.subject_id = a.id AND g.state <> 'resolved' LIMIT 1))`,
  )
}

/** There it is the gap that still names the binding, or that affects none and may have been about it. */
const leftPoints = sql`
  SELECT a.id FROM assignment a JOIN gap g ON g.subject_type = 'assignment' AND g.subject_id = a.id
  WHERE a.point_id IS NOT NULL AND g.state <> 'resolved' AND (
    g.affected = 0 OR EXISTS (SELECT FROM reached r JOIN gap_binding x ON x.binding_id = r.id WHERE x.gap_id = g.id))`

/**
 * Where nothing but owners changed, what they moved tells of every other owner in office that gained or lost a binding.
 * It cannot tell of those not in office, nor of agents without bindings, who have no cells; and it is all in one layer.
 */
function outOfSight({ assignments: _owners, ...others }: EstateChange, { now }: RuleContext): Sql {
  if (some(...Object.values(others))) return sql`TRUE`
  const at = new Date(now)
  return sql`a.layer IN (SELECT layer FROM changed_assignment) AND (a.scope = 'organisation' OR a.state = 'declined'
    OR a.valid_from > ${at} OR a.valid_to <= ${at})`
}

function changedRows({ bindings, assignments }: EstateChange): Sql[] {
  return [
    sql`changed_binding AS (SELECT id, agent_id, tool_id FROM binding WHERE id = ANY(${ids(bindings)}))`,
    sql`changed_assignment AS (
      SELECT layer, scope, agent_id, tool_id, point_id, binding_id FROM assignment WHERE id = ANY(${ids(assignments)}))`,
  ]
}

/**
 * The active agents without an active binding, if one of the assignments is for the whole organisation. They have no
 * cells, so that `moved` does not tell that their owners changed.
 */
const idleAgents = sql`
  SELECT g.id FROM agent g
  WHERE (SELECT TRUE FROM changed_assignment WHERE scope = 'organisation' LIMIT 1)
    AND g.lifecycle = 'active' AND NOT EXISTS (SELECT FROM binding b WHERE b.agent_id = g.id AND b.state = 'active')`

/** Up or down a delegation: from which end an agent is looked up, and which end it leads to. */
const up = { at: sql`to_agent_id`, to: sql`from_agent_id` }
const down = { at: sql`from_agent_id`, to: sql`to_agent_id` }

/** SELECTs these agents and all that delegations lead to from them, for a CTE of this name. UNION ends it where the chain loops. */
const delegated = (name: Sql, from: Sql, { at, to }: typeof up): Sql => sql`${from} UNION
  SELECT d.id FROM ${name} n CROSS JOIN LATERAL (SELECT ${to} AS id FROM delegation WHERE ${at} = n.id OFFSET 0) d`

/** The anchors that are agents, and those where chains begin that a changed agent, or one whose hole came or went, hangs on. */
function chains({ agents, bindings, assignments }: EstateChange, moved: MovedOwners): Sql[] {
  const links = unionOf(
    when(some(agents, moved.exposed), sql`SELECT unnest(${ids(agents, moved.exposed)})`),
    when(some(bindings), sql`SELECT agent_id FROM changed_binding`),
    when(some(assignments), sql`SELECT agent_id FROM changed_assignment WHERE agent_id IS NOT NULL`),
    when(some(assignments), idleAgents),
    // Whoever was called by an agent that does not run any more begins a chain.
    when(some(agents), sql`SELECT to_agent_id FROM delegation WHERE from_agent_id = ANY(${ids(agents)})`),
  )
  return [
    sql`above(id) AS (${delegated(sql`above`, links, up)})`,
    sql`agent_touched AS (SELECT id FROM agent_hit UNION SELECT id FROM above)`,
  ]
}

function anchors(
  { agents, tools, bindings, points, teams, people, assignments }: EstateChange,
  moved: MovedOwners,
): Sql[] {
  const agentHit = unionOf(
    when(some(agents, moved.agents), sql`SELECT unnest(${ids(agents, moved.agents)})`),
    when(some(bindings), sql`SELECT agent_id FROM changed_binding`),
    when(some(assignments), sql`SELECT agent_id FROM changed_assignment WHERE agent_id IS NOT NULL`),
    when(some(assignments), idleAgents),
    when(some(people), sql`SELECT id FROM agent WHERE sponsor_id = ANY(${ids(people)})`),
  )
  const toolHit = unionOf(
    when(some(tools, moved.tools), sql`SELECT unnest(${ids(tools, moved.tools)})`),
    when(some(bindings), sql`SELECT tool_id FROM changed_binding`),
    when(some(points), sql`SELECT id FROM tool WHERE application_id = ANY(${ids(points)})`),
    when(
      some(points),
      sql`SELECT b.tool_id FROM path_step s JOIN binding b ON b.id = s.binding_id WHERE s.point_id = ANY(${ids(points)})`,
    ),
    when(
      some(teams),
      sql`SELECT b.tool_id FROM effective_owner e JOIN binding b ON b.id = e.binding_id
        WHERE e.team_id = ANY(${ids(teams)}) AND e.layer = ${enforcementLayer}`,
    ),
    when(
      some(teams),
      sql`SELECT tool_id FROM contract WHERE state = 'in_force'
        AND (author_team_id = ANY(${ids(teams)}) OR signed_off_team_id = ANY(${ids(teams)}))`,
    ),
  )
  return [sql`agent_hit AS (${agentHit})`, sql`tool_hit AS (${toolHit})`]
}

/**
 * The assignments on anything that the change reaches. What is found of an assignment hangs on which bindings are
 * in its scope and who owns those, so it is reached through bindings that changed or changed hands, and through tools,
 * which may have another application now.
 */
function reach({ tools, points, assignments }: EstateChange, moved: MovedOwners): Sql[] {
  const [assignment, a, binding, b] = [sql`assignment`, sql`a`, sql`binding`, sql`b`]
  const owners = some(assignments)
  const unnamed = moved.bindings === null
  const under = (anchor: Sql, ...lists: (Ids | undefined)[]) =>
    when(
      some(...lists),
      sql`SELECT b.id, b.agent_id, b.tool_id
        FROM ${lookUp(sql`SELECT unnest(${ids(...lists)})`, binding, b, sql`b.${anchor} = s.id AND b.state = 'active'`)}`,
    )
  return [
    sql`reached AS (${join(
      [
        sql`SELECT id, agent_id, tool_id FROM changed_binding`,
        when(
          some(moved.bindings ?? undefined),
          sql`SELECT id, agent_id, tool_id FROM binding WHERE id = ANY(${ids(moved.bindings ?? undefined)})`,
        ),
        under(sql`agent_id`, unnamed ? moved.agents : undefined),
        under(sql`tool_id`, tools, unnamed ? moved.tools : undefined),
      ].filter((select) => select !== null),
      ' UNION ',
    )})`,
    sql`reached_tool AS (${unionOf(
      sql`SELECT tool_id FROM reached`,
      when(some(tools), sql`SELECT unnest(${ids(tools)})`),
      when(owners, sql`SELECT tool_id FROM changed_assignment`),
    )})`,
    sql`reached_point AS (${unionOf(
      when(some(points), sql`SELECT unnest(${ids(points)})`),
      sql`SELECT t.application_id FROM ${lookUp(sql`SELECT id FROM reached_tool`, sql`tool`, sql`t`, sql`t.id = s.id`)}`,
      sql`SELECT p.point_id FROM ${lookUp(sql`SELECT id FROM reached`, sql`path_step`, sql`p`, sql`p.binding_id = s.id`)}`,
      when(owners, sql`SELECT point_id FROM changed_assignment`),
    )})`,
    sql`nearby AS (
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
    )`,
  ]
}
