import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { LayerId } from '@/lib/layers'
import { personRef } from '@/lib/registry/refs-sql'
import { isoOf, type PersonRef } from '@/lib/registry/shapes'
import { assignmentName, type OwnershipScope } from '../model'
import type { SuccessionState, SuccessionView } from './model'
import type { SuccessionReason } from './next-in-line'

export interface SuccessionFilter {
  ids?: readonly string[] | undefined
  /** External id. */
  leaver?: string | undefined
  leaverIds?: readonly string[] | undefined
  candidateId?: string | undefined
  states?: readonly SuccessionState[] | undefined
}

interface Named {
  slug: string
  name: string
}

interface OwnershipRow {
  layer: LayerId
  scope: OwnershipScope
  subject: Named | null
  team: Named
  supplies: number
}

interface Row {
  id: string
  leaver: SuccessionView['leaver']
  ownership: OwnershipRow | null
  agent: Named | null
  candidate: PersonRef | null
  because: SuccessionReason | null
  state: SuccessionState
  createdAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  note: string | null
  version: number
}

function conditionsOf({ ids, leaver, leaverIds, candidateId, states }: SuccessionFilter): Sql[] {
  const conditions: Sql[] = []
  if (ids) conditions.push(sql`s.id = ANY(${[...ids]}::uuid[])`)
  if (leaver) conditions.push(sql`s.leaver_id = (SELECT id FROM person WHERE external_id = ${leaver})`)
  if (leaverIds) conditions.push(sql`s.leaver_id = ANY(${[...leaverIds]}::uuid[])`)
  if (candidateId) conditions.push(sql`s.candidate_id = ${candidateId}::uuid`)
  if (states) conditions.push(sql`s.state = ANY(${[...states]}::succession_state[])`)
  return conditions
}

/** The ownership that `a` (assignment) is, as JSON; null where an outer join found nothing. */
export const ownershipJson = sql`CASE WHEN a.id IS NOT NULL THEN jsonb_build_object(
  'layer', a.layer, 'scope', a.scope, 'team', jsonb_build_object('slug', team.slug, 'name', team.name),
  'subject', CASE a.scope
    WHEN 'agent' THEN (SELECT jsonb_build_object('slug', x.slug, 'name', x.name) FROM agent x WHERE x.id = a.agent_id)
    WHEN 'tool' THEN (SELECT jsonb_build_object('slug', x.slug, 'name', x.name) FROM tool x WHERE x.id = a.tool_id)
    WHEN 'enforcement_point' THEN (
      SELECT jsonb_build_object('slug', x.slug, 'name', x.name) FROM enforcement_point x WHERE x.id = a.point_id)
    WHEN 'binding' THEN (SELECT jsonb_build_object('slug', x.slug, 'name', x.slug) FROM binding x WHERE x.id = a.binding_id)
  END,
  'supplies', (SELECT count(*) FROM effective_owner e WHERE e.assignment_id = a.id)) END`

/** The ownership with its name for people and scripts. */
export const namedOwnership = (row: OwnershipRow | null): SuccessionView['ownership'] =>
  row && { ...row, assignment: assignmentName(row.layer, row.scope, row.subject?.slug ?? null) }

/** Successions by leaver, at most `limit` after the given one. */
export async function findSuccessions(
  db: Db,
  filter: SuccessionFilter,
  limit: number,
  after: CursorKey | null = null,
): Promise<SuccessionView[]> {
  const conditions = conditionsOf(filter)
  if (after) {
    const [name, leaver, id] = after
    conditions.push(sql`(l.name, l.id, s.id) > (${String(name)}, ${String(leaver)}::uuid, ${String(id)}::uuid)`)
  }
  const rows = await db.query<Row>(sql`
    SELECT s.id::text, ${personRef(sql`l`)} || jsonb_build_object('manager', ${personRef(sql`m`)}) AS leaver,
      ${ownershipJson} AS ownership, CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('slug', g.slug, 'name', g.name) END AS agent,
      ${personRef(sql`c`)} AS candidate, s.because::text, s.state::text, s.created_at AS "createdAt", s.decided_at AS "decidedAt",
      s.decided_by AS "decidedBy", s.note, s.version
    FROM succession s
    JOIN person l ON l.id = s.leaver_id
    LEFT JOIN person m ON m.id = l.manager_id
    LEFT JOIN person c ON c.id = s.candidate_id
    LEFT JOIN assignment a ON a.id = s.assignment_id
    LEFT JOIN team ON team.id = a.team_id
    LEFT JOIN agent g ON g.id = s.agent_id
    WHERE ${and(conditions)} ORDER BY l.name, l.id, s.id LIMIT ${limit}`)
  return rows.map(({ createdAt, decidedAt, ownership, ...row }) => ({
    ...row,
    ownership: namedOwnership(ownership),
    createdAt: createdAt.toISOString(),
    decidedAt: isoOf(decidedAt),
  }))
}

/** How many open successions ask this person. */
export async function countAsked(db: Db, personId: string): Promise<number> {
  return await db.prisma.succession.count({ where: { candidateId: personId, state: 'open' } })
}

/** What somebody answers for, whether they have left or not: what a succession would be opened for. */
export async function findHeld(db: Db, personId: string, limit: number) {
  return await db.query<{
    leaverId: string
    assignmentId: string | null
    teamId: string | null
    agentId: string | null
    ownership: OwnershipRow | null
    agent: Named | null
  }>(sql`
    (SELECT a.person_id::text AS "leaverId", a.id::text AS "assignmentId", a.team_id::text AS "teamId", NULL AS "agentId",
      ${ownershipJson} AS ownership, NULL::jsonb AS agent
    FROM assignment a JOIN team ON team.id = a.team_id
    WHERE a.person_id = ${personId}::uuid AND a.state IN ('proposed', 'accepted') AND a.valid_to IS NULL
    ORDER BY a.layer, a.id LIMIT ${limit})
    UNION ALL
    (SELECT x.sponsor_id::text, NULL, NULL, x.id::text, NULL, jsonb_build_object('slug', x.slug, 'name', x.name)
    FROM agent x WHERE x.sponsor_id = ${personId}::uuid AND x.lifecycle <> 'retired' ORDER BY x.name, x.id LIMIT ${limit})
    LIMIT ${limit}`)
}

/** The people with these ids as others name them. */
export async function refsOf(db: Db, ids: readonly string[]): Promise<Map<string, PersonRef>> {
  const people = await db.prisma.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, externalId: true, name: true, status: true },
  })
  return new Map(people.map((person) => [person.id, person]))
}
