import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { type LayerId, layerIds } from '@/lib/layers'
import type { Cell, OwnerStatus, OwnershipScope } from './model'

interface CellRow {
  binding_id: string
  layer: LayerId
  status: OwnerStatus
  source: OwnershipScope | null
  team_slug: string | null
  team_name: string | null
  person_id: string | null
  person_external_id: string | null
  person_name: string | null
  assignment_id: string | null
  valid_from: Date | null
  set_by: string | null
  reason: string | null
  decided_by: string | null
}

function cellOf(row: CellRow): Cell {
  const {
    team_slug: teamSlug,
    team_name: teamName,
    person_id: id,
    person_external_id: externalId,
    person_name: name,
  } = row
  return {
    layer: row.layer,
    status: row.status,
    source: row.source,
    team: teamSlug !== null && teamName !== null ? { slug: teamSlug, name: teamName } : null,
    person: id !== null && externalId !== null && name !== null ? { id, externalId, name } : null,
    assignmentId: row.assignment_id,
    since: row.valid_from?.toISOString() ?? null,
    setBy: row.set_by,
    reason: row.reason,
    decidedBy: row.decided_by,
  }
}

/** The five cells of each of these bindings, in layer order. Lists and detail pages both read them here. */
export async function cellsOf(db: Db, bindingIds: readonly string[]): Promise<Map<string, Cell[]>> {
  if (bindingIds.length === 0) return new Map()
  const rows = await db.query<CellRow>(sql`
    SELECT e.binding_id::text, e.layer, e.status::text, e.source::text, team.slug AS team_slug, team.name AS team_name,
           person.id::text AS person_id, person.external_id AS person_external_id, person.name AS person_name,
           a.id::text AS assignment_id, a.valid_from, a.set_by, a.reason, a.decided_by
    FROM effective_owner e
    LEFT JOIN assignment a ON a.id = e.assignment_id
    LEFT JOIN team ON team.id = a.team_id
    LEFT JOIN person ON person.id = a.person_id
    WHERE e.binding_id = ANY(${[...bindingIds]}::uuid[])`)
  const cells = new Map<string, Cell[]>()
  for (const row of rows) {
    const list = cells.get(row.binding_id)
    if (list) list.push(cellOf(row))
    else cells.set(row.binding_id, [cellOf(row)])
  }
  for (const list of cells.values()) list.sort((a, b) => layerIds.indexOf(a.layer) - layerIds.indexOf(b.layer))
  return cells
}
