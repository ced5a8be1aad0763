import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { type LayerId, layerIds } from '@/lib/layers'
import type { OwnerStatus } from '@/lib/ownership/model'
import type { MatrixFilter, SummaryRow } from '../model'
import { noCounts } from './counts'
import { narrow, withCell } from './filter'

interface SummaryPart {
  id: string
  layer: LayerId
  status: OwnerStatus
  team_slug: string | null
  team_name: string | null
  count: number
}

function summariseLayer(layer: LayerId, parts: readonly SummaryPart[]): SummaryRow['cells'][number] {
  const counts = noCounts()
  const byTeam = new Map<string, { slug: string; name: string; count: number }>()
  for (const part of parts) {
    counts[part.status] += part.count
    if (part.team_slug === null || part.team_name === null) continue
    const team = byTeam.get(part.team_slug) ?? { slug: part.team_slug, name: part.team_name, count: 0 }
    team.count += part.count
    byTeam.set(part.team_slug, team)
  }
  const teams = [...byTeam.values()].sort((a, b) => b.count - a.count || a.slug.localeCompare(b.slug))
  return {
    layer,
    counts,
    teams: teams.slice(0, 3).map(({ slug, name }) => ({ slug, name })),
    teamsMore: Math.max(0, teams.length - 3),
  }
}

/** Agents or tools with the cells of their bindings summed up, ordered by slug. */
export async function findSummaries(
  db: Db,
  view: 'agents' | 'tools',
  filter: MatrixFilter,
  limit: number,
  after: CursorKey | null,
): Promise<SummaryRow[]> {
  const anchor = view === 'agents' ? sql`agent` : sql`tool`
  const anchorOf = view === 'agents' ? sql`b.agent_id` : sql`b.tool_id`
  const { bindings, cell } = await narrow(db, filter)
  const matching = sql`${bindings} AND ${await withCell(db, cell)}`
  const anchors = await db.query<{ id: string; slug: string; name: string; bindings: number; gaps: number }>(sql`
    WITH page AS (
      SELECT x.id, x.slug, x.name FROM ${anchor} x
      WHERE ${after ? sql`x.slug > ${after[0]} AND` : sql``} EXISTS (
        SELECT FROM binding b WHERE ${anchorOf} = x.id AND ${matching})
      ORDER BY x.slug LIMIT ${limit}
    )
    SELECT page.id::text, page.slug, page.name,
      (SELECT count(*)::int FROM binding b WHERE ${anchorOf} = page.id AND ${matching}) AS bindings,
      (SELECT count(DISTINCT gb.gap_id)::int FROM binding b JOIN gap_binding gb ON gb.binding_id = b.id JOIN gap ON gap.id = gb.gap_id
        WHERE ${anchorOf} = page.id AND gap.state <> 'resolved') AS gaps
    FROM page ORDER BY page.slug`)
  const parts = await db.query<SummaryPart>(sql`
    SELECT ${anchorOf}::text AS id, e.layer, e.status::text, team.slug AS team_slug, team.name AS team_name, count(*)::int AS count
    FROM binding b JOIN effective_owner e ON e.binding_id = b.id LEFT JOIN team ON team.id = e.team_id
    WHERE ${anchorOf} = ANY(${anchors.map((row) => row.id)}::uuid[]) AND ${matching}
    GROUP BY 1, 2, 3, 4, 5`)
  return anchors.map((row) => {
    const own = parts.filter((part) => part.id === row.id)
    return {
      ...row,
      cells: layerIds.map((layer) =>
        summariseLayer(
          layer,
          own.filter((part) => part.layer === layer),
        ),
      ),
    }
  })
}
