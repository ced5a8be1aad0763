import type { Actor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { isAnythingRestricted } from '@/lib/db/sight'

/** Roles that know of restricted things whatever their standing. */
const seesEverything = ({ kind, role }: Actor): boolean =>
  kind === 'system' || role === 'admin' || role === 'governance_lead' || role === 'auditor'

/**
 * The database as an actor may know it: as it is for those who see everything and while nothing is restricted, else
 * without the restricted things that they have no standing in.
 */
export async function databaseFor(database: Database, actor: Actor): Promise<Database> {
  if (seesEverything(actor) || !(await isAnythingRestricted(database))) return database
  return database.seenBy({ personId: actor.personId })
}
