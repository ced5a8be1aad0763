import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { narrow, withCell } from '@/lib/matrix/store/filter'
import { containing } from '@/lib/registry/filters'
import type { Definition, OwnershipScopeFilter } from '../model'

/** What a campaign is about: what it says itself, and for a reiteration the campaign whose silence it asks about again. */
export interface Covered {
  definition: Definition
  /** The campaign whose unanswered items it is about; null for all that the scope holds. */
  silentIn: string | null
}

/**
 * Selects what a campaign covers now: binding_id or assignment_id, slug, risk, agent_id, accountable_id (who answers for
 * it and therefore does not review it), the layer of an assignment, and whether it was ever certified.
 */
export async function subjectsOf(db: Db, { definition, silentIn }: Covered, now: Date): Promise<Sql> {
  if (definition.kind === 'ownership') {
    const conditions = ownershipConditions(definition.scope, now)
    const all = [...conditions, ...named(sql`a.id`, sql`assignment_id`, definition.only, silentIn)]
    return assignmentsWhere(and(all), definition.only ? 'few' : 'many')
  }
  const { bindings, cell } = await narrow(db, definition.scope)
  const conditions = [bindings, await withCell(db, definition.scope, cell)]
  return sql`
    SELECT b.id AS binding_id, NULL::uuid AS assignment_id, b.slug, b.risk, b.agent_id, g.sponsor_id AS accountable_id,
      b.certified_at IS NOT NULL AS certified, NULL::text AS layer
    FROM binding b JOIN agent g ON g.id = b.agent_id
    WHERE ${and([...conditions, ...named(sql`b.id`, sql`binding_id`, definition.only, silentIn)])}`
}

function named(id: Sql, column: Sql, only: readonly string[] | undefined, silentIn: string | null): Sql[] {
  const conditions: Sql[] = []
  if (only) conditions.push(sql`${id} = ANY(${only}::uuid[])`)
  if (silentIn !== null)
    conditions.push(sql`${id} IN (
      SELECT i.${column} FROM review_item i WHERE i.campaign_id = ${silentIn}::uuid AND i.outcome = 'no_response')`)
  return conditions
}

/** Conditions on `a` (assignment), `ag`, `tl`, `pt` and `ab` (what it is set on) and `x` (what it supplies). */
function ownershipConditions(filter: OwnershipScopeFilter, now: Date): Sql[] {
  const { state = ['proposed', 'accepted'] } = filter
  const conditions = [
    sql`a.state = ANY(${state}::assignment_state[])`,
    sql`(a.valid_to IS NULL OR a.valid_to > ${now})`,
  ]
  if (filter.layer) conditions.push(sql`a.layer = ANY(${filter.layer})`)
  if (filter.scope) conditions.push(sql`a.scope = ANY(${filter.scope}::ownership_scope[])`)
  if (filter.team) conditions.push(sql`a.team_id = ANY(ARRAY(SELECT id FROM team WHERE slug = ANY(${filter.team})))`)
  if (filter.agent)
    conditions.push(sql`COALESCE(a.agent_id, ab.agent_id) = (SELECT id FROM agent WHERE slug = ${filter.agent})`)
  if (filter.tool)
    conditions.push(sql`COALESCE(a.tool_id, ab.tool_id) = (SELECT id FROM tool WHERE slug = ${filter.tool})`)
  if (filter.risk) conditions.push(sql`x.risk = ANY(${filter.risk}::risk_tier[])`)
  if (filter.text) {
    const pattern = containing(filter.text)
    conditions.push(sql`(COALESCE(ag.slug, tl.slug, pt.slug, ab.slug) ILIKE ${pattern}
      OR COALESCE(ag.name, tl.name, pt.name) ILIKE ${pattern})`)
  }
  return conditions
}

const suppliedColumns = sql`max(b.risk) AS risk, count(*)::int AS bindings`
const suppliedCells = sql`FROM effective_owner e JOIN binding b ON b.id = e.binding_id AND b.state = 'active'`
/** What an assignment supplies an owner to: looked up for each of a few, or added up once for many. */
const supplied = {
  few: sql`CROSS JOIN LATERAL (SELECT ${suppliedColumns} ${suppliedCells} WHERE e.assignment_id = a.id) x`,
  many: sql`LEFT JOIN (
    SELECT e.assignment_id, ${suppliedColumns} ${suppliedCells} WHERE e.assignment_id IS NOT NULL GROUP BY e.assignment_id
  ) x ON x.assignment_id = a.id`,
}

/** Assignments with what they are set on, and the active bindings they supply an owner to. */
export const assignmentsWhere = (condition: Sql, expected: keyof typeof supplied = 'few'): Sql => sql`
  SELECT NULL::uuid AS binding_id, a.id AS assignment_id,
    concat_ws(':', a.layer, a.scope, COALESCE(ag.slug, tl.slug, pt.slug, ab.slug)) AS slug,
    COALESCE(x.risk, 'low') AS risk, COALESCE(a.agent_id, ab.agent_id) AS agent_id, a.person_id AS accountable_id,
    a.certified_at IS NOT NULL AS certified, a.layer,
    COALESCE(a.tool_id, ab.tool_id) AS tool_id, COALESCE(x.bindings, 0) AS bindings
  FROM assignment a
  LEFT JOIN agent ag ON ag.id = a.agent_id
  LEFT JOIN tool tl ON tl.id = a.tool_id
  LEFT JOIN enforcement_point pt ON pt.id = a.point_id
  LEFT JOIN binding ab ON ab.id = a.binding_id
  ${supplied[expected]}
  WHERE ${condition}`

/** How many items a campaign would have now. */
export async function countSubjects(db: Db, covered: Covered, now: Date): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM (${await subjectsOf(db, covered, now)}) s`,
  )
  return row?.count ?? 0
}
