import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { idSchema } from '@/lib/registry/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'

const undoMinutes = 15

/** The commands that name owners; each lists the assignments it made in its event. */
const undoable = ['assignments.create', 'ownership.mend']

const createdSchema = z.array(z.object({ id: z.string() }))

/** What this very account has set since then. Two people may share a name; the audit log tells their accounts apart. */
async function setByActor({ db, actor }: UseCaseContext, since: Date): Promise<Set<string>> {
  const events = await db.prisma.auditEvent.findMany({
    where: { actorId: actor.id, action: { in: undoable }, at: { gte: since } },
    select: { after: true },
  })
  return new Set(events.flatMap(({ after }) => createdSchema.parse(after).map(({ id }) => id)))
}

/**
 * Takes back assignments that the actor has just set: each becomes one that never held (an empty range, which the
 * no-overlap constraint ignores), and what it replaced is in office again as it was.
 */
export const undoAssignments = defineCommand({
  name: 'assignments.undo',
  summary: 'Take back assignments you set in the last 15 minutes',
  method: 'POST',
  path: '/assignments/undo',
  input: z.strictObject({ ids: z.array(idSchema).min(1).max(500) }),
  output: z.object({ undone: z.number().int() }),
  async handler(context, { ids }) {
    await lockEstate(context)
    const { prisma } = context.db
    const rows = await prisma.assignment.findMany({
      where: { id: { in: ids } },
      include: { replacedBy: { select: { id: true } } },
    })
    if (rows.length < new Set(ids).size) throw new DomainError('not_found', 'One of the assignments was not found.')
    const own = await setByActor(context, new Date(context.now.getTime() - undoMinutes * 60_000))
    for (const row of rows) {
      if (!own.has(row.id))
        throw new DomainError(
          'refused',
          `Only what you set yourself in the last ${undoMinutes} minutes can be taken back; end it instead.`,
        )
      const untouched =
        (row.state === 'proposed' || row.decidedBy === context.actor.name) &&
        row.state !== 'ended' &&
        row.state !== 'declined'
      if (!untouched || row.replacedBy.length > 0)
        throw new DomainError('wrong_state', 'Somebody has acted on it since; it cannot be taken back any more.')
    }
    const replaced = rows.flatMap((row) => (row.replacesId ? [row.replacesId] : []))
    await prisma.$executeRaw`
      UPDATE assignment SET state = 'ended', valid_to = valid_from, version = version + 1 WHERE id = ANY(${ids}::uuid[])`
    await prisma.$executeRaw`
      UPDATE assignment SET valid_to = NULL, version = version + 1,
        state = (CASE WHEN decided_at IS NULL THEN 'proposed' ELSE 'accepted' END)::assignment_state
      WHERE id = ANY(${replaced}::uuid[])`
    await settle(context, { assignments: [...ids, ...replaced] })
    return {
      output: { undone: rows.length },
      event: {
        subjectType: 'assignment',
        subjectId: ids.length === 1 ? String(ids[0]) : 'several',
        after: { undone: ids, reinstated: replaced },
      },
    }
  },
})
