import type { Db } from '@/lib/db/client'
import { and, join, keepPlan, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { LayerId } from '@/lib/layers'
import { notFound } from '@/lib/use-cases/errors'
import { type AssignmentState, type AssignmentView, assignmentName, type OwnershipScope } from './model'

interface ViewRow {
  id: string
  layer: LayerId
  scope: OwnershipScope
  subject_slug: string | null
  subject_name: string | null
  team_slug: string
  team_name: string
  person_id: string | null
  person_external_id: string | null
  person_name: string | null
  deputies: AssignmentView['deputies']
  state: AssignmentState
  credible: boolean
  valid_from: Date
  valid_to: Date | null
  proposed_at: Date
  set_by: string
  reason: string
  decided_at: Date | null
  decided_by: string | null
  decision_reason: string | null
  certified_at: Date | null
  certified_by: string | null
  certified_in: { slug: string; name: string } | null
  supplies: number
  version: number
}

function viewOf(row: ViewRow): AssignmentView {
  const { person_id: id, person_external_id: externalId, person_name: name } = row
  return {
    id: row.id,
    name: assignmentName(row.layer, row.scope, row.subject_slug),
    layer: row.layer,
    scope: row.scope,
    subject: row.subject_slug === null ? null : { slug: row.subject_slug, name: row.subject_name ?? row.subject_slug },
    team: { slug: row.team_slug, name: row.team_name },
    person: id !== null && externalId !== null && name !== null ? { id, externalId, name } : null,
    deputies: row.deputies,
    state: row.state,
    credible: row.credible,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to?.toISOString() ?? null,
    proposedAt: row.proposed_at.toISOString(),
    setBy: row.set_by,
    reason: row.reason,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decidedBy: row.decided_by,
    decisionReason: row.decision_reason,
    certification: row.certified_at && {
      at: row.certified_at.toISOString(),
      by: row.certified_by,
      campaign: row.certified_in,
    },
    supplies: row.supplies,
    version: row.version,
  }
}

export interface AssignmentFilter {
  ids?: readonly string[]
  layer?: LayerId | undefined
  scope?: OwnershipScope | undefined
  subjectId?: string | undefined
  teamSlug?: string | undefined
  personId?: string | undefined
  states?: readonly AssignmentState[] | undefined
}

/** What `a` has to be. */
export function assignmentConditions(filter: AssignmentFilter): Sql[] {
  const conditions: Sql[] = []
  if (filter.ids) conditions.push(sql`a.id = ANY(${[...filter.ids]}::uuid[])`)
  if (filter.layer) conditions.push(sql`a.layer = ${filter.layer}`)
  if (filter.scope) conditions.push(sql`a.scope = ${filter.scope}::ownership_scope`)
  if (filter.subjectId) conditions.push(sql`a.subject_id = ${filter.subjectId}::uuid`)
  if (filter.teamSlug) conditions.push(sql`a.team_id = (SELECT id FROM team WHERE slug = ${filter.teamSlug})`)
  if (filter.personId) conditions.push(sql`a.person_id = ${filter.personId}::uuid`)
  if (filter.states)
    conditions.push(sql`a.state IN (${join(filter.states.map((state) => sql`${state}::assignment_state`))})`)
  return conditions
}

/** Assignments, newest first, at most `limit` after the id `after`. */
export async function findAssignments(db: Db, filter: AssignmentFilter, limit: number, after: CursorKey | null = null) {
  const conditions = assignmentConditions(filter)
  if (after) conditions.push(sql`a.id < ${String(after[0])}::uuid`)
  const statement = sql`
    SELECT a.id::text, a.layer, a.scope::text, COALESCE(agent.slug, tool.slug, point.slug, binding.slug) AS subject_slug,
      COALESCE(agent.name, tool.name, point.name, binding.slug) AS subject_name,
      team.slug AS team_slug, team.name AS team_name,
      person.id::text AS person_id, person.external_id AS person_external_id, person.name AS person_name,
      COALESCE((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'externalId', p.external_id, 'name', p.name) ORDER BY d.position)
        FROM assignment_deputy d JOIN person p ON p.id = d.person_id WHERE d.assignment_id = a.id), '[]') AS deputies,
      a.state::text, a.valid_from, a.valid_to, a.proposed_at, a.set_by, a.reason, a.decided_at, a.decided_by, a.decision_reason,
      a.certified_at, a.certified_by, (
        SELECT jsonb_build_object('slug', c.slug, 'name', c.name) FROM review_item i JOIN campaign c ON c.id = i.campaign_id
        WHERE i.id = a.certified_item_id) AS certified_in,
      (team.status = 'active' AND COALESCE(person.status = 'active', TRUE) AND EXISTS (
        SELECT FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = a.team_id AND p.status = 'active')) AS credible,
      (SELECT count(*)::int FROM effective_owner e WHERE e.assignment_id = a.id) AS supplies, a.version
    FROM assignment a
    JOIN team ON team.id = a.team_id
    LEFT JOIN person ON person.id = a.person_id
    LEFT JOIN agent ON agent.id = a.agent_id
    LEFT JOIN tool ON tool.id = a.tool_id
    LEFT JOIN enforcement_point point ON point.id = a.point_id
    LEFT JOIN binding ON binding.id = a.binding_id
    WHERE ${and(conditions)}
    ORDER BY a.id DESC LIMIT ${limit}`
  const rows = await db.query<ViewRow>(filter.ids ? keepPlan(statement) : statement)
  return rows.map(viewOf)
}

/** One assignment. @throws DomainError `not_found`. */
export async function getAssignment(db: Db, id: string): Promise<AssignmentView> {
  const [assignment] = await findAssignments(db, { ids: [id] }, 1)
  if (!assignment) throw notFound('The assignment')
  return assignment
}
