import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { GapState } from '@/lib/gaps/model'
import type { LayerId } from '@/lib/layers'
import type { OwnershipScope } from '../model'
import { mendableRules } from './model'

/** Where the owner that a gap misses is named. */
export interface Place {
  gapId: string
  state: GapState
  layer: LayerId
  scope: OwnershipScope
  subjectId: string | null
  subjectSlug: string | null
  subjectName: string | null
  /** The assignment that stands there and cannot answer; null where nobody is named. */
  assignmentId: string | null
  teamName: string | null
}

/**
 * The places of these gaps, by gap. One about an unowned layer is mended on its own subject, which is the natural anchor;
 * one about an orphaned owner, where that owner is named. Gaps of other rules have none.
 */
export async function placesOf(db: Db, gapIds: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const rows = await db.query<Place>(sql`
    SELECT g.id::text AS "gapId", g.state::text, g.layer, COALESCE(a.scope, g.subject_type::text::ownership_scope)::text AS scope,
      COALESCE(agent.id, tool.id, point.id, binding.id)::text AS "subjectId",
      COALESCE(agent.slug, tool.slug, point.slug, binding.slug) AS "subjectSlug",
      COALESCE(agent.name, tool.name, point.name, binding.slug) AS "subjectName", a.id::text AS "assignmentId", team.name AS "teamName"
    FROM gap g
    LEFT JOIN assignment a ON g.subject_type = 'assignment' AND a.id = g.subject_id
    LEFT JOIN team ON team.id = a.team_id
    LEFT JOIN agent ON agent.id = CASE g.subject_type WHEN 'agent' THEN g.subject_id WHEN 'assignment' THEN a.agent_id END
    LEFT JOIN tool ON tool.id = CASE g.subject_type WHEN 'tool' THEN g.subject_id WHEN 'assignment' THEN a.tool_id END
    LEFT JOIN enforcement_point point ON point.id = a.point_id
    LEFT JOIN binding ON binding.id = a.binding_id
    WHERE g.id = ANY(${[...gapIds]}::uuid[]) AND g.rule = ANY(${[...mendableRules]}) AND g.layer IS NOT NULL`)
  return new Map(rows.map((row) => [row.gapId, row]))
}
