import { createHash } from 'node:crypto'
import { Prisma } from './generated/client'

/** Composes parametrised SQL: values become parameters, nested fragments are joined. Nothing is ever spliced in as text. */
export const sql = Prisma.sql
export const join = Prisma.join
export const empty = Prisma.empty
export type Sql = Prisma.Sql

/** A name of the database, quoted: for those that a program makes, such as the names of columns of an export. */
export const identifier = (name: string): Sql => Prisma.raw(`"${name.replaceAll('"', '""')}"`)

/** All of the given conditions, or TRUE for none. */
export function and(conditions: readonly Sql[]): Sql {
  return conditions.length > 0 ? join([...conditions], ' AND ') : sql`TRUE`
}

const keptMark = '/* plan kept */'

/**
 * Marks a statement whose plan each connection keeps, so that it is planned once there and not every time: for those
 * that take longer to plan than to run. Its text must not vary with its values, for a connection keeps every text.
 */
export const keepPlan = (statement: Sql): Sql => sql`${Prisma.raw(keptMark)} ${statement}`

/** The name under which a connection prepares a statement of this text; none (empty) for most. */
export function preparedName(text: string): string {
  return text.startsWith(keptMark) ? createHash('sha256').update(text).digest('base64url') : ''
}
