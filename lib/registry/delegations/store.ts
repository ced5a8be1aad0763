import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { reachOf } from '@/lib/delegations/reach-store'
import { wideningBetween } from '@/lib/delegations/show'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byText, containing, seek } from '../filters'
import { agentRef } from '../refs-sql'
import type { AgentRef } from '../shapes'
import { chainBetween, type Step } from './loop'
import type { DelegationRow, listDelegationsInput } from './model'

type ListInput = z.output<typeof listDelegationsInput>

const agentId = (slug: string) => sql`(SELECT id FROM agent WHERE slug = ${slug})`

function conditionsOf({ q, lifecycle, agent, from, to }: Omit<ListInput, 'cursor' | 'limit'>): Sql[] {
  const conditions: Sql[] = []
  if (q) conditions.push(sql`(caller.name ILIKE ${containing(q)} OR callee.name ILIKE ${containing(q)})`)
  if (lifecycle) conditions.push(sql`callee.lifecycle = ANY(${lifecycle}::agent_lifecycle[])`)
  if (agent) conditions.push(sql`(d.from_agent_id = ${agentId(agent)} OR d.to_agent_id = ${agentId(agent)})`)
  if (from) conditions.push(sql`d.from_agent_id = ${agentId(from)}`)
  if (to) conditions.push(sql`d.to_agent_id = ${agentId(to)}`)
  return conditions
}

/** A page of delegations, by the slugs of both ends. */
export async function findDelegations(db: Db, { cursor, limit, ...filter }: ListInput) {
  const list = listName('delegations', filter)
  const order = [byText(sql`caller.slug`), byText(sql`callee.slug`)]
  const { after, orderBy } = seek(order, false, startOf(list, cursor))
  const rows = await db.query<Omit<DelegationRow, 'createdAt' | 'widening'> & { createdAt: Date }>(sql`
    SELECT d.id, ${agentRef(sql`caller`)} AS from, ${agentRef(sql`callee`)} AS to, d.scope, d.source, d.created_at AS "createdAt"
    FROM delegation d JOIN agent caller ON caller.id = d.from_agent_id JOIN agent callee ON callee.id = d.to_agent_id
    WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1}`)
  const shown = rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
  const page = cutPage(list, shown, limit, (row) => [row.from.slug, row.to.slug])
  const reaches = await reachOf(db, [...new Set(page.rows.flatMap(({ from, to }) => [from.id, to.id]))])
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, widening: wideningBetween(reaches, row.from.id, row.to.id) })),
  }
}

interface DelegationEnds {
  scope: string
  from: AgentRef
  to: AgentRef
}

/** One delegation with both its ends; undefined when there is none. */
export async function getDelegation(db: Db, id: string): Promise<DelegationEnds | undefined> {
  const [delegation] = await db.query<DelegationEnds>(sql`
    SELECT d.scope, ${agentRef(sql`caller`)} AS from, ${agentRef(sql`callee`)} AS to
    FROM delegation d JOIN agent caller ON caller.id = d.from_agent_id JOIN agent callee ON callee.id = d.to_agent_id
    WHERE d.id = ${id}::uuid`)
  return delegation
}

/**
 * The names of the agents on the shortest chain of delegations from one agent to another; null when none leads there.
 * UNION drops what was seen, so that the walk ends on any data; edges are fetched only when there is a chain to name.
 */
export async function findChain(db: Db, fromId: string, toId: string): Promise<string[] | null> {
  const edges = await db.query<Step>(sql`
    WITH RECURSIVE reached (id) AS (
      SELECT ${fromId}::uuid UNION SELECT d.to_agent_id FROM reached JOIN delegation d ON d.from_agent_id = reached.id)
    SELECT d.from_agent_id::text AS from, d.to_agent_id::text AS to FROM delegation d
    WHERE d.from_agent_id IN (SELECT id FROM reached) AND EXISTS (SELECT 1 FROM reached WHERE id = ${toId}::uuid)
    ORDER BY d.from_agent_id, d.to_agent_id`)
  const chain = chainBetween(edges, fromId, toId)
  if (!chain) return null
  const agents = await db.prisma.agent.findMany({ where: { id: { in: chain } }, select: { id: true, name: true } })
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  return chain.map((id) => names.get(id) ?? id)
}
