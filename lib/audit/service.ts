import { z } from 'zod'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { defineQuery } from '@/lib/use-cases/define'
import { findAuditEvents } from './store'

const actorKinds = ['account', 'token', 'system'] as const

const storedJson = z.unknown().pipe(z.json()).describe('null for none')

/** One change: who did what to what, when and why, with the fields that changed before and after. */
export const auditEventSchema = z.object({
  id: z.uuid(),
  sequence: z.number().int(),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(actorKinds), id: z.uuid().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: storedJson,
  after: storedJson,
  reason: z.string().nullable(),
  requestId: z.string(),
})

const subjectText = z.string().min(1).max(200)

const listAudit = defineQuery({
  name: 'audit.list',
  summary: 'Changes, newest first: of one subject, or all',
  method: 'GET',
  path: '/audit',
  input: z.strictObject({
    subjectType: subjectText
      .optional()
      .describe('Such as agent, tool, team, person, enforcement_point, binding, assignment'),
    subjectId: subjectText.optional().describe('Id of the subject; needs `subjectType`'),
    ...pageInput,
  }),
  output: pageOf(auditEventSchema),
  async handler({ db }, { cursor, limit, ...filter }) {
    const list = listName('audit', filter)
    const start = startOf(list, cursor)
    const events = await findAuditEvents(db, filter, start === null ? null : BigInt(start[0] ?? 0), limit + 1)
    const rows = events.map((event) => ({
      id: event.id,
      sequence: Number(event.sequence),
      at: event.at.toISOString(),
      actor: { kind: event.actorKind, id: event.actorId, name: event.actorName },
      action: event.action,
      subject: { type: event.subjectType, id: event.subjectId },
      before: event.before,
      after: event.after,
      reason: event.reason,
      requestId: event.requestId,
    }))
    return cutPage(list, rows, limit, (row) => [row.sequence])
  },
})

export const auditUseCases = { 'audit.list': listAudit }
