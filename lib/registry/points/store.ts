import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { byId, byText, cappedCount, containing, seek } from '../filters'
import { openGapCount, openGapsOn } from '../gaps-on'
import { agentRef, teamRef, toolRef } from '../refs-sql'
import { bounded, isoOf, nestedMax, originOf } from '../shapes'
import type { listPointsInput, PointDetail, PointRow } from './model'

type ListInput = z.output<typeof listPointsInput>

function conditionsOf(filter: Omit<ListInput, 'cursor' | 'limit' | 'sort'>): Sql[] {
  const conditions: Sql[] = []
  if (filter.q) conditions.push(sql`(e.name ILIKE ${containing(filter.q)} OR e.slug ILIKE ${containing(filter.q)})`)
  if (filter.kind) conditions.push(sql`e.kind = ANY(${filter.kind}::point_kind[])`)
  if (filter.independentPrivileges)
    conditions.push(sql`e.independent_privileges = ANY(${filter.independentPrivileges}::known[])`)
  if (filter.team) conditions.push(sql`e.team_id IN (SELECT id FROM team WHERE slug = ANY(${filter.team}::text[]))`)
  return conditions
}

/** A page of enforcement points. The counts are made for the rows of the page alone. */
export async function findPoints(db: Db, { cursor, limit, sort, ...filter }: ListInput) {
  const list = listName('points', { ...filter, sort })
  const { after, orderBy } = seek([byText(sql`e.name`), byId(sql`e.id`)], sort === '-name', startOf(list, cursor))
  const rows = await db.query<Omit<PointRow, 'lastSeenAt'> & { lastSeenAt: Date | null }>(sql`
    WITH e AS (
      SELECT e.* FROM enforcement_point e WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1}
    )
    SELECT e.id, e.slug, e.name, e.kind, ${teamRef(sql`team`)} AS team, e.independent_privileges AS "independentPrivileges",
      (SELECT count(*)::int FROM tool WHERE tool.application_id = e.id) AS tools,
      ${cappedCount(sql`SELECT 1 FROM path_step s WHERE s.point_id = e.id`)} AS bindings,
      ${openGapCount('point', sql`e.id`)} AS "openGaps", e.source, e.last_seen_at AS "lastSeenAt"
    FROM e LEFT JOIN team ON team.id = e.team_id ORDER BY ${orderBy}`)
  const shown = rows.map((row) => ({ ...row, lastSeenAt: isoOf(row.lastSeenAt) }))
  return cutPage(list, shown, limit, (row) => [row.name, row.id])
}

/** The row that edits work on, with the team it shows. */
export async function getPoint(db: Db, slug: string) {
  const team = { select: { id: true, slug: true, name: true, function: true, status: true } } as const
  return await db.prisma.enforcementPoint.findUnique({ where: { slug }, include: { team } })
}
export type StoredPoint = NonNullable<Awaited<ReturnType<typeof getPoint>>>

async function toolsOf(db: Db, pointId: string) {
  const rows = await db.prisma.tool.findMany({
    where: { applicationId: pointId },
    select: { id: true, slug: true, name: true, kind: true, lifecycle: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: nestedMax + 1,
  })
  return bounded(rows)
}

async function bindingsOf(db: Db, pointId: string) {
  const rows = await db.query<PointDetail['bindings']['rows'][number]>(sql`
    SELECT b.id, b.slug, ${agentRef(sql`a`)} AS agent, ${toolRef(sql`t`)} AS tool, b.environment, b.state, b.risk,
      s.position, (SELECT count(*)::int FROM path_step p WHERE p.binding_id = b.id) AS steps, s.mode
    FROM path_step s JOIN binding b ON b.id = s.binding_id JOIN agent a ON a.id = b.agent_id JOIN tool t ON t.id = b.tool_id
    WHERE s.point_id = ${pointId}::uuid ORDER BY b.slug, s.position LIMIT ${nestedMax + 1}`)
  return bounded(rows)
}

/** Everything the point's page shows. */
export async function describePoint(db: Db, point: StoredPoint): Promise<PointDetail> {
  const { id, slug, name, kind, team, independentPrivileges, decisionEndpoint, credentialKind } = point
  const [tools, bindings, assignments, gaps] = await Promise.all([
    toolsOf(db, id),
    bindingsOf(db, id),
    findAssignments(
      db,
      { scope: 'enforcement_point', subjectId: id, states: ['proposed', 'accepted', 'declined'] },
      nestedMax + 1,
    ),
    openGapsOn(db, 'point', id),
  ])
  const assigned = bounded(assignments)
  return {
    id,
    slug,
    name,
    kind,
    team,
    independentPrivileges,
    decisionEndpoint,
    credentialKind,
    tools,
    bindings,
    assignments: assigned,
    gaps,
    ...originOf(point),
  }
}
