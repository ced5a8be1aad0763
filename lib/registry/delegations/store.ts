import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byText, seek } from '../filters'
import { agentRef } from '../refs-sql'
import type { AgentRef } from '../shapes'
import type { DelegationRow, listDelegationsInput } from './model'

type ListInput = z.output<typeof listDelegationsInput>

const agentId = (slug: string) => sql`(SELECT id FROM agent WHERE slug = ${slug})`

function conditionsOf({ agent, from, to }: Omit<ListInput, 'cursor' | 'limit'>): Sql[] {
  const conditions: Sql[] = []
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
  const rows = await db.query<Omit<DelegationRow, 'createdAt'> & { createdAt: Date }>(sql`
    SELECT d.id, ${agentRef(sql`caller`)} AS from, ${agentRef(sql`callee`)} AS to, d.scope, d.source, d.created_at AS "createdAt"
    FROM delegation d JOIN agent caller ON caller.id = d.from_agent_id JOIN agent callee ON callee.id = d.to_agent_id
    WHERE ${and([...conditionsOf(filter), after])} ORDER BY ${orderBy} LIMIT ${limit + 1}`)
  const shown = rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
  return cutPage(list, shown, limit, (row) => [row.from.slug, row.to.slug])
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
