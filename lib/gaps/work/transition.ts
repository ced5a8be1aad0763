import { toJson } from '@/lib/audit/model'
import { defineCommand } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { assertStanding, auditSubject, chosenGaps } from './chosen'
import { writeGapEdits } from './gap-store'
import { transitionInput, workedSchema } from './model'
import { isWorkState, mayMove } from './states'

/** Says how far work on gaps has come: all of them or none. */
export const transitionGaps = defineCommand({
  name: 'gaps.transition',
  summary: 'Acknowledge gaps, start to mend them, or put them back to open',
  method: 'POST',
  path: '/gaps/transition',
  input: transitionInput,
  output: workedSchema,
  async handler(context, { ids, to, note, versions }) {
    const gaps = await chosenGaps(context, ids, versions)
    await assertStanding(context, gaps)
    // Those that are there already are as asked for.
    const moving = gaps.filter(({ state }) => state !== to || !isWorkState(to))
    for (const gap of moving) {
      const verdict = mayMove(gap.state, to)
      if (verdict !== true)
        throw new DomainError(
          'wrong_state',
          `${gap.rule} on ${gap.subjectSlug}: ${verdict}${gaps.length > 1 ? ' Nothing was changed.' : ''}`,
        )
    }
    await writeGapEdits(
      context,
      moving.map((gap) => ({ gap, state: to, note: note || null })),
    )
    return {
      output: { changed: moving.length },
      event: {
        ...auditSubject(gaps),
        before: toJson(moving.map(({ id, state }) => ({ id, state }))),
        after: toJson(moving.map(({ id }) => ({ id, state: to }))),
        ...(note && { reason: note }),
      },
    }
  },
})
