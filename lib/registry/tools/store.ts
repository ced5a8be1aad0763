import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { cellsOf } from '@/lib/ownership/cells'
import { byId, byText, containing, seek } from '../filters'
import { openGapCount, openGapsOn } from '../gaps-on'
import { toolActionSchema } from '../model'
import { agentRef, pointRef } from '../refs-sql'
import { bounded, isoOf, nestedMax, originOf } from '../shapes'
import type { listToolsInput, ToolDetail, ToolRow } from './model'

type ListInput = z.output<typeof listToolsInput>

function conditionsOf(filter: Omit<ListInput, 'cursor' | 'limit' | 'sort'>): Sql[] {
  const conditions: Sql[] = []
  if (filter.q) conditions.push(sql`(t.name ILIKE ${containing(filter.q)} OR t.slug ILIKE ${containing(filter.q)})`)
  if (filter.kind) conditions.push(sql`t.kind = ANY(${filter.kind}::tool_kind[])`)
  if (filter.classification) conditions.push(sql`t.classification = ANY(${filter.classification}::classification[])`)
  if (filter.independentPrivileges) {
    conditions.push(sql`t.independent_privileges = ANY(${filter.independentPrivileges}::known[])`)
  }
  if (filter.lifecycle) conditions.push(sql`t.lifecycle = ANY(${filter.lifecycle}::tool_lifecycle[])`)
  if (filter.application) {
    conditions.push(sql`t.application_id = (SELECT id FROM enforcement_point WHERE slug = ${filter.application})`)
  }
  return conditions
}

/** A page of tools. The counts are made for the rows of the page alone. */
export async function findTools(db: Db, { cursor, limit, sort, ...filter }: ListInput) {
  const list = listName('tools', { ...filter, sort })
  const { after, orderBy } = seek([byText(sql`t.name`), byId(sql`t.id`)], sort === '-name', startOf(list, cursor))
  const rows = await db.query<Omit<ToolRow, 'lastSeenAt'> & { lastSeenAt: Date | null }>(sql`
    WITH t AS (SELECT t.* FROM tool t WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT t.id, t.slug, t.name, t.restricted, t.kind, t.classification, t.independent_privileges AS "independentPrivileges", t.lifecycle,
      ${pointRef(sql`e`)} AS application,
      (SELECT count(*)::int FROM binding b WHERE b.tool_id = t.id AND b.state <> 'revoked') AS bindings,
      ${openGapCount('tool', sql`t.id`)} AS "openGaps", t.source, t.last_seen_at AS "lastSeenAt"
    FROM t LEFT JOIN enforcement_point e ON e.id = t.application_id ORDER BY ${orderBy}`)
  const shown = rows.map((row) => ({ ...row, lastSeenAt: isoOf(row.lastSeenAt) }))
  return cutPage(list, shown, limit, (row) => [row.name, row.id])
}

const actionsSchema = z.array(toolActionSchema)

/** The row that edits work on, with the application it shows. */
export async function getTool(db: Db, slug: string) {
  const application = { select: { id: true, slug: true, name: true, kind: true } } as const
  const row = await db.prisma.tool.findUnique({ where: { slug }, include: { application } })
  return row && { ...row, actions: actionsSchema.parse(row.actions) }
}
export type StoredTool = NonNullable<Awaited<ReturnType<typeof getTool>>>

type BindingRow = Omit<ToolDetail['bindings']['rows'][number], 'owners'>

async function bindingsOf(db: Db, toolId: string) {
  const rows = await db.query<BindingRow>(sql`
    SELECT b.id, b.slug, ${agentRef(sql`a`)} AS agent, b.environment, b.state, b.risk, ${openGapCount('binding', sql`b.id`)} AS "openGaps"
    FROM (
      SELECT * FROM binding WHERE tool_id = ${toolId}::uuid ORDER BY (state = 'revoked'), slug LIMIT ${nestedMax + 1}
    ) b JOIN agent a ON a.id = b.agent_id ORDER BY (b.state = 'revoked'), b.slug`)
  const page = bounded(rows)
  const cells = await cellsOf(
    db,
    page.rows.map((row) => row.id),
  )
  return { ...page, rows: page.rows.map((row) => ({ ...row, owners: cells.get(row.id) ?? [] })) }
}

/** Everything the tool's page shows. */
export async function describeTool(db: Db, tool: StoredTool): Promise<ToolDetail> {
  const { id, slug, name, restricted, description, kind, classification, independentPrivileges } = tool
  const { lifecycle, application, actions } = tool
  const [bindings, assignments, gaps, bindingsHeld] = await Promise.all([
    bindingsOf(db, id),
    findAssignments(db, { scope: 'tool', subjectId: id, states: ['proposed', 'accepted', 'declined'] }, nestedMax + 1),
    openGapsOn(db, 'tool', id),
    db.prisma.binding.count({ where: { toolId: id, state: { not: 'revoked' } } }),
  ])
  return {
    id,
    slug,
    name,
    restricted,
    description,
    kind,
    classification,
    independentPrivileges,
    lifecycle,
    application,
    actions,
    bindingsHeld,
    bindings,
    assignments: bounded(assignments),
    gaps,
    ...originOf(tool),
  }
}
