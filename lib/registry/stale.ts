import { isDeepStrictEqual } from 'node:util'
import { openEvents } from '@/lib/audit/opening-store'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'

/** The row an edit is about, and what an editor calls it. */
export interface EditedRow {
  type: string
  id: string
  version: number
  updatedAt?: Date
}

type JsonObject = Record<string, unknown>
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields that an event says were changed: those whose value differs between before and after. */
function fieldsOf(before: unknown, after: unknown): string[] {
  if (!isObject(after)) return []
  const was = isObject(before) ? before : {}
  return Object.keys(after).filter((field) => !isDeepStrictEqual(was[field], after[field]))
}

/**
 * Refuses an edit of a version that is not the present one, saying who changed which fields when.
 * @throws DomainError `stale`.
 */
export async function assertFresh(context: UseCaseContext, row: EditedRow, version: number): Promise<void> {
  if (row.version === version) return
  const newest = await context.db.prisma.auditEvent.findFirst({
    where: { subjectType: row.type, subjectId: row.id },
    orderBy: { sequence: 'desc' },
  })
  const [event] = await openEvents(context.db, newest ? [newest] : [])
  // A change that came with something wider (an import) has its event there; the older event here would name the wrong one.
  const told = event && (!row.updatedAt || event.at >= row.updatedAt) ? event : null
  const fields = told ? fieldsOf(told.before, told.after) : []
  const when = (told?.at ?? row.updatedAt)?.toISOString()
  const who = told ? `${told.actorName} changed ${fields.join(', ') || 'it'}` : 'It was changed'
  throw new DomainError(
    'stale',
    `${who}${when ? ` at ${when}` : ''}; you edited version ${version}, it is at ${row.version} now.`,
    {
      fields: fields.map((field) => ({ field, message: `Changed by ${told?.actorName ?? 'somebody else'}` })),
    },
  )
}
