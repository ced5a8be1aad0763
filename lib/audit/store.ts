import type { UseCaseName } from '@/lib/access/permissions'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { AuditEntry, Json } from './model'
import { insertOpenings, openEvents, randomSalt } from './opening-store'
import { type NewSalt, PersonalValues } from './personal'

const orNull = (value: Json | undefined) => (value === undefined || value === null ? null : JSON.stringify(value))

/**
 * Appends one event, its personal values behind commitments. Only the runner of commands calls this, inside the command's
 * transaction. One statement, whatever the event holds.
 */
export async function appendAuditEvent(
  { actor, db, door, newId, now, requestId }: UseCaseContext,
  action: UseCaseName,
  entry: AuditEntry,
  newSalt: NewSalt = randomSalt,
): Promise<void> {
  const id = entry.id ?? newId()
  const personal = new PersonalValues(newSalt)
  const named = actor.kind === 'system' ? null : personal.commit('/actor/name', actor.name)
  const reason = entry.reason === undefined ? null : personal.commit('/reason', entry.reason)
  const side = (pointer: string, value: Json | undefined) =>
    orNull(value === undefined ? value : personal.commitIn(entry.subjectType, pointer, value))
  const before = side('/before', entry.before)
  const after = side('/after', entry.after)
  await db.execute(sql`
    WITH opened AS (${insertOpenings(id, personal.openings)})
    INSERT INTO audit_event (id, at, actor_kind, actor_id, actor_name, actor_name_committed, action, subject_type,
      subject_id, before, after, reason_committed, request_id, door)
    VALUES (${id}::uuid, ${now.toISOString()}::timestamptz, ${actor.kind}::actor_kind, ${actor.id}::uuid,
      ${actor.kind === 'system' ? actor.name : null}, ${named}, ${action}, ${entry.subjectType}, ${entry.subjectId},
      ${before}::jsonb, ${after}::jsonb, ${reason}, ${requestId}, ${door ?? null}::audit_door)`)
}

/** What narrows the log. */
export interface AuditFilter {
  subjectType?: string | undefined
  subjectId?: string | undefined
}

/** Events before a sequence number (none for the newest), newest first, at most `limit`, with what they hold apart. */
export async function findAuditEvents(
  db: Db,
  { subjectType, subjectId }: AuditFilter,
  before: bigint | null,
  limit: number,
) {
  const rows = await db.prisma.auditEvent.findMany({
    where: {
      ...(subjectType !== undefined && { subjectType }),
      ...(subjectId !== undefined && { subjectId }),
      ...(before !== null && { sequence: { lt: before } }),
    },
    orderBy: { sequence: 'desc' },
    take: limit,
  })
  return await openEvents(db, rows)
}
