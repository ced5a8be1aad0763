import 'server-only'
import type { Db } from '@/lib/db/client'
import { keepPlan, type Sql, sql } from '@/lib/db/sql'
import type { OwnershipScope } from '@/lib/ownership/model'
import type { LogFact, Picture } from '../picture'
import { latestAttestations, parities } from './evidence'
import { bindingChunks, type FactChunk, factChunks, pictureOf } from './facts'
import { lookUp, lookUpById, unionOf, when } from './look-up'
import type { TouchedScopes } from './touched'

/** What has ended supplies nothing and has no finding; it only tells a declined one that somebody came after it. */
const stillMatters = sql`(a.state <> 'ended' OR EXISTS (
  SELECT FROM assignment d
  WHERE d.state = 'declined' AND d.layer = a.layer AND d.scope = a.scope AND d.subject_id = a.subject_id))`

/** The whole estate, as far as resolution and the rules look at it. */
export async function loadPicture(db: Db): Promise<Picture> {
  const from = {
    people: sql`person p`,
    teams: sql`team t`,
    agents: sql`agent g`,
    points: sql`enforcement_point e`,
    tools: sql`tool t`,
    bindings: sql`binding b WHERE b.state = 'active' OR b.remediation_due_at IS NOT NULL`,
    assignments: sql`assignment a WHERE ${stillMatters}`,
    delegations: sql`delegation d`,
    contracts: sql`contract c WHERE c.state <> 'superseded'`,
    attestations: sql`${latestAttestations(null)} x`,
    parities: sql`${parities(null)} q`,
    exceptions: sql`gap_exception x WHERE x.state = 'approved'`,
  }
  return withLog(db, pictureOf(await db.query<FactChunk>(factChunks(from))))
}

/** The log before its first checkpoint, or when its own name was taken away. */
const unnamedLog = '00000000-0000-7000-8000-000000000000'

/** The picture with the log as its last verification left it, if there was one. */
async function withLog(db: Db, picture: Picture): Promise<Picture> {
  const [log] = await db.query<LogFact>(sql`
    SELECT coalesce((SELECT id FROM log_identity), ${unnamedLog}::uuid)::text AS id, findings,
      (details -> 0 ->> 'where') || ': ' || (details -> 0 ->> 'what') AS first
    FROM log_verification ORDER BY ended_at DESC LIMIT 1`)
  return log ? { ...picture, log } : picture
}

/**
 * Just enough of the estate that the rules find on the touched subjects what they would find in the whole of it.
 * It is the whole of it when a rule may fire on an owner for the whole organisation.
 */
export async function loadPictureAround(db: Db, touched: TouchedScopes): Promise<Picture> {
  const { scopes, below } = touched
  if (scopes.some(({ scope }) => scope === 'organisation')) return await loadPicture(db)
  const under = (scope: OwnershipScope) => scopes.filter((row) => row.scope === scope).map((row) => row.id)
  const agentIds = [...touched.agents, ...below, ...under('agent')]
  const toolIds = [...touched.tools, ...under('tool')]
  const pointIds = under('enforcement_point')
  const agents = uuids(agentIds)
  const touchedTools = [...touched.tools]
  const bindings = uuids([...touched.bindings, ...under('binding')])
  // Planning a way that leads nowhere would take longer than going the others.
  const active = unionOf(
    sql`SELECT b.id, b.agent_id, b.tool_id FROM binding b
      WHERE b.id = ANY(${bindings}) AND (b.state = 'active' OR b.remediation_due_at IS NOT NULL)`,
    when(agentIds.length > 0, activeBindings(sql`binding b WHERE b.agent_id = ANY(${agents})`)),
    when(toolIds.length > 0, activeBindings(sql`binding b WHERE b.tool_id = ANY(${uuids(toolIds)})`)),
    when(
      pointIds.length > 0,
      activeBindings(sql`path_step s JOIN binding b ON b.id = s.binding_id WHERE s.point_id = ANY(${uuids(pointIds)})`),
    ),
    when(
      pointIds.length > 0,
      activeBindings(sql`tool t JOIN binding b ON b.tool_id = t.id WHERE t.application_id = ANY(${uuids(pointIds)})`),
    ),
  )
  const picture = pictureOf(
    await db.query<FactChunk>(
      keepPlan(sql`
      WITH active AS (${active}),
      near_tool AS (SELECT tool_id AS id FROM active UNION SELECT unnest(${uuids(toolIds)})),
      near_point AS (
        SELECT p.point_id AS id FROM ${lookUp(sql`SELECT id FROM active`, sql`path_step`, sql`p`, sql`p.binding_id = s.id`)}
        UNION SELECT t.application_id FROM ${lookUp(sql`SELECT id FROM near_tool`, sql`tool`, sql`t`, sql`t.id = s.id`)}
      ),
      limits AS (SELECT * FROM contract WHERE tool_id = ANY(${uuids(touchedTools)}) AND state <> 'superseded'),
      sponsor AS (SELECT g.sponsor_id AS id FROM agent g WHERE g.id = ANY(${agents})),
      ${assignmentsAround(agents, [...touched.assignments])}
      ${factChunks({
        people: lookUpById(sql`SELECT id FROM sponsor UNION ALL SELECT person_id FROM held`, sql`person`, sql`p`),
        teams: lookUpById(teamsAround, sql`team`, sql`t`),
        // Those that are here for a binding alone lack their others, and are asked nothing that depends on them.
        agents: lookUpById(
          sql`SELECT unnest(${agents}) UNION ALL SELECT agent_id FROM binding WHERE id = ANY(${bindings}) UNION ALL SELECT from_agent_id FROM ${edges(touched)}`,
          sql`agent`,
          sql`g`,
        ),
        points: lookUpById(sql`SELECT id FROM near_point`, sql`enforcement_point`, sql`e`),
        tools: lookUpById(sql`SELECT id FROM near_tool`, sql`tool`, sql`t`),
        bindings: lookUpById(sql`SELECT id FROM active`, sql`binding`, sql`b`),
        assignments: lookUpById(sql`SELECT id FROM held`, sql`assignment`, sql`a`),
        delegations: edges(touched),
        contracts: sql`limits c`,
        attestations: sql`${latestAttestations(touchedTools)} x`,
        parities: sql`${parities(touchedTools)} q`,
        exceptions: exceptionsOn(touched),
      })}`),
    ),
  )
  return touched.logs?.size ? await withLog(db, picture) : picture
}

/** These bindings by themselves, for the rules that look at nothing else. */
export async function loadBindings(db: Db, ids: readonly string[]): Promise<Picture> {
  return pictureOf(await db.query<FactChunk>(bindingChunks(sql`binding b WHERE b.id = ANY(${uuids(ids)})`)))
}

/** Of these bindings those that an exception was ever approved for. */
export async function exceptedBindings(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT DISTINCT subject_id::text AS id FROM gap_exception
    WHERE state = 'approved' AND subject_type = 'binding' AND subject_id = ANY(${uuids(ids)})`)
  return rows.map(({ id }) => id)
}

/** Who a team is matters of those that own, run a point, or wrote or signed a contract. */
const teamsAround = sql`
  SELECT team_id FROM held
  UNION ALL SELECT e.team_id FROM ${lookUpById(sql`SELECT id FROM near_point`, sql`enforcement_point`, sql`e`)}
  UNION ALL SELECT author_team_id FROM limits UNION ALL SELECT signed_off_team_id FROM limits`

/** The delegations to the touched agents and down from them. */
const edges = ({ agents, below }: TouchedScopes): Sql => sql`(
  SELECT * FROM delegation WHERE from_agent_id = ANY(${uuids([...agents, ...below])})
  UNION SELECT * FROM delegation WHERE to_agent_id = ANY(${uuids(agents)})) d`

/** The approved exceptions on the touched subjects. */
const exceptionsOn = ({ agents, tools, bindings, assignments, logs = new Set() }: TouchedScopes): Sql => sql`(
  SELECT * FROM gap_exception WHERE state = 'approved' AND (subject_type, subject_id) IN (
    SELECT 'agent'::gap_subject_type, unnest(${uuids(agents)})
    UNION ALL SELECT 'tool', unnest(${uuids(tools)})
    UNION ALL SELECT 'binding', unnest(${uuids(bindings)})
    UNION ALL SELECT 'assignment', unnest(${uuids(assignments)})
    UNION ALL SELECT 'log', unnest(${uuids(logs)}))) x`

const activeBindings = (from: Sql) => sql`SELECT b.id, b.agent_id, b.tool_id FROM ${from} AND b.state = 'active'`

const uuids = (ids: Iterable<string>): Sql => sql`${[...ids]}::uuid[]`

/** `held`: the touched assignments, all others on the same cells, and those that may own a layer of an active binding or touched agent. */
function assignmentsAround(agents: Sql, assignments: readonly string[]): Sql {
  const columns = sql`a.id, a.team_id, a.person_id`
  const standingOn = (subject: Sql, set: Sql) =>
    sql`SELECT ${columns} FROM ${lookUp(
      set,
      sql`assignment`,
      sql`a`,
      sql`a.${subject} = s.id AND a.state IN ('proposed', 'accepted')`,
    )}`
  const onCellsOf = (subject: Sql) =>
    when(
      assignments.length > 0,
      sql`SELECT ${columns} FROM touched t
        CROSS JOIN LATERAL (SELECT * FROM assignment a WHERE a.${subject} = t.${subject} AND a.layer = t.layer OFFSET 0) a`,
    )
  const held = unionOf(
    sql`SELECT ${columns} FROM touched a`,
    onCellsOf(sql`agent_id`),
    onCellsOf(sql`tool_id`),
    onCellsOf(sql`point_id`),
    onCellsOf(sql`binding_id`),
    sql`SELECT ${columns} FROM assignment a WHERE a.scope = 'organisation' AND a.state IN ('proposed', 'accepted')`,
    standingOn(sql`agent_id`, sql`SELECT agent_id FROM active UNION SELECT unnest(${agents})`),
    standingOn(sql`tool_id`, sql`SELECT id FROM near_tool`),
    standingOn(
      sql`point_id`,
      sql`SELECT DISTINCT t.application_id FROM ${lookUp(sql`SELECT id FROM near_tool`, sql`tool`, sql`t`, sql`t.id = s.id`)}`,
    ),
    standingOn(sql`binding_id`, sql`SELECT id FROM active`),
  )
  return sql`touched AS (SELECT * FROM assignment WHERE id = ANY(${uuids(assignments)})), held AS (${held})`
}
