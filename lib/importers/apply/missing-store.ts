import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { EstateCollection } from '../estate/model'
import type { ImportKind } from '../model'
import { tables } from './tables-store'

export interface Missing {
  count: number
  /** The first of them. */
  names: string[]
}

/** The keys of what an importer brought earlier; null for what does not remember where it came from. */
function broughtBy(kind: ImportKind, collection: EstateCollection): Sql | null {
  if (collection === 'owners') {
    return sql`
      SELECT a.layer || ':' || a.scope || ':' || COALESCE(agent.slug, tool.slug, point.slug, binding.slug, '') AS key
      FROM assignment a LEFT JOIN agent ON agent.id = a.agent_id LEFT JOIN tool ON tool.id = a.tool_id
      LEFT JOIN enforcement_point point ON point.id = a.point_id LEFT JOIN binding ON binding.id = a.binding_id
      WHERE a.source = ${kind} AND a.state IN ('proposed', 'accepted')`
  }
  const { name, key, stamps } = tables[collection]
  return stamps.includes('source') ? sql`SELECT ${key} AS key FROM ${name} t WHERE t.source = ${kind}` : null
}

/** What an importer brought earlier and is not among these keys now. It stays; nothing is deleted. */
export async function missingIn(
  db: Db,
  collection: EstateCollection,
  kind: ImportKind,
  keys: string[],
  namesMax: number,
): Promise<Missing> {
  const brought = broughtBy(kind, collection)
  if (!brought) return { count: 0, names: [] }
  const rows = await db.query<{ key: string; total: number }>(sql`
    SELECT b.key, (count(*) OVER ())::int AS total FROM (${brought}) b
    WHERE NOT EXISTS (SELECT FROM unnest(${keys}::text[]) AS named(key) WHERE named.key = b.key)
    ORDER BY b.key LIMIT ${namesMax}`)
  return { count: rows[0]?.total ?? 0, names: rows.map(({ key }) => key) }
}
