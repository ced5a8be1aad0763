import 'server-only'
import { type Sql, sql } from '@/lib/db/sql'

/** An instant as facts count it: milliseconds since the epoch. */
export const ms = (instant: Sql): Sql => sql`(extract(epoch FROM ${instant}) * 1000)::bigint`
