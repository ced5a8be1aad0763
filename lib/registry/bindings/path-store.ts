import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { enforcementLayer } from '@/lib/layers'
import type { Known, PathMode } from '../model'
import { pointRef, teamRef } from '../refs-sql'
import type { BindingDetail } from './model'

type Shown = BindingDetail['path'][number]

interface PathRow {
  contract: { version: number; digest: string } | null
  steps: {
    position: number
    mode: PathMode
    point: Shown['point']
    independentPrivileges: Known
    canBeAsked: boolean
    team: Shown['team']
    /** Who answers for enforcement there, by an assignment on the point itself. */
    assignmentId: string | null
    attestation: { digest: string; contractVersion: number; at: string; by: string } | null
  }[]
}

/** The path of a binding with all that its picture shows, and the contract of the tool in force: one statement. */
export async function getPath(db: Db, { id, toolId }: { id: string; toolId: string }, now: Date): Promise<PathRow> {
  const [row] = await db.query<PathRow>(sql`
    SELECT
      (SELECT jsonb_build_object('version', c.version, 'digest', c.digest)
        FROM contract c WHERE c.tool_id = ${toolId}::uuid AND c.state = 'in_force' ORDER BY c.version DESC LIMIT 1) AS contract,
      COALESCE((SELECT jsonb_agg(jsonb_build_object(
          'position', s.position, 'mode', s.mode, 'point', ${pointRef(sql`e`)},
          'independentPrivileges', e.independent_privileges, 'canBeAsked', e.decision_endpoint IS NOT NULL,
          'team', ${teamRef(sql`team`)}, 'assignmentId', owner.id, 'attestation', stated.attestation) ORDER BY s.position)
        FROM path_step s JOIN enforcement_point e ON e.id = s.point_id LEFT JOIN team ON team.id = e.team_id
        LEFT JOIN LATERAL (
          SELECT a.id FROM assignment a
          WHERE a.scope = 'enforcement_point' AND a.subject_id = e.id AND a.layer = ${enforcementLayer}
            AND a.state IN ('proposed', 'accepted') AND a.valid_from <= ${now} AND (a.valid_to IS NULL OR a.valid_to > ${now})
          LIMIT 1) owner ON TRUE
        LEFT JOIN LATERAL (
          SELECT jsonb_build_object('digest', c.digest, 'contractVersion', c.version, 'at', t.at, 'by', t.by) AS attestation
          FROM attestation t JOIN contract c ON c.id = t.contract_id
          WHERE t.tool_id = ${toolId}::uuid AND t.point_id = e.id ORDER BY t.at DESC, t.id DESC LIMIT 1) stated ON TRUE
        WHERE s.binding_id = ${id}::uuid), '[]') AS steps`)
  return row ?? { contract: null, steps: [] }
}
