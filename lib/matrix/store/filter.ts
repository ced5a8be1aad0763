import type { Reader } from '@/lib/db/reading'
import { and, type Sql, sql } from '@/lib/db/sql'
import { bindingSlugHas, containing } from '@/lib/registry/filters'
import type { MatrixFilter } from '../model'

/** What a filter narrows, as conditions on `b` (binding) and on `e` (one cell of it, null when none is asked for). */
export interface Narrowed {
  bindings: Sql
  cell: Sql | null
}

/** So many cells at most are collected and then sorted; more of them are met soon enough on a walk in order. */
const collectedMax = 5_000
/** So many agents or tools at most are named one by one in a query for text. */
const namedMax = 200

/** The conditions of a filter. */
export async function narrow(db: Reader, filter: MatrixFilter): Promise<Narrowed> {
  const { state = ['active'] } = filter
  const bindings = [
    state.length === 1 ? sql`b.state = ${state[0]}::binding_state` : sql`b.state = ANY(${state}::binding_state[])`,
  ]
  if (filter.risk) bindings.push(sql`b.risk = ANY(${filter.risk}::risk_tier[])`)
  if (filter.environment) bindings.push(sql`b.environment = ANY(${filter.environment})`)
  if (filter.kind) bindings.push(sql`b.tool_id IN (SELECT id FROM tool WHERE kind = ANY(${filter.kind}::tool_kind[]))`)
  if (filter.agent) bindings.push(sql`b.agent_id = (SELECT id FROM agent WHERE slug = ${filter.agent})`)
  if (filter.tool) bindings.push(sql`b.tool_id = (SELECT id FROM tool WHERE slug = ${filter.tool})`)
  if (filter.text) bindings.push(await textCondition(db, filter.text))
  return { bindings: and(bindings), cell: filter.status || filter.team ? cellCondition(filter) : null }
}

/**
 * The condition on `b` that one of its cells is as asked for. Few such cells are collected, wherever they lie; many are
 * looked for binding by binding. Left to itself the planner takes them to be spread evenly and walks the whole matrix
 * for a team whose agents all have names late in the alphabet.
 */
export async function withCell(db: Reader, filter: MatrixFilter, cell: Sql | null): Promise<Sql> {
  if (!cell) return sql`TRUE`
  const [found] = await db.query<{ cells: number }>(
    filter.team
      ? sql`SELECT count(*)::int AS cells FROM (SELECT FROM effective_owner e WHERE ${cell} LIMIT ${collectedMax + 1}) cell`
      : // The counters that the database keeps tell layers and statuses apart, teams not.
        sql`SELECT COALESCE(sum(e.cells), 0)::int AS cells FROM cell_count e WHERE ${cell}`,
  )
  if (found?.cells === 0) return sql`FALSE`
  return found && found.cells <= collectedMax
    ? sql`b.id = ANY(ARRAY(SELECT e.binding_id FROM effective_owner e WHERE ${cell}))`
    : sql`EXISTS (SELECT FROM effective_owner e WHERE e.binding_id = b.id AND ${cell})`
}

/** The condition on `e` that a cell is as asked for. */
export function cellCondition({ layer, status, team }: MatrixFilter): Sql {
  const conditions: Sql[] = []
  if (layer) conditions.push(sql`e.layer = ANY(${layer})`)
  if (status) conditions.push(sql`e.status = ANY(${status}::owner_status[])`)
  if (team) conditions.push(sql`e.team_id = ANY(ARRAY(SELECT id FROM team WHERE slug = ANY(${team})))`)
  return and(conditions)
}

/**
 * Text in the names or slugs of agent and tool, or across both in the binding's own slug (`agent/tool@environment`).
 * A few agents and tools are named by id: the planner then knows how rare each is, and starts from the right end.
 */
async function textCondition(db: Reader, text: string): Promise<Sql> {
  const pattern = containing(text)
  const agent = await anchorCondition(db, sql`agent`, sql`b.agent_id`, pattern)
  const tool = await anchorCondition(db, sql`tool`, sql`b.tool_id`, pattern)
  const across = /[/@]/.test(text) ? sql`OR ${bindingSlugHas(text)}` : sql``
  return sql`(${agent} OR ${tool} ${across})`
}

async function anchorCondition(db: Reader, anchor: Sql, anchorOfBinding: Sql, pattern: string): Promise<Sql> {
  const matching = sql`SELECT x.id FROM ${anchor} x WHERE x.name ILIKE ${pattern} OR x.slug ILIKE ${pattern}`
  const found = await db.query<{ id: string }>(sql`SELECT id::text FROM (${matching} LIMIT ${namedMax + 1}) found`)
  return found.length <= namedMax
    ? sql`${anchorOfBinding} = ANY(${found.map(({ id }) => id)}::uuid[])`
    : sql`${anchorOfBinding} IN (${matching})`
}
