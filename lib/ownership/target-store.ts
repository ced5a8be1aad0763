import type { Db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import type { Reader } from '@/lib/db/reading'
import { empty, sql } from '@/lib/db/sql'
import type { LayerId } from '@/lib/layers'
import { notFound } from '@/lib/use-cases/errors'
import type { OwnershipScope } from './model'

/** What an assignment is set on: one layer of one subject (null for the organisation). */
export interface Target {
  layer: LayerId
  scope: OwnershipScope
  subjectId: string | null
  subjectSlug: string | null
}

const noSubject = '00000000-0000-0000-0000-000000000000'

/** A subject as people name it. */
interface SubjectName {
  scope: OwnershipScope
  slug: string | null
}

const subjectTables = {
  agent: { table: sql`agent`, noun: 'Agent' },
  tool: { table: sql`tool`, noun: 'Tool' },
  enforcement_point: { table: sql`enforcement_point`, noun: 'Enforcement point' },
  binding: { table: sql`binding`, noun: 'Binding' },
}

/** The ids behind the slugs of subjects, in their order; null for the organisation. @throws DomainError `not_found`. */
export async function subjectIdsOf(db: Reader, subjects: readonly SubjectName[]): Promise<(string | null)[]> {
  const ids = new Map<string, string>()
  for (const scope of new Set(subjects.map((subject) => subject.scope))) {
    if (scope === 'organisation') continue
    const slugs = subjects.filter((subject) => subject.scope === scope).map(({ slug }) => slug ?? '')
    const rows = await db.query<{ id: string; slug: string }>(
      sql`SELECT id::text, slug FROM ${subjectTables[scope].table} WHERE slug = ANY(${slugs})`,
    )
    for (const { id, slug } of rows) ids.set(`${scope}:${slug}`, id)
  }
  return subjects.map(({ scope, slug }) => {
    if (scope === 'organisation') return null
    const id = ids.get(`${scope}:${slug}`)
    if (id === undefined) throw notFound(`${subjectTables[scope].noun} "${slug}"`)
    return id
  })
}

/** The standing assignment of a target. */
export interface StandingAssignment {
  id: string
  layer: LayerId
  scope: OwnershipScope
  subjectId: string
  teamId: string
  teamName: string
  personId: string | null
  validFrom: Date
  proposedAt: Date
  setBy: string
}

/** The standing assignment of each target that has one, now or later, keyed as `targetKey`. */
export async function standingAt(db: Db, targets: readonly Target[]): Promise<ReadonlyMap<string, StandingAssignment>> {
  const rows = await db.query<StandingAssignment>(sql`
    SELECT a.id::text, a.layer, a.scope::text, a.subject_id::text AS "subjectId", a.team_id::text AS "teamId",
      team.name AS "teamName", a.person_id::text AS "personId", a.valid_from AS "validFrom", a.proposed_at AS "proposedAt",
      a.set_by AS "setBy"
    FROM unnest(${targets.map(({ scope }) => scope)}::ownership_scope[],
      ${targets.map(({ subjectId }) => subjectId ?? noSubject)}::uuid[], ${targets.map(({ layer }) => layer)}::text[])
      AS t(scope, subject_id, layer)
    JOIN assignment a ON a.scope = t.scope AND a.subject_id = t.subject_id AND a.layer = t.layer
      AND a.state IN ('proposed', 'accepted')
    JOIN team ON team.id = a.team_id
    ORDER BY a.valid_from`)
  return new Map(rows.map((row) => [targetKey(row.layer, row.scope, row.subjectId), row]))
}

/** Names new owners in place of others, in two statements however many they are. */
export async function replaceAssignments(
  db: Db,
  { ended, created, from, now }: { ended: readonly string[]; created: Named[]; from: Date; now: Date },
): Promise<void> {
  if (ended.length > 0) {
    // One that begins later leaves the present owner in office until then.
    await db.execute(sql`
      UPDATE assignment SET valid_to = ${from}, version = version + 1 ${from > now ? empty : sql`, state = 'ended'`}
      WHERE id = ANY(${[...ended]}::uuid[])`)
  }
  await db.prisma.assignment.createMany({ data: created })
}

/** A new assignment. */
export type Named = Prisma.AssignmentCreateManyInput

export function targetKey(layer: string, scope: OwnershipScope, subjectId: string | null): string {
  return `${layer}:${scope}:${subjectId ?? noSubject}`
}

/** The column that holds the subject of each scope. */
export function subjectColumns({ scope, subjectId }: Pick<Target, 'scope' | 'subjectId'>) {
  return {
    agentId: scope === 'agent' ? subjectId : null,
    toolId: scope === 'tool' ? subjectId : null,
    pointId: scope === 'enforcement_point' ? subjectId : null,
    bindingId: scope === 'binding' ? subjectId : null,
  }
}
