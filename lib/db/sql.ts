import { Prisma } from './generated/client'

/** Composes parametrised SQL: values become parameters, nested fragments are joined. Nothing is ever spliced in as text. */
export const sql = Prisma.sql
export const join = Prisma.join
export const empty = Prisma.empty
export type Sql = Prisma.Sql

/** All of the given conditions, or TRUE for none. */
export function and(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? join([...conditions], ' AND ') : sql`TRUE`
}
