import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { idSchema, reasonSchema } from '@/lib/registry/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { getAssignment } from './assignment-store'
import { assignmentSchema } from './model'
import { holdsOrLeads } from './owner-named'
import { next } from './states'

/** The version of an assignment that its editor saw. */
export const versionSchema = z
  .number()
  .int()
  .optional()
  .describe('The version that was looked at: refused as stale when there is a newer one')

/** The assignment, with the estate locked, as it was when the caller looked. @throws DomainError `not_found` or `stale`. */
export async function lockedAssignment(context: UseCaseContext, id: string, version: number | undefined) {
  await lockEstate(context)
  const row = await context.db.prisma.assignment.findUnique({
    where: { id },
    include: { team: { select: { name: true } } },
  })
  if (!row) throw notFound('The assignment')
  if (version !== undefined && row.version !== version) {
    throw new DomainError('stale', `It is ${row.state} by now${row.decidedBy ? `, decided by ${row.decidedBy}` : ''}.`)
  }
  return row
}

async function decide(
  context: UseCaseContext,
  input: { id: string; reason?: string | undefined; version?: number | undefined },
  decision: 'accept' | 'decline',
) {
  const row = await lockedAssignment(context, input.id, input.version)
  if (!context.actor.leadOf.has(row.teamId)) {
    throw new DomainError('forbidden', `Only a lead of ${row.team.name} can ${decision} for it.`)
  }
  const state = next(row.state, decision)
  await context.db.prisma.assignment.update({
    where: { id: row.id },
    data: {
      state,
      decidedAt: context.now,
      decidedBy: context.actor.name,
      decisionReason: input.reason ?? null,
      version: { increment: 1 },
    },
  })
  await settle(context, { assignments: [row.id] })
  return {
    output: await getAssignment(context.db, row.id),
    event: {
      subjectType: 'assignment',
      subjectId: row.id,
      before: { state: row.state },
      after: { state },
      ...(input.reason !== undefined && { reason: input.reason }),
    },
  }
}

/** The named team takes the layer on. Only its lead can. */
export const acceptAssignment = defineCommand({
  name: 'assignments.accept',
  summary: 'Accept an ownership for your team',
  method: 'POST',
  path: '/assignments/{id}/accept',
  input: z.strictObject({ id: idSchema, reason: reasonSchema.optional(), version: versionSchema }),
  output: assignmentSchema,
  handler: (context, input) => decide(context, input, 'accept'),
})

/** The named team does not take the layer on, and says why. It supplies nothing from then on. */
export const declineAssignment = defineCommand({
  name: 'assignments.decline',
  summary: 'Decline an ownership for your team, with the reason',
  method: 'POST',
  path: '/assignments/{id}/decline',
  input: z.strictObject({ id: idSchema, reason: reasonSchema, version: versionSchema }),
  output: assignmentSchema,
  handler: (context, input) => decide(context, input, 'decline'),
})

/** Ends an ownership; the cell falls to the next wider assignment, or to nobody. */
export const endAssignment = defineCommand({
  name: 'assignments.end',
  summary: 'End an ownership',
  method: 'POST',
  path: '/assignments/{id}/end',
  input: z.strictObject({ id: idSchema, reason: reasonSchema, version: versionSchema }),
  output: assignmentSchema,
  async handler(context, input) {
    const row = await lockedAssignment(context, input.id, input.version)
    if (!holdsOrLeads(context.actor, row)) {
      throw new DomainError('forbidden', `Only a governance lead, or ${row.team.name}, can end this.`)
    }
    const state = next(row.state, 'end')
    // One that has not begun yet ends at its own beginning: it never held.
    const validTo = new Date(Math.max(row.validFrom.getTime(), context.now.getTime()))
    await context.db.prisma.assignment.update({
      where: { id: row.id },
      data: { state, validTo, version: { increment: 1 } },
    })
    await settle(context, { assignments: [row.id] })
    return {
      output: await getAssignment(context.db, row.id),
      event: {
        subjectType: 'assignment',
        subjectId: row.id,
        before: { state: row.state },
        after: { state },
        reason: input.reason,
      },
    }
  },
})
