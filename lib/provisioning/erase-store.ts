import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/**
 * Forgets what an identity provider said of a person, and requests whose refusal names them.
 * @returns how many rows are gone
 */
export async function forgetProvisioned(
  db: Db,
  { personId, texts }: { personId: string; texts: readonly string[] },
): Promise<number> {
  const users = await db.execute(sql`DELETE FROM scim_user WHERE person_id = ${personId}::uuid`)
  const requests = await db.execute(sql`
    DELETE FROM scim_request r WHERE EXISTS (
      SELECT FROM unnest(${[...texts]}::text[]) AS t WHERE length(t) > 3 AND strpos(lower(r.detail), t) > 0)`)
  return users + requests
}
