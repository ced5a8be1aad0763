import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** Whom to forget: by their id, and by what they are called and reached at in what others wrote. */
export interface Forgotten {
  personId: string
  name: string
  email: string | null
}

/** Shorter ones would be found in the middle of other words. */
const textLengthMin = 4

/**
 * Deletes salt and value of everything that the audit log holds apart of a person: their name where they acted, what
 * events about them say, and every text in which their full name or address stands. The events stay, and so do their leaves.
 * @returns how many values are gone
 */
export async function eraseOpenings(db: Db, { personId, name, email }: Forgotten): Promise<number> {
  const texts = [name, email ?? ''].filter((text) => text.length >= textLengthMin).map((text) => text.toLowerCase())
  return await db.execute(sql`
    WITH own_account AS (SELECT id FROM account WHERE person_id = ${personId}::uuid)
    DELETE FROM audit_opening o WHERE
      EXISTS (SELECT FROM audit_event e WHERE e.id = o.event_id AND (
        (o.pointer = '/actor/name' AND e.actor_id IN (SELECT id FROM own_account))
        OR (o.pointer LIKE '/before/%' OR o.pointer LIKE '/after/%') AND (
          (e.subject_type = 'person' AND e.subject_id = ${personId})
          OR (e.subject_type = 'account' AND e.subject_id IN (SELECT id::text FROM own_account)))))
      OR o.pointer LIKE ${`/changes/${personId}/%`}
      OR EXISTS (SELECT FROM unnest(${texts}::text[]) AS t WHERE strpos(lower(o.value #>> '{}'), t) > 0)`)
}
