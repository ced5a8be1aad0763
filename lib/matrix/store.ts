import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { type LayerId, layerIds } from '@/lib/layers'
import { cellsOf } from '@/lib/ownership/cells'
import type { OwnerStatus } from '@/lib/ownership/model'
import type { AgentLifecycle, BindingState, RiskTier, ToolKind } from '@/lib/registry/model'
import type { MatrixCounts, MatrixFilter, MatrixRow, MatrixSort, SummaryRow } from './model'

/** Text for ILIKE with its wildcards taken literally. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

const teamIds = (slugs: readonly string[]) => sql`e.team_id IN (SELECT id FROM team WHERE slug = ANY(${[...slugs]}))`

function cellConditions(filter: MatrixFilter): Sql[] {
  const conditions: Sql[] = []
  if (filter.layer) conditions.push(sql`e.layer = ANY(${filter.layer})`)
  if (filter.status) conditions.push(sql`e.status = ANY(${filter.status}::owner_status[])`)
  if (filter.team) conditions.push(teamIds(filter.team))
  return conditions
}

/** Conditions on `b` (binding), `agent` and `tool` that every row of the filtered matrix meets. */
function rowConditions(filter: MatrixFilter): Sql[] {
  const { state = ['active'] } = filter
  const conditions = [
    state.length === 1 ? sql`b.state = ${state[0]}::binding_state` : sql`b.state = ANY(${state}::binding_state[])`,
  ]
  if (filter.risk) conditions.push(sql`b.risk = ANY(${filter.risk}::risk_tier[])`)
  if (filter.environment) conditions.push(sql`b.environment = ANY(${filter.environment})`)
  if (filter.kind) conditions.push(sql`tool.kind = ANY(${filter.kind}::tool_kind[])`)
  if (filter.agent) conditions.push(sql`b.agent_id = (SELECT id FROM agent WHERE slug = ${filter.agent})`)
  if (filter.tool) conditions.push(sql`b.tool_id = (SELECT id FROM tool WHERE slug = ${filter.tool})`)
  if (filter.text) {
    const text = containing(filter.text)
    conditions.push(sql`(b.slug ILIKE ${text} OR agent.name ILIKE ${text} OR tool.name ILIKE ${text})`)
  }
  return conditions
}

function withCells(filter: MatrixFilter): Sql[] {
  if (!filter.status && !filter.team) return []
  return [sql`EXISTS (SELECT FROM effective_owner e WHERE e.binding_id = b.id AND ${and(cellConditions(filter))})`]
}

const orders: Record<MatrixSort, { by: Sql; after: (key: CursorKey) => Sql; key: (row: MatrixRow) => CursorKey }> = {
  agent: { by: sql`b.slug`, after: ([slug]) => sql`b.slug > ${slug}`, key: (row) => [row.slug] },
  tool: {
    by: sql`b.tool_slug, b.slug`,
    after: ([tool, slug]) => sql`(b.tool_slug, b.slug) > (${tool}, ${slug})`,
    key: (row) => [row.tool.slug, row.slug],
  },
  risk: {
    by: sql`b.risk DESC, b.slug`,
    after: ([risk, slug]) => sql`b.risk <= ${risk}::risk_tier AND (b.risk < ${risk}::risk_tier OR b.slug > ${slug})`,
    key: (row) => [row.risk, row.slug],
  },
}

/** The cursor key of a row in this order. */
export const matrixKey = (sort: MatrixSort) => orders[sort].key

interface BindingRow {
  id: string
  slug: string
  environment: string
  risk: RiskTier
  state: BindingState
  agent_slug: string
  agent_name: string
  lifecycle: AgentLifecycle
  tool_slug: string
  tool_name: string
  kind: ToolKind
  gaps: number
}

/** Rows of the matrix after `after`, with their five cells. */
export async function findRows(
  db: Db,
  filter: MatrixFilter,
  sort: MatrixSort,
  limit: number,
  after: CursorKey | null,
): Promise<MatrixRow[]> {
  const order = orders[sort]
  const conditions = [...rowConditions(filter), ...withCells(filter)]
  if (after) conditions.push(order.after(after))
  const rows = await db.query<BindingRow>(sql`
    SELECT b.id::text, b.slug, b.environment, b.risk::text, b.state::text, agent.slug AS agent_slug, agent.name AS agent_name,
      agent.lifecycle::text, tool.slug AS tool_slug, tool.name AS tool_name, tool.kind::text,
      (SELECT count(*)::int FROM gap_binding gb JOIN gap ON gap.id = gb.gap_id WHERE gb.binding_id = b.id AND gap.state <> 'resolved') AS gaps
    FROM binding b JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id
    WHERE ${and(conditions)} ORDER BY ${order.by} LIMIT ${limit}`)
  const cells = await cellsOf(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    agent: { slug: row.agent_slug, name: row.agent_name, lifecycle: row.lifecycle },
    tool: { slug: row.tool_slug, name: row.tool_name, kind: row.kind },
    environment: row.environment,
    risk: row.risk,
    state: row.state,
    gaps: row.gaps,
    cells: cells.get(row.id) ?? [],
  }))
}

const noCounts = (): Record<OwnerStatus, number> => ({ owned: 0, unconfirmed: 0, orphaned: 0, unowned: 0 })

/** How the cells of the filtered matrix stand, per layer. `layer` and `status` do not narrow it: they are what it offers to filter by. */
export async function countCells(db: Db, filter: MatrixFilter): Promise<MatrixCounts> {
  const { layer: _layer, status: _status, ...rest } = filter
  const cell = rest.team ? [teamIds(rest.team)] : []
  const rows = await db.query<{ layer: LayerId; status: OwnerStatus; count: number }>(sql`
    SELECT e.layer, e.status::text, count(*)::int AS count
    FROM effective_owner e JOIN binding b ON b.id = e.binding_id
    JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id
    WHERE ${and([...rowConditions(rest), ...cell])} GROUP BY e.layer, e.status`)
  return {
    layers: layerIds.map((layer) => {
      const counts = noCounts()
      for (const row of rows) if (row.layer === layer) counts[row.status] = row.count
      return { layer, counts }
    }),
  }
}

interface SummaryPart {
  id: string
  layer: LayerId
  status: OwnerStatus
  team_slug: string | null
  team_name: string | null
  count: number
}

function summariseLayer(layer: LayerId, parts: readonly SummaryPart[]): SummaryRow['cells'][number] {
  const counts = noCounts()
  const byTeam = new Map<string, { slug: string; name: string; count: number }>()
  for (const part of parts) {
    counts[part.status] += part.count
    if (part.team_slug === null || part.team_name === null) continue
    const team = byTeam.get(part.team_slug) ?? { slug: part.team_slug, name: part.team_name, count: 0 }
    team.count += part.count
    byTeam.set(part.team_slug, team)
  }
  const teams = [...byTeam.values()].sort((a, b) => b.count - a.count || a.slug.localeCompare(b.slug))
  return {
    layer,
    counts,
    teams: teams.slice(0, 3).map(({ slug, name }) => ({ slug, name })),
    teamsMore: Math.max(0, teams.length - 3),
  }
}

/** Agents or tools with the cells of their bindings summed up, ordered by slug. */
export async function findSummaries(
  db: Db,
  view: 'agents' | 'tools',
  filter: MatrixFilter,
  limit: number,
  after: CursorKey | null,
): Promise<SummaryRow[]> {
  const anchor = view === 'agents' ? sql`agent` : sql`tool`
  const anchorOf = view === 'agents' ? sql`b.agent_id` : sql`b.tool_id`
  const matching = and([...rowConditions(filter), ...withCells(filter)])
  const anchors = await db.query<{ id: string; slug: string; name: string; bindings: number; gaps: number }>(sql`
    WITH page AS (
      SELECT x.id, x.slug, x.name FROM ${anchor} x
      WHERE ${after ? sql`x.slug > ${after[0]} AND` : sql``} EXISTS (
        SELECT FROM binding b JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id WHERE ${anchorOf} = x.id AND ${matching})
      ORDER BY x.slug LIMIT ${limit}
    )
    SELECT page.id::text, page.slug, page.name,
      (SELECT count(*)::int FROM binding b JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id WHERE ${anchorOf} = page.id AND ${matching}) AS bindings,
      (SELECT count(DISTINCT gb.gap_id)::int FROM binding b JOIN gap_binding gb ON gb.binding_id = b.id JOIN gap ON gap.id = gb.gap_id
        WHERE ${anchorOf} = page.id AND gap.state <> 'resolved') AS gaps
    FROM page ORDER BY page.slug`)
  const parts = await db.query<SummaryPart>(sql`
    SELECT ${anchorOf}::text AS id, e.layer, e.status::text, team.slug AS team_slug, team.name AS team_name, count(*)::int AS count
    FROM binding b JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id
    JOIN effective_owner e ON e.binding_id = b.id LEFT JOIN team ON team.id = e.team_id
    WHERE ${anchorOf} = ANY(${anchors.map((row) => row.id)}::uuid[]) AND ${matching}
    GROUP BY 1, 2, 3, 4, 5`)
  return anchors.map((row) => {
    const own = parts.filter((part) => part.id === row.id)
    return {
      ...row,
      cells: layerIds.map((layer) =>
        summariseLayer(
          layer,
          own.filter((part) => part.layer === layer),
        ),
      ),
    }
  })
}
