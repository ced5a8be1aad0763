import { z } from 'zod'
import type { EstateChange } from '@/lib/estate/settle'
import { lockEstate, settle } from '@/lib/estate/settle'
import { idSchema } from '@/lib/registry/model'
import { defineCommand } from '@/lib/use-cases/define'
import { type GapSubject, gapStates } from '../model'
import { gapsToWorkOn } from './gap-store'

/** Looks again, now, whether what the gap found is still there: the one way to resolve it. */
export const recheckGap = defineCommand({
  name: 'gaps.recheck',
  summary: 'Look again whether what a gap found is still there; if not, it resolves',
  method: 'POST',
  path: '/gaps/{id}/recheck',
  input: z.strictObject({ id: idSchema }),
  output: z.object({
    state: z.enum(gapStates),
    explanation: z.string().describe('What is found now, or what was found last'),
  }),
  async handler(context, { id }) {
    await lockEstate(context)
    const [before] = await gapsToWorkOn(context, [id])
    if (before) await settle(context, subjectAsChange(before.subject))
    const { state, explanation } = await context.db.prisma.gap.findUniqueOrThrow({
      where: { id },
      select: { state: true, explanation: true },
    })
    return {
      output: { state, explanation },
      event: { subjectType: 'gap', subjectId: id, before: { state: before?.state ?? null }, after: { state } },
    }
  },
})

/** The change that makes the rules look at a subject again. */
export function subjectAsChange({ type, id }: GapSubject): EstateChange {
  switch (type) {
    case 'agent':
      return { agents: [id] }
    case 'tool':
      return { tools: [id] }
    case 'binding':
      return { bindings: [id] }
    case 'assignment':
      return { assignments: [id] }
    case 'log':
      return { logs: [id] }
  }
}
