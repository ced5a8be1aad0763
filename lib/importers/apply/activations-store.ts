import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { type LayerId, layerIds } from '@/lib/layers'
import type { RiskTier } from '@/lib/registry/model'

export interface UnownedBinding {
  id: string
  slug: string
  risk: RiskTier
  layers: LayerId[]
}

/** Those of these bindings that have an unowned layer, of these risk tiers: the first by risk and name, and how many. */
export async function unownedBindings(
  db: Db,
  ids: string[],
  tiers: RiskTier[],
  limit: number,
): Promise<{ first: UnownedBinding[]; total: number }> {
  const rows = await db.query<UnownedBinding & { total: number }>(sql`
    SELECT b.id::text, b.slug, b.risk::text, array_agg(e.layer) AS layers, (count(*) OVER ())::int AS total
    FROM binding b JOIN effective_owner e ON e.binding_id = b.id
    WHERE b.id = ANY(${ids}::uuid[]) AND b.risk::text = ANY(${tiers}) AND e.status = 'unowned'
    GROUP BY b.id, b.slug, b.risk ORDER BY b.risk DESC, b.slug LIMIT ${limit}`)
  const first = rows.map(({ total: _, layers, ...row }) => ({
    ...row,
    layers: layerIds.filter((layer) => layers.includes(layer)),
  }))
  return { first, total: rows[0]?.total ?? 0 }
}
