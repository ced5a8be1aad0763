import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, join, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { containing } from '@/lib/registry/filters'
import type { BindingState } from '@/lib/registry/model'
import { type RemediationEvent, type RemediationFilter, type RemediationRow, unfinishedStates } from './model'

/** A filter with its people looked up: ids, null for what nobody sees to. */
export type RemediationQuery = Omit<RemediationFilter, 'assignee'> & { assignees?: readonly (string | null)[] }

const isOverdue = (now: Date): Sql => sql`(r.state IN ('open', 'reopened') AND r.due_at <= ${now})`

function conditionsOf({ assignees, team, campaign, binding, overdue, q }: RemediationQuery, now: Date): Sql[] {
  const conditions: Sql[] = []
  if (assignees) {
    const people = assignees.filter((id) => id !== null)
    const nobody = assignees.includes(null)
    conditions.push(sql`(r.assignee_id = ANY(${people}::uuid[]) OR (${nobody} AND r.assignee_id IS NULL))`)
  }
  if (team) conditions.push(sql`r.team_id IN (SELECT id FROM team WHERE slug = ANY(${team}::text[]))`)
  if (campaign) conditions.push(sql`r.campaign_id = (SELECT id FROM campaign WHERE slug = ${campaign})`)
  if (binding) conditions.push(sql`r.binding_id = (SELECT id FROM binding WHERE slug = ${binding})`)
  if (overdue) conditions.push(overdue === 'yes' ? isOverdue(now) : sql`NOT ${isOverdue(now)}`)
  if (q) conditions.push(sql`r.binding_slug ILIKE ${containing(q)}`)
  return conditions
}

interface Columns extends Omit<RemediationRow, 'dueAt' | 'createdAt' | 'verifiedAt'> {
  dueAt: Date
  createdAt: Date
  verifiedAt: Date | null
}

const named = (table: Sql, id: Sql) =>
  sql`(SELECT json_build_object('slug', x.slug, 'name', x.name) FROM ${table} x WHERE x.id = ${id})`

const columns = (now: Date): Sql => sql`
  r.id::text, r.binding_slug AS binding, ${named(sql`agent`, sql`i.agent_id`)} AS agent, ${named(sql`tool`, sql`i.tool_id`)} AS tool,
  i.risk::text, ${named(sql`campaign`, sql`r.campaign_id`)} AS campaign, r.state::text, r.due_at AS "dueAt", ${isOverdue(now)} AS overdue,
  ${named(sql`team`, sql`r.team_id`)} AS team,
  (SELECT json_build_object('id', p.external_id, 'name', p.name) FROM person p WHERE p.id = r.assignee_id) AS assignee,
  r.created_at AS "createdAt", r.verified_at AS "verifiedAt", r.version`

const rowOf = ({ dueAt, createdAt, verifiedAt, ...row }: Columns): RemediationRow => ({
  ...row,
  dueAt: dueAt.toISOString(),
  createdAt: createdAt.toISOString(),
  verifiedAt: verifiedAt?.toISOString() ?? null,
})

/** What tells the last row of a page apart. */
export const remediationCursorKey = ({ dueAt, id }: RemediationRow): CursorKey => [dueAt, id]

/** A page of remediations, what is due first first. One branch a state, each in the order of its index. */
export async function findRemediations(
  db: Db,
  query: RemediationQuery,
  take: number,
  start: CursorKey | null,
  now: Date,
): Promise<RemediationRow[]> {
  const states = query.state ?? unfinishedStates
  if (states.length === 0) return []
  const after = start ? [sql`(r.due_at, r.id) > (${String(start[0])}::timestamptz, ${String(start[1])}::uuid)`] : []
  const where = and([...conditionsOf(query, now), ...after])
  const branches = states.map(
    (state) => sql`(
      SELECT r.* FROM remediation r WHERE r.state = ${state}::remediation_state AND ${where} ORDER BY r.due_at, r.id LIMIT ${take})`,
  )
  const rows = await db.query<Columns>(sql`
    WITH r AS (SELECT * FROM (${join(branches, ' UNION ALL ')}) AS r ORDER BY due_at, id LIMIT ${take})
    SELECT ${columns(now)} FROM r JOIN review_item i ON i.id = r.item_id ORDER BY r.due_at, r.id`)
  return rows.map(rowOf)
}

/** A remediation as it stands, with whom it depends on. */
export interface KeptRemediation {
  row: RemediationRow
  bindingId: string
  bindingState: BindingState | null
  teamId: string | null
  assigneeId: string | null
}

/** One remediation, or null. */
export async function findRemediation(db: Db, id: string, now: Date): Promise<KeptRemediation | null> {
  const [found] = await db.query<Columns & Omit<KeptRemediation, 'row'>>(sql`
    SELECT ${columns(now)}, r.binding_id::text AS "bindingId", r.team_id::text AS "teamId", r.assignee_id::text AS "assigneeId",
      (SELECT b.state::text FROM binding b WHERE b.id = r.binding_id) AS "bindingState"
    FROM remediation r JOIN review_item i ON i.id = r.item_id WHERE r.id = ${id}::uuid`)
  if (!found) return null
  const { bindingId, bindingState, teamId, assigneeId, ...row } = found
  return { row: rowOf(row), bindingId, bindingState, teamId, assigneeId }
}

/** How many events the page of a remediation shows. */
const eventsMax = 200

/** What happened to a remediation, the newest first. */
export async function eventsOf(db: Db, remediationId: string): Promise<RemediationEvent[]> {
  const events = await db.prisma.remediationEvent.findMany({
    where: { remediationId },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: eventsMax,
  })
  return events.map(({ id, fromState, toState, source, by, note, link, aboutAt, receivedAt }) => ({
    ...{ id, from: fromState, to: toState, source, by, note, link },
    aboutAt: aboutAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
  }))
}

/** Who touched it last, in words. */
export async function lastToTouch(db: Db, remediationId: string): Promise<string | null> {
  const event = await db.prisma.remediationEvent.findFirst({
    where: { remediationId },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    select: { by: true },
  })
  return event?.by ?? null
}
