import type { Reader } from '@/lib/db/reading'
import { type Sql, sql } from '@/lib/db/sql'
import { type LayerId, layerIds } from '@/lib/layers'
import type { OwnerStatus } from '@/lib/ownership/model'
import type { MatrixCounts, MatrixFilter } from '../model'
import { narrow } from './filter'

/** No cell in any status. */
export const noCounts = (): Record<OwnerStatus, number> => ({ owned: 0, unconfirmed: 0, orphaned: 0, unowned: 0 })

/**
 * How the cells of the filtered matrix stand, per layer. `layer` and `status` do not narrow it: they are what it offers
 * to filter by.
 */
export async function countCells(db: Reader, filter: MatrixFilter): Promise<MatrixCounts> {
  const { layer: _layer, status: _status, ...rest } = filter
  const rows = await db.query<{ layer: LayerId; status: OwnerStatus; count: number }>(await countsOf(db, rest))
  return {
    layers: layerIds.map((layer) => {
      const counts = noCounts()
      for (const row of rows) if (row.layer === layer) counts[row.status] = row.count
      return { layer, counts }
    }),
  }
}

/** From the counters that the database keeps, where they tell apart what the filter asks for; else cell by cell. */
async function countsOf(db: Reader, filter: MatrixFilter): Promise<Sql> {
  const { bindings, cell } = await narrow(db, filter)
  if (filter.kind || filter.agent || filter.tool || filter.team || filter.text) {
    return sql`
      SELECT e.layer, e.status::text, count(*)::int AS count FROM binding b JOIN effective_owner e ON e.binding_id = b.id
      WHERE ${bindings} AND ${cell ?? sql`TRUE`} GROUP BY e.layer, e.status`
  }
  // A counter has the state, risk and environment of the bindings it counts the cells of.
  return sql`SELECT b.layer, b.status::text, sum(b.cells)::int AS count FROM cell_count b WHERE ${bindings} GROUP BY b.layer, b.status`
}
