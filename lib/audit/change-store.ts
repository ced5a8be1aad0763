import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { AuditChange, AuditEntry, Json } from './model'
import { insertOpenings, randomSalt } from './opening-store'
import { PersonalValues } from './personal'

const changesPerStatement = 1000

/**
 * Records what an event did to single records, under the id that the event is going to have. Before the event itself:
 * the database takes none for an event that is there.
 */
export async function writeChanges(db: Db, eventId: string, changes: readonly AuditChange[]): Promise<void> {
  for (let start = 0; start < changes.length; start += changesPerStatement) {
    const personal = new PersonalValues(randomSalt)
    const rows = changes.slice(start, start + changesPerStatement).map(({ subjectType, subjectId, before, after }) => {
      const side = (name: string, value: Json | undefined) =>
        personal.commitIn(subjectType, `/changes/${subjectId}/${name}`, value ?? null)
      return {
        subject_type: subjectType,
        subject_id: subjectId,
        before: side('before', before),
        after: side('after', after),
      }
    })
    await db.execute(sql`
      WITH opened AS (${insertOpenings(eventId, personal.openings)})
      INSERT INTO audit_change (event_id, subject_type, subject_id, before, after)
      SELECT ${eventId}::uuid, r.subject_type, r.subject_id, r.before, r.after
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(subject_type text, subject_id uuid, before jsonb, after jsonb)`)
  }
}

/** Records the changes of an entry that is about to be appended, and answers it with the id they stand under. */
export async function recordChanges(
  { db, newId }: UseCaseContext,
  entry: AuditEntry,
  changes: readonly AuditChange[],
): Promise<AuditEntry> {
  if (changes.length === 0) return entry
  const id = entry.id ?? newId()
  await writeChanges(db, id, changes)
  return { ...entry, id }
}
