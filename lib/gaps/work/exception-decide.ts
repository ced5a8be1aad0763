import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { idSchema, reasonSchema } from '@/lib/registry/model'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { isAboutActor, mayDecide, mayWithdraw } from './exception-states'
import { findExceptions, gapsCovered } from './exception-store'
import { gapsToWorkOn, writeGapEdits } from './gap-store'
import { exceptionSchema, type GapException } from './model'
import { subjectAsChange } from './recheck'

const decisionInput = z.strictObject({
  id: idSchema,
  note: reasonSchema.describe('Why, kept with the decision'),
  version: z
    .number()
    .int()
    .optional()
    .describe('The version that was looked at: refused as stale when there is a newer one'),
})
type DecisionInput = z.output<typeof decisionInput>
type Decision = 'approved' | 'refused' | 'withdrawn'

/** Accepts the risk until the exception expires. */
export const approveException = defineCommand({
  name: 'exceptions.approve',
  summary: 'Approve an exception that somebody else asked for',
  method: 'POST',
  path: '/exceptions/{id}/approve',
  reauthenticates: true,
  input: decisionInput,
  output: exceptionSchema,
  handler: (context, input) => decide(context, input, 'approved'),
})

export const refuseException = defineCommand({
  name: 'exceptions.refuse',
  summary: 'Refuse an exception that somebody else asked for',
  method: 'POST',
  path: '/exceptions/{id}/refuse',
  input: decisionInput,
  output: exceptionSchema,
  handler: (context, input) => decide(context, input, 'refused'),
})

/** Takes a request back, or ends what was approved before its time. */
export const withdrawException = defineCommand({
  name: 'exceptions.withdraw',
  summary: 'Withdraw an exception, asked for or in force',
  method: 'POST',
  path: '/exceptions/{id}/withdraw',
  input: decisionInput,
  output: exceptionSchema,
  handler: (context, input) => decide(context, input, 'withdrawn'),
})

async function lockedException(context: UseCaseContext, { id, version }: DecisionInput) {
  await lockEstate(context)
  const row = await context.db.prisma.gapException.findUnique({ where: { id } })
  if (!row) throw notFound('The exception')
  if (version !== undefined && row.version !== version)
    throw new DomainError('stale', `It is ${row.state} by now${row.decidedBy ? `, by ${row.decidedBy}` : ''}.`)
  return row
}

async function decide(context: UseCaseContext, input: DecisionInput, decision: Decision) {
  const row = await lockedException(context, input)
  const { actor, now, db } = context
  const withdrawing = decision === 'withdrawn'
  const verdict = withdrawing ? mayWithdraw(row, actor, now) : mayDecide(row, actor, now)
  if (verdict !== true) {
    const open = isAboutActor(row, now, withdrawing ? ['asked', 'in_force'] : ['asked'])
    throw new DomainError(open ? 'forbidden' : 'wrong_state', verdict)
  }
  await db.prisma.gapException.update({
    where: { id: row.id },
    data: {
      state: decision,
      ...(withdrawing
        ? { decisionNote: input.note }
        : { decidedById: actor.id, decidedBy: actor.name, decidedAt: now, decisionNote: input.note }),
      ...(decision === 'approved' && { approverId: actor.personId }),
      version: { increment: 1 },
    },
  })
  const gaps = await gapsToWorkOn(context, await gapsCovered(db, row.id))
  await writeGapEdits(
    context,
    gaps.map((gap) => ({ gap, note: `Exception ${decision}: ${input.note}` })),
  )
  await settle(context, subjectAsChange({ type: row.subjectType, id: row.subjectId }))
  return {
    output: await oneException(context, row.id),
    event: {
      subjectType: 'exception',
      subjectId: row.id,
      before: { state: row.state },
      after: { state: decision, rule: row.rule, subject: row.subject },
      reason: input.note,
    },
  }
}

/** @throws DomainError `not_found`. */
export async function oneException({ db, actor, now }: UseCaseContext, id: string): Promise<GapException> {
  const [found] = await findExceptions(db, { id }, 1, null, { actor, now })
  if (!found) throw notFound('The exception')
  return found.row
}
