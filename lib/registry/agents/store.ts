import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { cellsOf } from '@/lib/ownership/cells'
import { historyOfAgent } from '@/lib/recertification/history/store'
import { byId, byText, containing, seek } from '../filters'
import { openGapCount, openGapsOn } from '../gaps-on'
import { agentRef, personRef, toolRef } from '../refs-sql'
import { type AgentRef, bounded, isoOf, nestedMax, originOf } from '../shapes'
import type { AgentDetail, AgentRow, listAgentsInput } from './model'

type ListInput = z.output<typeof listAgentsInput>

function conditionsOf(filter: Omit<ListInput, 'cursor' | 'limit' | 'sort'>): Sql[] {
  const conditions: Sql[] = []
  if (filter.q) conditions.push(sql`(a.name ILIKE ${containing(filter.q)} OR a.slug ILIKE ${containing(filter.q)})`)
  if (filter.lifecycle) conditions.push(sql`a.lifecycle = ANY(${filter.lifecycle}::agent_lifecycle[])`)
  if (filter.autonomy) conditions.push(sql`a.autonomy = ANY(${filter.autonomy}::autonomy[])`)
  if (filter.environment) conditions.push(sql`a.environment = ANY(${filter.environment}::text[])`)
  if (filter.sponsor) conditions.push(sql`a.sponsor_id = (SELECT id FROM person WHERE external_id = ${filter.sponsor})`)
  return conditions
}

/** A page of agents. The counts are made for the rows of the page alone. */
export async function findAgents(db: Db, { cursor, limit, sort, ...filter }: ListInput) {
  const list = listName('agents', { ...filter, sort })
  const { after, orderBy } = seek([byText(sql`a.name`), byId(sql`a.id`)], sort === '-name', startOf(list, cursor))
  const rows = await db.query<Omit<AgentRow, 'lastSeenAt'> & { lastSeenAt: Date | null }>(sql`
    WITH a AS (SELECT a.* FROM agent a WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT a.id, a.slug, a.name, a.restricted, left(a.purpose, 200) AS purpose, a.lifecycle, a.autonomy, a.environment, ${personRef(sql`p`)} AS sponsor,
      (SELECT count(*)::int FROM binding b WHERE b.agent_id = a.id AND b.state <> 'revoked') AS bindings,
      ${openGapCount('agent', sql`a.id`)} AS "openGaps", a.source, a.last_seen_at AS "lastSeenAt"
    FROM a LEFT JOIN person p ON p.id = a.sponsor_id ORDER BY ${orderBy}`)
  const shown = rows.map((row) => ({ ...row, lastSeenAt: isoOf(row.lastSeenAt) }))
  return cutPage(list, shown, limit, (row) => [row.name, row.id])
}

/** The row that edits work on, with the sponsor it shows. */
export async function getAgent(db: Db, slug: string) {
  const sponsor = { select: { id: true, externalId: true, name: true, status: true } } as const
  return await db.prisma.agent.findUnique({ where: { slug }, include: { sponsor } })
}
export type StoredAgent = NonNullable<Awaited<ReturnType<typeof getAgent>>>

type BindingRow = Omit<AgentDetail['bindings']['rows'][number], 'owners'>

async function bindingsOf(db: Db, agentId: string) {
  const rows = await db.query<BindingRow>(sql`
    SELECT b.id, b.slug, ${toolRef(sql`t`)} AS tool, b.environment, b.state, b.risk, ${openGapCount('binding', sql`b.id`)} AS "openGaps"
    FROM binding b JOIN tool t ON t.id = b.tool_id
    WHERE b.agent_id = ${agentId}::uuid ORDER BY (b.state = 'revoked'), b.slug LIMIT ${nestedMax + 1}`)
  const page = bounded(rows)
  const cells = await cellsOf(
    db,
    page.rows.map((row) => row.id),
  )
  return { ...page, rows: page.rows.map((row) => ({ ...row, owners: cells.get(row.id) ?? [] })) }
}

async function delegationsOf(db: Db, agentId: string, end: 'to' | 'from') {
  const [own, other] =
    end === 'to' ? [sql`d.from_agent_id`, sql`d.to_agent_id`] : [sql`d.to_agent_id`, sql`d.from_agent_id`]
  const rows = await db.query<{ id: string; agent: AgentRef; scope: string }>(sql`
    SELECT d.id, ${agentRef(sql`a`)} AS agent, d.scope FROM delegation d JOIN agent a ON a.id = ${other}
    WHERE ${own} = ${agentId}::uuid ORDER BY a.name, a.id LIMIT ${nestedMax + 1}`)
  return bounded(rows)
}

/** Everything the agent's page shows. */
export async function describeAgent(db: Db, agent: StoredAgent): Promise<AgentDetail> {
  const { id, slug, name, restricted, purpose, lifecycle, autonomy, environment, sponsor } = agent
  const [bindings, delegatesTo, delegatedBy, assignments, gaps, bindingsHeld, certificationHistory] = await Promise.all(
    [
      bindingsOf(db, id),
      delegationsOf(db, id, 'to'),
      delegationsOf(db, id, 'from'),
      findAssignments(
        db,
        { scope: 'agent', subjectId: id, states: ['proposed', 'accepted', 'declined'] },
        nestedMax + 1,
      ),
      openGapsOn(db, 'agent', id),
      db.prisma.binding.count({ where: { agentId: id, state: { not: 'revoked' } } }),
      historyOfAgent(db, id),
    ],
  )
  return {
    id,
    slug,
    name,
    restricted,
    purpose,
    lifecycle,
    autonomy,
    environment,
    sponsor,
    identity: agent.identityPrimitive && { primitive: agent.identityPrimitive, id: agent.identityId },
    decisionLog:
      agent.decisionLogSource === null
        ? null
        : { source: agent.decisionLogSource, lastSeen: isoOf(agent.decisionLogSeenAt) },
    bindingsHeld,
    bindings,
    delegatesTo,
    delegatedBy,
    assignments: bounded(assignments),
    certificationHistory,
    gaps,
    ...originOf(agent),
  }
}
