import type { Db } from '@/lib/db/client'
import { join, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { cellsOf } from '@/lib/ownership/cells'
import type { AgentLifecycle, BindingState, RiskTier, ToolKind } from '@/lib/registry/model'
import type { MatrixFilter, MatrixRow, MatrixSort } from '../model'
import { narrow, withCell } from './filter'

interface Order {
  by: Sql
  /** What comes after a key, as ranges that an index has in this order. */
  after(key: CursorKey): Sql[]
  key(row: MatrixRow): CursorKey
}

const orders: Record<MatrixSort, Order> = {
  agent: { by: sql`b.slug`, after: ([slug]) => [sql`b.slug > ${slug}`], key: (row) => [row.slug] },
  tool: {
    by: sql`b.tool_slug, b.slug`,
    after: ([tool, slug]) => [sql`(b.tool_slug, b.slug) > (${tool}, ${slug})`],
    key: (row) => [row.tool.slug, row.slug],
  },
  risk: {
    by: sql`b.risk DESC, b.slug`,
    after: ([risk, slug]) => [sql`b.risk = ${risk}::risk_tier AND b.slug > ${slug}`, sql`b.risk < ${risk}::risk_tier`],
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
  agent_restricted: boolean
  tool_restricted: boolean
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
  const { bindings, cell } = await narrow(db, filter)
  const matching = sql`${bindings} AND ${await withCell(db, filter, cell)}`
  const ranges = after ? order.after(after) : [sql`TRUE`]
  const page = ranges.map(
    (range) => sql`(SELECT b.* FROM binding b WHERE ${matching} AND ${range} ORDER BY ${order.by} LIMIT ${limit})`,
  )
  const rows = await db.query<BindingRow>(sql`
    SELECT b.id::text, b.slug, b.environment, b.risk::text, b.state::text, agent.slug AS agent_slug, agent.name AS agent_name,
      agent.lifecycle::text, tool.slug AS tool_slug, tool.name AS tool_name, tool.kind::text,
      agent.restricted AS agent_restricted, tool.restricted AS tool_restricted,
      (SELECT count(*)::int FROM gap_binding gb JOIN gap ON gap.id = gb.gap_id
       WHERE gb.binding_id = b.id AND gap.state <> 'resolved') AS gaps
    FROM (${join(page, ' UNION ALL ')}) b JOIN agent ON agent.id = b.agent_id JOIN tool ON tool.id = b.tool_id
    ORDER BY ${order.by} LIMIT ${limit}`)
  const cells = await cellsOf(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    agent: { slug: row.agent_slug, name: row.agent_name, lifecycle: row.lifecycle, restricted: row.agent_restricted },
    tool: { slug: row.tool_slug, name: row.tool_name, kind: row.kind, restricted: row.tool_restricted },
    environment: row.environment,
    risk: row.risk,
    state: row.state,
    gaps: row.gaps,
    cells: cells.get(row.id) ?? [],
  }))
}
