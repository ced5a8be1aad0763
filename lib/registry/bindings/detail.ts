import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { enforcementLayer } from '@/lib/layers'
import { findAssignments } from '@/lib/ownership/assignment-store'
import { cellsOf } from '@/lib/ownership/cells'
import { openGapsOn } from '../gaps-on'
import { isoOf, originOf } from '../shapes'
import type { BindingDetail } from './model'
import { peopleOf, type StoredBinding } from './store'

/** Who answers for enforcement at each of these points, by an assignment on the point itself: point id → assignment id. */
async function enforcersAt(db: Db, pointIds: readonly string[], now: Date): Promise<Map<string, string>> {
  if (pointIds.length === 0) return new Map()
  const rows = await db.query<{ pointId: string; id: string }>(sql`
    SELECT a.point_id::text AS "pointId", a.id::text AS id FROM assignment a
    WHERE a.scope = 'enforcement_point' AND a.subject_id = ANY(${[...pointIds]}::uuid[]) AND a.layer = ${enforcementLayer}
      AND a.state IN ('proposed', 'accepted') AND a.valid_from <= ${now} AND (a.valid_to IS NULL OR a.valid_to > ${now})`)
  return new Map(rows.map((row) => [row.pointId, row.id]))
}

/** The owners of the five layers and of enforcement along the path, each with its whole provenance. */
async function ownersOf(db: Db, binding: StoredBinding, now: Date): Promise<Pick<BindingDetail, 'owners' | 'path'>> {
  const pointIds = binding.path.map((step) => step.pointId)
  const [cells, enforcers] = await Promise.all([cellsOf(db, [binding.id]), enforcersAt(db, pointIds, now)])
  const own = cells.get(binding.id) ?? []
  const ids = [...own.map((cell) => cell.assignmentId), ...enforcers.values()].filter((id) => id !== null)
  const found = await findAssignments(db, { ids }, ids.length)
  const assignments = new Map(found.map((assignment) => [assignment.id, assignment]))
  const assignmentOf = (id: string | null | undefined) => (id && assignments.get(id)) || null
  // Where the work happens, the binding's own answer holds: it may come from the tool or from the binding itself.
  const atApplication = own.find((cell) => cell.layer === enforcementLayer)?.assignmentId
  return {
    owners: own.map((cell) => ({ ...cell, assignment: assignmentOf(cell.assignmentId) })),
    path: binding.path.map(({ position, mode, point: { independentPrivileges, team, ...point } }) => ({
      position,
      point,
      mode,
      independentPrivileges,
      team,
      owner: assignmentOf(point.id === binding.tool.application?.id ? atApplication : enforcers.get(point.id)),
    })),
  }
}

/** Everything the binding's page shows. */
export async function describeBinding(db: Db, binding: StoredBinding, now: Date): Promise<BindingDetail> {
  const { id, slug, agent, environment, state, actions, risk, decisionMode, boundary } = binding
  const { independentPrivileges, application, ...tool } = binding.tool
  const [owners, gaps, people] = await Promise.all([
    ownersOf(db, binding, now),
    openGapsOn(db, 'binding', id),
    peopleOf(db, [binding.intentApprovedById, binding.allowlistReviewedById]),
  ])
  const personOf = (personId: string | null) => (personId && people.get(personId)) || null
  return {
    id,
    slug,
    agent,
    tool,
    application,
    toolIndependentPrivileges: independentPrivileges,
    environment,
    state,
    activeSince: isoOf(binding.activeSince),
    intent: binding.intentText
      ? {
          text: binding.intentText,
          approvedBy: personOf(binding.intentApprovedById),
          approvedAt: isoOf(binding.intentApprovedAt),
        }
      : null,
    actions,
    risk,
    decisionMode,
    credential: { type: binding.credentialType, lifetimeSeconds: binding.credentialLifetimeSeconds },
    boundary,
    allowlist:
      binding.allowlistPresent === null
        ? null
        : {
            present: binding.allowlistPresent,
            reviewedAt: isoOf(binding.allowlistReviewedAt),
            reviewedBy: personOf(binding.allowlistReviewedById),
          },
    certifiedAt: isoOf(binding.certifiedAt),
    ...owners,
    gaps,
    ...originOf(binding),
  }
}
