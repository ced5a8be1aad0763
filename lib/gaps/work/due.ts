import { toJson } from '@/lib/audit/model'
import { policyOf } from '@/lib/settings/store'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { assertUnresolved } from './assign'
import { auditSubject, chosenGaps } from './chosen'
import { dueByPolicy } from './due-date'
import { writeGapEdits } from './gap-store'
import { setDueInput, workedSchema } from './model'

/** Moves the date by which gaps should be gone: all of them or none. */
export const setDueDate = defineCommand({
  name: 'gaps.setDue',
  summary: 'Move the due date of gaps, or put it back to what the policy says',
  method: 'POST',
  path: '/gaps/due',
  input: setDueInput,
  output: workedSchema,
  async handler(context, { ids, dueAt, reason, versions }) {
    const gaps = await chosenGaps(context, ids, versions)
    assertUnresolved(gaps)
    const date = dueAt === null ? null : new Date(dueAt)
    if (date && date <= context.now)
      throw new DomainError('invalid_input', 'A due date lies in the future.', {
        fields: [{ field: 'dueAt', message: 'Choose a date in the future' }],
      })
    const { dueDays } = await policyOf(context.db)
    const edits = gaps
      .map((gap) => ({ gap, at: date ?? dueByPolicy(gap, dueDays) }))
      .map(({ gap, at }) => ({
        gap,
        due: { at, byHand: date !== null },
        note: `Due ${at.toISOString().slice(0, 10)}${date ? '' : ' by policy'}: ${reason}`,
      }))
    await writeGapEdits(context, edits)
    return {
      output: { changed: edits.length },
      event: {
        ...auditSubject(gaps),
        before: toJson(gaps.map((gap) => ({ id: gap.id, dueAt: gap.dueAt }))),
        after: toJson(edits.map(({ gap, due }) => ({ id: gap.id, dueAt: due.at }))),
        reason,
      },
    }
  },
})
