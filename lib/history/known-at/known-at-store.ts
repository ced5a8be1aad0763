import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { LayerId } from '@/lib/layers'
import type { AssignmentState, OwnershipScope } from '@/lib/ownership/model'
import type { OwnershipTarget } from '@/lib/ownership/resolve'
import { versionsAt } from '../versions-store'
import type { RecordedAssignment } from './believed'

const organisation = '00000000-0000-0000-0000-000000000000'

/** A binding by its slug, as it was recorded at an instant; null when nobody knew of it then. */
export async function bindingKnown(
  db: Db,
  slug: string,
  instant: Date,
): Promise<{ bindingId: string; agentId: string; toolId: string } | null> {
  // A slug never changes, and a binding is never deleted.
  const named = sql`id = (SELECT id FROM public.binding WHERE slug = ${slug})`
  const [row] = await db.query<{ bindingId: string; agentId: string; toolId: string }>(sql`
    SELECT id::text AS "bindingId", agent_id::text AS "agentId", tool_id::text AS "toolId"
    FROM ${versionsAt('binding', ['id', 'agent_id', 'tool_id'], instant, named)} b`)
  return row ?? null
}

/** The application of a tool as it was recorded at an instant; undefined when nobody knew of the tool then. */
export async function applicationKnown(db: Db, toolId: string, instant: Date): Promise<string | null | undefined> {
  const [row] = await db.query<{ id: string | null }>(sql`
    SELECT application_id::text AS id
    FROM ${versionsAt('tool', ['id', 'application_id'], instant, sql`id = ${toolId}::uuid`)} t`)
  return row?.id
}

/** An assignment as it was recorded at an instant, and since when anything was recorded of it. */
export interface KnownAssignment extends RecordedAssignment {
  recordedAt: Date
  team: { slug: string; name: string }
  person: { externalId: string; name: string } | null
  /** The slug of the enforcement point that it is set on. */
  point: string | null
}

interface Row {
  id: string
  layer: LayerId
  scope: OwnershipScope
  subjectId: string
  teamId: string
  personId: string | null
  state: AssignmentState
  validFrom: Date
  validTo: Date | null
  proposedAt: Date
  decidedAt: Date | null
  recordedAt: Date
  team: KnownAssignment['team']
  person: KnownAssignment['person']
  point: string | null
}

const columns = [
  ...['id', 'layer', 'scope', 'subject_id', 'team_id', 'person_id', 'point_id', 'state'],
  ...['valid_from', 'valid_to', 'proposed_at', 'decided_at'],
]

/** Every assignment that may supply an owner there, as it was recorded at an instant. */
export async function assignmentsKnown(db: Db, target: OwnershipTarget, instant: Date): Promise<KnownAssignment[]> {
  const { agentId, toolId, applicationId, bindingId } = target
  const onThem = sql`(agent_id = ${agentId}::uuid OR tool_id = ${toolId}::uuid OR point_id = ${applicationId}::uuid
    OR binding_id = ${bindingId}::uuid OR scope = 'organisation')`
  const subjects = [agentId, toolId, applicationId, bindingId, organisation].filter((id) => id !== null)
  const keptOnThem = sql`subject_id = ANY(${subjects}::uuid[])`
  const rows = await db.query<Row>(sql`
    SELECT a.id::text, a.layer, a.scope::text, a.subject_id::text AS "subjectId", a.team_id::text AS "teamId",
      a.person_id::text AS "personId", a.state::text, a.valid_from AS "validFrom", a.valid_to AS "validTo",
      a.proposed_at AS "proposedAt", a.decided_at AS "decidedAt", first.at AS "recordedAt",
      jsonb_build_object('slug', t.slug, 'name', t.name) AS team,
      CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('externalId', p.external_id, 'name', p.name) END AS person,
      e.slug AS point
    FROM ${versionsAt('assignment', columns, instant, onThem, keptOnThem)} a
    JOIN public.team t ON t.id = a.team_id
    LEFT JOIN public.person p ON p.id = a.person_id
    LEFT JOIN public.enforcement_point e ON e.id = a.point_id
    CROSS JOIN LATERAL (
      SELECT LEAST(a.recorded_at, min(h.recorded_at)) AS at FROM history.assignment h WHERE h.id = a.id
    ) first`)
  return rows.map(({ subjectId, validFrom, validTo, proposedAt, decidedAt, ...row }) => ({
    ...row,
    subjectId: subjectId === organisation ? null : subjectId,
    validFrom: validFrom.getTime(),
    validTo: validTo?.getTime() ?? null,
    proposedAt: proposedAt.getTime(),
    decidedAt: decidedAt?.getTime() ?? null,
  }))
}
