import 'server-only'
import { join, type Sql, sql } from '@/lib/db/sql'

/**
 * FROM items that look the rows of a table up one key after the other. The sets that a change touches are small, which
 * the planner cannot know of a CTE: left to itself it would read whole tables to join them. OFFSET 0 keeps it from that.
 * @param set a SELECT of one column
 * @param alias the name of the row found, to which `match` compares `s.id`
 */
export function lookUp(set: Sql, table: Sql, alias: Sql, match: Sql): Sql {
  return sql`(${set}) AS s(id) CROSS JOIN LATERAL (SELECT ${alias}.* FROM ${table} ${alias} WHERE ${match} OFFSET 0) ${alias}`
}

/** The rows of a table with these ids; an id that comes twice gives its row once. */
export function lookUpById(set: Sql, table: Sql, alias: Sql): Sql {
  return lookUp(sql`SELECT DISTINCT x.id FROM (${set}) AS x(id)`, table, alias, sql`${alias}.id = s.id`)
}

/** The SELECT if there is anything to find with it, null otherwise. */
export const when = (needed: boolean, select: Sql): Sql | null => (needed ? select : null)

/** The rows that these SELECTs give, each once, the first column named `id`; those that are null are left out. */
export function unionOf(...selects: (Sql | null)[]): Sql {
  const needed = selects.filter((select) => select !== null)
  if (needed.length === 0) return sql`SELECT NULL::uuid AS id WHERE FALSE`
  return sql`SELECT * FROM (${join(needed, ' UNION ')}) AS found(id)`
}
