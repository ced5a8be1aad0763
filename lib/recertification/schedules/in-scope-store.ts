import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { subjectsOf } from '../launch/scope-store'
import type { Definition } from '../model'

/** Condition on `id` that the binding or assignment is in the scope of a definition now. */
export async function inScope(db: Db, definition: Definition, id: Sql, now: Date): Promise<Sql> {
  const subjects = await subjectsOf(db, { definition, silentIn: null }, now)
  const column = definition.kind === 'access' ? sql`s.binding_id` : sql`s.assignment_id`
  return sql`${id} IN (SELECT ${column} FROM (${subjects}) s)`
}

/** Whether anything at all is in the scope now. */
export async function matchesSomething(db: Db, definition: Definition, now: Date): Promise<boolean> {
  const subjects = await subjectsOf(db, { definition, silentIn: null }, now)
  const [row] = await db.query<{ some: boolean }>(sql`SELECT EXISTS (SELECT FROM (${subjects}) s) AS some`)
  return row?.some ?? false
}
