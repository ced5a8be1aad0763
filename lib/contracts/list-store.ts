import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byId, byText, containing, seek } from '@/lib/registry/filters'
import { personRef, teamRef, toolRef } from '@/lib/registry/refs-sql'
import { isoOf } from '@/lib/registry/shapes'
import type { ContractRow, listContractsInput } from './shapes'
import { type ContractModel, centralFunctions, modelOf, wasDiscarded } from './states'

type ListInput = z.output<typeof listContractsInput>

const isCentral = sql`author.function = ANY(${[...centralFunctions]}::team_function[])`
const modelIs: Record<ContractModel, Sql> = { central: isCentral, application: sql`NOT ${isCentral}` }
const either = (conditions: readonly Sql[]) => conditions.reduce((one, other) => sql`${one} OR ${other}`, sql`FALSE`)

function conditionsOf({ q, tool, state, model, team }: ListInput): Sql[] {
  const conditions: Sql[] = []
  if (q) conditions.push(sql`(t.name ILIKE ${containing(q)} OR t.slug ILIKE ${containing(q)})`)
  if (tool) conditions.push(sql`t.slug = ${tool}`)
  if (state) conditions.push(sql`c.state = ANY(${state}::contract_state[])`)
  if (model) conditions.push(sql`(${either(model.map((one) => modelIs[one]))})`)
  if (team) conditions.push(sql`author.slug = ANY(${team}::text[])`)
  return conditions
}

interface Row
  extends Omit<ContractRow, 'model' | 'discarded' | 'inForceAt' | 'supersededAt' | 'createdAt' | 'updatedAt'> {
  inForceAt: Date | null
  supersededAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** A point that enforces on an active path, and what it attests to last. Counted for the rows of the page alone. */
const pointsOfPage = (oldest: Date) => sql`
  SELECT jsonb_build_object('enforcing', count(*), 'attested', count(*) FILTER (WHERE latest.digest = page.digest AND latest.at >= ${oldest}))
  FROM (
    SELECT DISTINCT s.point_id FROM binding b JOIN path_step s ON s.binding_id = b.id
    WHERE b.tool_id = page.tool_id AND b.state = 'active' AND s.mode = 'enforces') p
  LEFT JOIN LATERAL (
    SELECT d.digest, x.at FROM attestation x JOIN contract d ON d.id = x.contract_id
    WHERE x.tool_id = page.tool_id AND x.point_id = p.point_id
    ORDER BY x.at DESC, x.received_at DESC, x.id DESC LIMIT 1) latest ON true`

/** A page of contracts by tool, the newest version of each first. Attestations older than `oldest` do not count. */
export async function findContracts(db: Db, input: ListInput, oldest: Date) {
  const { cursor, limit, ...filter } = input
  const list = listName('contracts', filter)
  const order = [
    byText(sql`t.name`),
    byId(sql`t.id`),
    { column: sql`(-c.version)`, value: (part: string | number | null) => sql`${part}::int` },
  ]
  const { after, orderBy } = seek(order, false, startOf(list, cursor))
  const rows = await db.query<Row>(sql`
    WITH page AS (
      SELECT c.* FROM contract c JOIN tool t ON t.id = c.tool_id LEFT JOIN team author ON author.id = c.author_team_id
      WHERE ${and([...conditionsOf(input), after])} ORDER BY ${orderBy} LIMIT ${limit + 1})
    SELECT page.id, ${toolRef(sql`t`)} AS tool, page.version, page.state, ${teamRef(sql`author`)} AS author,
      page.authored_by AS "authoredBy", page.digest, page.in_force_at AS "inForceAt", page.superseded_at AS "supersededAt",
      CASE WHEN page.signed_off_by_id IS NOT NULL OR page.signed_off_team_id IS NOT NULL THEN jsonb_build_object(
        'person', ${personRef(sql`signer`)}, 'team', ${teamRef(sql`signing`)},
        'at', to_char(page.signed_off_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS "signedOff",
      COALESCE(jsonb_array_length(page.limits->'vectors'), 0) AS vectors,
      CASE WHEN page.state = 'in_force' THEN (${pointsOfPage(oldest)}) END AS points,
      page.created_at AS "createdAt", page.updated_at AS "updatedAt"
    FROM page JOIN tool t ON t.id = page.tool_id LEFT JOIN team author ON author.id = page.author_team_id
    LEFT JOIN person signer ON signer.id = page.signed_off_by_id LEFT JOIN team signing ON signing.id = page.signed_off_team_id
    ORDER BY t.name, t.id, -page.version`)
  const shown = rows.map((row) => ({
    ...row,
    model: modelOf(row.author),
    discarded: wasDiscarded(row),
    inForceAt: isoOf(row.inForceAt),
    supersededAt: isoOf(row.supersededAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
  return cutPage(list, shown, limit, (row) => [row.tool.name, row.tool.id, -row.version])
}

/** How many contracts stand where, and which model those in force follow. */
export async function countContracts(db: Db) {
  const [row] = await db.query<{
    states: Record<string, number>
    central: number
    application: number
    unknown: number
  }>(sql`
    SELECT COALESCE(jsonb_object_agg(s.state, s.contracts), '{}') AS states,
      COALESCE(sum(s.central) FILTER (WHERE s.state = 'in_force'), 0)::int AS central,
      COALESCE(sum(s.application) FILTER (WHERE s.state = 'in_force'), 0)::int AS application,
      COALESCE(sum(s.contracts - s.central - s.application) FILTER (WHERE s.state = 'in_force'), 0)::int AS unknown
    FROM (
      SELECT c.state, count(*) AS contracts, count(*) FILTER (WHERE ${modelIs.central}) AS central,
        count(*) FILTER (WHERE ${modelIs.application}) AS application
      FROM contract c LEFT JOIN team author ON author.id = c.author_team_id GROUP BY c.state) s`)
  return row ?? { states: {}, central: 0, application: 0, unknown: 0 }
}
