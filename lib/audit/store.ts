import type { UseCaseName } from '@/lib/access/permissions'
import type { Db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { AuditEntry, Json } from './model'

const orNull = (value: Json | undefined) => (value === undefined || value === null ? Prisma.DbNull : value)

/** Appends one event. Only the runner of commands calls this, inside the command's transaction. */
export async function appendAuditEvent(context: UseCaseContext, action: UseCaseName, entry: AuditEntry): Promise<void> {
  await context.db.prisma.auditEvent.create({
    data: {
      id: entry.id ?? context.newId(),
      at: context.now,
      actorKind: context.actor.kind,
      actorId: context.actor.id,
      actorName: context.actor.name,
      action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      before: orNull(entry.before),
      after: orNull(entry.after),
      reason: entry.reason ?? null,
      requestId: context.requestId,
      door: context.door ?? null,
    },
  })
}

/** What narrows the log. */
export interface AuditFilter {
  subjectType?: string | undefined
  subjectId?: string | undefined
}

/** Events before a sequence number (none for the newest), newest first, at most `limit`. */
export async function findAuditEvents(
  db: Db,
  { subjectType, subjectId }: AuditFilter,
  before: bigint | null,
  limit: number,
) {
  return await db.prisma.auditEvent.findMany({
    where: {
      ...(subjectType !== undefined && { subjectType }),
      ...(subjectId !== undefined && { subjectId }),
      ...(before !== null && { sequence: { lt: before } }),
    },
    orderBy: { sequence: 'desc' },
    take: limit,
  })
}
