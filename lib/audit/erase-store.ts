import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { erased } from './opening-store'

/** Whom to forget: by their id, and by what they are and were called and reached at, in what others wrote. */
export interface Forgotten {
  personId: string
  /** In small letters. */
  texts: string[]
}

/** Shorter ones would be found in the middle of other words. */
const textLengthMin = 4

/** The person with every name and address that the registry has had of them, and those of their account. */
export async function whomToForget(db: Db, personId: string): Promise<Forgotten> {
  const rows = await db.query<{ text: string }>(sql`
    SELECT DISTINCT lower(text) AS text FROM (
      SELECT name, email FROM person WHERE id = ${personId}::uuid
      UNION ALL SELECT name, email FROM history.person WHERE id = ${personId}::uuid
      UNION ALL SELECT name, email FROM account WHERE person_id = ${personId}::uuid
    ) known, unnest(ARRAY[name, email]) AS text WHERE text <> '' AND text <> ${erased}`)
  return { personId, texts: rows.map(({ text }) => text) }
}

/**
 * Deletes salt and value of everything that the audit log holds apart of a person: their name where they acted, what
 * events about them say, and every text in which a full name or address of theirs stands. The events stay, and so do
 * their leaves.
 * @returns how many values are gone
 */
export async function eraseOpenings(db: Db, { personId, texts }: Forgotten): Promise<number> {
  const found = texts.filter((text) => text.length >= textLengthMin)
  return await db.execute(sql`
    WITH own_account AS (SELECT id FROM account WHERE person_id = ${personId}::uuid)
    DELETE FROM audit_opening o WHERE
      EXISTS (SELECT FROM audit_event e WHERE e.id = o.event_id AND (
        (o.pointer = '/actor/name' AND e.actor_id IN (SELECT id FROM own_account))
        OR (o.pointer LIKE '/before/%' OR o.pointer LIKE '/after/%') AND (
          (e.subject_type = 'person' AND e.subject_id = ${personId})
          OR (e.subject_type = 'account' AND e.subject_id IN (SELECT id::text FROM own_account)))))
      OR o.pointer LIKE ${`/changes/${personId}/%`}
      OR EXISTS (SELECT FROM unnest(${found}::text[]) AS t WHERE strpos(lower(o.value #>> '{}'), t) > 0)`)
}

/**
 * Takes a person out of the registry, of now and of then (history.erase_person in the migrations): values alone, so that
 * everything stays where and since when it was.
 * @returns how many rows have lost something
 */
export async function eraseFromRegistry(db: Db, { personId, texts }: Forgotten): Promise<number> {
  const [done] = await db.query<{ rows: number }>(
    sql`SELECT history.erase_person(${personId}::uuid, ${texts}::text[])::int AS rows`,
  )
  return done?.rows ?? 0
}
