import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { type LayerId, layerIds } from '@/lib/layers'
import { certifiedUntilSql } from '@/lib/recertification/cadence-store'
import { policyOf } from '@/lib/settings/store'
import { bindingSlugHas, byText, type OrderColumn, seek } from '../filters'
import { openGapCount } from '../gaps-on'
import { idSchema, type PathMode } from '../model'
import { agentRef, toolRef } from '../refs-sql'
import { isoOf, type PersonRef } from '../shapes'
import type { BindingRow, listBindingsInput } from './model'

type ListInput = z.output<typeof listBindingsInput>
type Sorted = 'slug' | 'tool' | 'risk' | 'state'

const bySlug = byText(sql`b.slug`)
const orders: Record<Sorted, readonly OrderColumn[]> = {
  slug: [bySlug],
  tool: [byText(sql`b.tool_slug`), bySlug],
  risk: [{ column: sql`b.risk`, value: (part) => sql`${part}::risk_tier` }, bySlug],
  state: [{ column: sql`b.state`, value: (part) => sql`${part}::binding_state` }, bySlug],
}

function orderOf(sort: ListInput['sort']): { by: Sorted; descending: boolean } {
  switch (sort) {
    case '-slug':
      return { by: 'slug', descending: true }
    case '-tool':
      return { by: 'tool', descending: true }
    case '-risk':
      return { by: 'risk', descending: true }
    case '-state':
      return { by: 'state', descending: true }
    default:
      return { by: sort, descending: false }
  }
}

function keyOf(row: BindingRow, by: Sorted): CursorKey {
  switch (by) {
    case 'slug':
      return [row.slug]
    case 'tool':
      return [row.tool.slug, row.slug]
    default:
      return [row[by], row.slug]
  }
}

function conditionsOf(filter: Omit<ListInput, 'cursor' | 'limit' | 'sort'>): Sql[] {
  const conditions: Sql[] = []
  if (filter.q) conditions.push(bindingSlugHas(filter.q))
  if (filter.agent) conditions.push(sql`b.agent_id = (SELECT id FROM agent WHERE slug = ${filter.agent})`)
  if (filter.tool) conditions.push(sql`b.tool_id = (SELECT id FROM tool WHERE slug = ${filter.tool})`)
  if (filter.point) {
    conditions.push(sql`EXISTS (SELECT 1 FROM path_step s JOIN enforcement_point e ON e.id = s.point_id
      WHERE s.binding_id = b.id AND e.slug = ${filter.point})`)
  }
  if (filter.state) conditions.push(sql`b.state = ANY(${filter.state}::binding_state[])`)
  if (filter.risk) conditions.push(sql`b.risk = ANY(${filter.risk}::risk_tier[])`)
  if (filter.environment) conditions.push(sql`b.environment = ANY(${filter.environment}::text[])`)
  return conditions
}

interface ListedRow extends Omit<BindingRow, 'certifiedAt' | 'certifiedUntil' | 'lastSeenAt'> {
  certifiedAt: Date | null
  certifiedUntil: Date | null
  lastSeenAt: Date | null
}

/** A page of bindings. The counts are made for the rows of the page alone. */
export async function findBindings(db: Db, { cursor, limit, sort, ...filter }: ListInput) {
  const { gaps } = await policyOf(db)
  const list = listName('bindings', { ...filter, sort })
  const { by, descending } = orderOf(sort)
  const { after, orderBy } = seek(orders[by], descending, startOf(list, cursor))
  const rows = await db.query<ListedRow>(sql`
    WITH b AS (SELECT b.* FROM binding b WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT b.id, b.slug, ${agentRef(sql`a`)} AS agent, ${toolRef(sql`t`)} AS tool, b.environment, b.state, b.risk,
      b.decision_mode AS "decisionMode", b.credential_type AS "credentialType", b.certified_at AS "certifiedAt",
      ${certifiedUntilSql(gaps.cadenceDays)} AS "certifiedUntil",
      ${openGapCount('binding', sql`b.id`)} AS "openGaps", b.source, b.last_seen_at AS "lastSeenAt"
    FROM b JOIN agent a ON a.id = b.agent_id JOIN tool t ON t.id = b.tool_id ORDER BY ${orderBy}`)
  const shown = rows.map(({ certifiedAt, certifiedUntil, lastSeenAt, ...row }) => ({
    ...row,
    certifiedAt: isoOf(certifiedAt),
    certifiedUntil: isoOf(certifiedUntil),
    lastSeenAt: isoOf(lastSeenAt),
  }))
  return cutPage(list, shown, limit, (row) => keyOf(row, by))
}

const pointFields = {
  id: true,
  slug: true,
  name: true,
  kind: true,
  independentPrivileges: true,
  team: { select: { id: true, slug: true, name: true, function: true, status: true } },
} as const

const toolFields = {
  id: true,
  slug: true,
  name: true,
  kind: true,
  lifecycle: true,
  independentPrivileges: true,
  application: { select: { id: true, slug: true, name: true, kind: true } },
} as const

/**
 * The row that edits work on, by id or slug, with what it shows of its ends and its path. One relation a query: several
 * at once would run side by side on the one connection of a transaction, which the driver does not take.
 */
export async function getBinding(db: Db, key: string) {
  const binding = await db.prisma.binding.findUnique({
    where: idSchema.safeParse(key).success ? { id: key } : { slug: key },
    include: { agent: { select: { id: true, slug: true, name: true, lifecycle: true } } },
  })
  if (!binding) return null
  const tool = await db.prisma.tool.findUniqueOrThrow({ where: { id: binding.toolId }, select: toolFields })
  const path = await db.prisma.pathStep.findMany({
    where: { bindingId: binding.id },
    orderBy: { position: 'asc' },
    include: { point: { select: pointFields } },
  })
  return { ...binding, tool, path }
}
export type StoredBinding = NonNullable<Awaited<ReturnType<typeof getBinding>>>

/** Makes these points the path of the binding, in this order. */
export async function replacePath(db: Db, bindingId: string, path: readonly { id: string; mode: PathMode }[]) {
  await db.prisma.pathStep.deleteMany({ where: { bindingId } })
  await db.prisma.pathStep.createMany({
    data: path.map(({ id, mode }, position) => ({ bindingId, position, pointId: id, mode })),
  })
}

/** The people with these ids, for the columns that name one without a relation. */
export async function peopleOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, PersonRef>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const people = await db.prisma.person.findMany({
    where: { id: { in: wanted } },
    select: { id: true, externalId: true, name: true, status: true },
  })
  return new Map(people.map((person) => [person.id, person]))
}

/** The layers of a binding that nobody owns. */
export async function unownedLayersOf(db: Db, bindingId: string): Promise<LayerId[]> {
  const rows = await db.prisma.effectiveOwner.findMany({
    where: { bindingId, status: 'unowned' },
    select: { layer: true },
  })
  return layerIds.filter((id) => rows.some((row) => row.layer === id))
}
