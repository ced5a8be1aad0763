import type { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { pointRef, teamRef, toolRef } from '@/lib/registry/refs-sql'
import { bounded, nestedMax } from '@/lib/registry/shapes'
import { attestedStatus } from './attested'
import { mayAttest } from './rights'
import type { attestationSchema, Standing } from './shapes'

type Attestation = z.infer<typeof attestationSchema>
interface Row extends Omit<Standing, 'attestation' | 'status' | 'mayAttest'> {
  attestation: Attestation | null
}

/** Narrows to the places of a tool, or to those of a point. */
export type StandingOf = { toolId: string } | { pointId: string }

function placesOf(of: StandingOf): { steps: Sql; applications: Sql } {
  if ('toolId' in of)
    return { steps: sql`b.tool_id = ${of.toolId}::uuid`, applications: sql`t.id = ${of.toolId}::uuid` }
  return {
    steps: sql`s.point_id = ${of.pointId}::uuid`,
    applications: sql`t.application_id = ${of.pointId}::uuid AND t.lifecycle <> 'retired'`,
  }
}

/** Where a tool's limits are enforced, or whose limits a point enforces, each with the latest attestation. */
export async function findStandings(
  db: Db,
  of: StandingOf,
  context: { actor: Actor; now: Date; attestWithinDays: number },
): Promise<{ rows: Standing[]; more: boolean }> {
  const { steps, applications } = placesOf(of)
  const rows = await db.query<Row>(sql`
    WITH step AS (
      SELECT b.tool_id, s.point_id, count(DISTINCT b.id)::int AS bindings, min(s.position) AS position,
        to_jsonb(array_agg(DISTINCT s.mode)) AS modes, bool_or(b.state = 'active' AND s.mode = 'enforces') AS enforces
      FROM binding b JOIN path_step s ON s.binding_id = b.id WHERE b.state <> 'revoked' AND ${steps}
      GROUP BY b.tool_id, s.point_id),
    place AS (
      SELECT tool_id, point_id FROM step
      UNION SELECT t.id, t.application_id FROM tool t WHERE t.application_id IS NOT NULL AND ${applications})
    SELECT ${toolRef(sql`t`)} AS tool, ${pointRef(sql`e`)} AS point, ${teamRef(sql`team`)} AS team,
      COALESCE(t.application_id = e.id, false) AS "isApplication", COALESCE(step.bindings, 0) AS bindings,
      COALESCE(step.modes, '[]') AS modes, COALESCE(step.enforces, false) AS enforces,
      CASE WHEN f.id IS NOT NULL THEN jsonb_build_object('version', f.version, 'digest', f.digest) END AS "inForce",
      latest.attestation
    FROM place JOIN tool t ON t.id = place.tool_id JOIN enforcement_point e ON e.id = place.point_id
    LEFT JOIN step ON step.tool_id = t.id AND step.point_id = e.id
    LEFT JOIN team ON team.id = e.team_id
    LEFT JOIN contract f ON f.tool_id = t.id AND f.state = 'in_force'
    LEFT JOIN LATERAL (
      SELECT ${attestationJson} AS attestation
      FROM attestation x JOIN contract c ON c.id = x.contract_id WHERE x.tool_id = t.id AND x.point_id = e.id
      ORDER BY x.at DESC, x.received_at DESC, x.id DESC LIMIT 1) latest ON true
    ORDER BY t.name, t.id, "isApplication", step.position, e.name, e.id LIMIT ${nestedMax + 1}`)
  return bounded(
    rows.map((row) => {
      const said = row.attestation && { digest: row.attestation.digest, at: Date.parse(row.attestation.at) }
      return {
        ...row,
        status: attestedStatus(said, row.inForce?.digest ?? null, context.now.getTime(), context.attestWithinDays),
        mayAttest: mayAttest(context.actor, { name: row.point.name, teamId: row.team?.id ?? null }),
      }
    }),
  )
}

/** An attestation `x` of contract `c` as answers show it. */
export const attestationJson = sql`jsonb_build_object('id', x.id, 'version', c.version, 'digest', c.digest,
  'at', to_char(x.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', x.by, 'source', x.source, 'note', x.note)`

/** Whether calls to the tool pass the point: it stands on a path, or is the tool's application. */
export async function isOnPathTo(db: Db, pointId: string, toolId: string): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT FROM tool t WHERE t.id = ${toolId}::uuid AND t.application_id = ${pointId}::uuid)
      OR EXISTS (
        SELECT FROM binding b JOIN path_step s ON s.binding_id = b.id
        WHERE b.tool_id = ${toolId}::uuid AND b.state <> 'revoked' AND s.point_id = ${pointId}::uuid) AS found`)
  return row?.found ?? false
}
