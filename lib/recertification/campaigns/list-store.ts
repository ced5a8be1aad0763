import 'server-only'
import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byId, containing, seek } from '@/lib/registry/filters'
import { personRef } from '@/lib/registry/refs-sql'
import { isoOf } from '@/lib/registry/shapes'
import { type CountedItems, progressOf } from './progress'
import type { CampaignRow, listCampaignsInput } from './shapes'

type ListInput = z.output<typeof listCampaignsInput>

/** Whose campaigns "mine" are. */
export interface Asker {
  accountId: string | null
}

function conditionsOf({ q, state, kind, trigger, template, owner }: ListInput, asker: Asker): Sql[] {
  const conditions: Sql[] = []
  if (q) conditions.push(sql`(c.name ILIKE ${containing(q)} OR c.slug ILIKE ${containing(q)})`)
  if (state) conditions.push(sql`c.state = ANY(${state}::campaign_state[])`)
  if (kind) conditions.push(sql`c.kind = ANY(${kind}::campaign_kind[])`)
  if (trigger) conditions.push(sql`c.trigger = ANY(${trigger}::campaign_trigger[])`)
  if (template) conditions.push(sql`t.slug = ANY(${template}::text[])`)
  if (owner === 'me') conditions.push(sql`c.owner_id = ${asker.accountId}::uuid`)
  else if (owner) conditions.push(sql`p.external_id = ${owner}`)
  return conditions
}

interface Row extends Omit<CampaignRow, 'progress' | Instant | 'createdAt'>, Record<Instant, Date | null> {
  createdAt: Date
  items: number
  itemsReady: number
  counts: CountedItems[]
}
type Instant = 'startsAt' | 'launchedAt' | 'challengeEndsAt' | 'endedAt' | 'signedAt'

/** The columns of `CampaignRow`, of `c` with its template `t`, owner's person `p` and present stage `s`. */
const columns = sql`
  c.id, c.slug, c.name, c.kind, c.state, c.trigger, c.because,
  CASE WHEN t.id IS NOT NULL THEN jsonb_build_object('slug', t.slug, 'name', t.name) END AS template,
  jsonb_build_object('name', c.owner_name, 'person', ${personRef(sql`p`)}) AS owner,
  c.starts_at AS "startsAt", c.launched_at AS "launchedAt", c.stage, jsonb_array_length(c.definition -> 'stages') AS stages,
  CASE WHEN c.state = 'running' THEN s.due_on::text END AS "dueOn", c.challenge_ends_at AS "challengeEndsAt",
  c.ended_at AS "endedAt", c.trouble, c.signed_at AS "signedAt", c.created_at AS "createdAt", c.items,
  c.items_ready AS "itemsReady",
  COALESCE((
    SELECT jsonb_agg(k) FROM (
      SELECT stage, state, NULLIF(outcome, '') AS outcome, sum(items)::int AS items
      FROM campaign_count WHERE campaign_id = c.id GROUP BY 1, 2, 3 HAVING sum(items) <> 0) k), '[]') AS counts`

const from = sql`
  campaign c LEFT JOIN campaign_template t ON t.id = c.template_id LEFT JOIN account o ON o.id = c.owner_id
  LEFT JOIN person p ON p.id = o.person_id LEFT JOIN campaign_stage s ON s.campaign_id = c.id AND s.number = c.stage`

function rowOf({ counts, items, itemsReady, ...row }: Row): CampaignRow & { counts: CountedItems[] } {
  return {
    ...row,
    startsAt: isoOf(row.startsAt),
    launchedAt: isoOf(row.launchedAt),
    challengeEndsAt: isoOf(row.challengeEndsAt),
    endedAt: isoOf(row.endedAt),
    signedAt: isoOf(row.signedAt),
    createdAt: row.createdAt.toISOString(),
    progress: progressOf(counts, { items, itemsReady }),
    counts,
  }
}

/** A page of campaigns, the newest first. */
export async function findCampaigns(db: Db, input: ListInput, asker: Asker) {
  const { cursor, limit, ...filter } = input
  const list = listName('campaigns', filter.owner === 'me' ? { ...filter, of: asker.accountId } : filter)
  const at = { column: sql`c.created_at`, value: (part: string | number | null) => sql`${part}::timestamptz` }
  const { after, orderBy } = seek([at, byId(sql`c.id`)], true, startOf(list, cursor))
  const rows = await db.query<Row>(sql`
    SELECT ${columns} FROM ${from}
    WHERE ${and([...conditionsOf(input, asker), after])} ORDER BY ${orderBy} LIMIT ${limit + 1}`)
  return cutPage(list, rows.map(rowOf), limit, (row) => [row.createdAt, row.id])
}

/** What the list shows of one campaign, with its counters. */
export async function describeRow(db: Db, id: string) {
  const [row] = await db.query<Row>(sql`SELECT ${columns} FROM ${from} WHERE c.id = ${id}::uuid`)
  return row ? rowOf(row) : null
}
