import type { Db } from '@/lib/db/client'
import { empty, type Sql, sql } from '@/lib/db/sql'
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
  const matching = sql`${bindings} AND ${await withCell(db, filter, cell)}`
  const anchors = await db.query<{ id: string; slug: string; name: string }>(sql`
    SELECT x.id::text, x.slug, x.name FROM ${anchor} x
    WHERE ${after ? sql`x.slug > ${after[0]} AND` : empty} EXISTS (
      SELECT FROM binding b WHERE ${anchorOf} = x.id AND ${matching})
    ORDER BY x.slug LIMIT ${limit}`)
  const onPage = sql`${anchorOf} = ANY(${anchors.map((row) => row.id)}::uuid[])`
  const [gaps, parts] = await Promise.all([
    openGaps(db, anchorOf, onPage),
    summaryParts(db, anchorOf, sql`${onPage} AND ${matching}`),
  ])
  return anchors.map((row) => {
    const own = parts.filter((part) => part.id === row.id)
    const ofLayer = (layer: LayerId) => own.filter((part) => part.layer === layer)
    return {
      ...row,
      // A binding has one cell in each layer.
      bindings: ofLayer(layerIds[0]).reduce((sum, part) => sum + part.count, 0),
      gaps: gaps.get(row.id) ?? 0,
      cells: layerIds.map((layer) => summariseLayer(layer, ofLayer(layer))),
    }
  })
}

/** How many gaps are open on the bindings of each anchor. All at once, so that the planner may read the gaps once. */
async function openGaps(db: Db, anchorOf: Sql, bindings: Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ id: string; gaps: number }>(sql`
    SELECT ${anchorOf}::text AS id, count(DISTINCT gb.gap_id)::int AS gaps
    FROM binding b JOIN gap_binding gb ON gb.binding_id = b.id JOIN gap ON gap.id = gb.gap_id
    WHERE ${bindings} AND gap.state <> 'resolved' GROUP BY ${anchorOf}`)
  return new Map(rows.map((row) => [row.id, row.gaps]))
}

/** The cells of these bindings, counted by anchor, layer, status and team. */
async function summaryParts(db: Db, anchorOf: Sql, bindings: Sql): Promise<SummaryPart[]> {
  return await db.query<SummaryPart>(sql`
    SELECT c.id::text, c.layer, c.status::text, team.slug AS team_slug, team.name AS team_name, c.count
    FROM (
      SELECT ${anchorOf} AS id, e.layer, e.status, e.team_id, count(*)::int AS count
      FROM binding b JOIN effective_owner e ON e.binding_id = b.id
      WHERE ${bindings} GROUP BY 1, 2, 3, 4
    ) c LEFT JOIN team ON team.id = c.team_id`)
}
