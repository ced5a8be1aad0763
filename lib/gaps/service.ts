import { z } from 'zod'
import { lockEstate } from '@/lib/estate/settle'
import { cutPage, listName, pageOf, startOf } from '@/lib/http/page'
import { endExpired } from '@/lib/ownership/expire-store'
import { rebuildCells } from '@/lib/ownership/store'
import { reviewSuccessions } from '@/lib/ownership/succession/settle'
import { idSchema } from '@/lib/registry/model'
import { controlsOf } from '@/lib/standards/controls'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { gapQueryOf } from './query'
import { evaluateEverything } from './reevaluate'
import { rules } from './rules'
import { gapDetailSchema, gapRowSchema, listGapsInput, ruleSchema } from './shapes'
import { getGap } from './store/get'
import { findGaps, gapCursorKey } from './store/list'
import { gapWorkUseCases } from './work/service'

const listGaps = defineQuery({
  name: 'gaps.list',
  summary: 'Gaps, worst and newest first',
  method: 'GET',
  path: '/gaps',
  input: listGapsInput,
  output: pageOf(gapRowSchema),
  async handler(context, { cursor, limit, ...filter }) {
    const query = await gapQueryOf(context, filter)
    // `me` is another list for everybody.
    const list = listName('gaps', query)
    const rows = await findGaps(context.db, query, limit + 1, startOf(list, cursor), context.now)
    return cutPage(list, rows, limit, (row) => gapCursorKey(filter.sort, row))
  },
})

const getOneGap = defineQuery({
  name: 'gaps.get',
  summary: 'One gap with its rule, what it affects and its history',
  method: 'GET',
  path: '/gaps/{id}',
  input: z.strictObject({ id: idSchema }),
  output: gapDetailSchema,
  handler: ({ db, actor, now }, { id }) => getGap(db, id, actor, now),
})

const evaluateGaps = defineCommand({
  name: 'gaps.evaluate',
  summary: 'Bring owners and gaps in line with the passing of time',
  method: 'POST',
  path: '/gaps/evaluate',
  input: z.strictObject({}),
  output: z.object({
    opened: z.number().int(),
    reopened: z.number().int(),
    excepted: z.number().int(),
    updated: z.number().int(),
    resolved: z.number().int(),
    endedAssignments: z.number().int(),
    movedCells: z.number().int(),
  }),
  async handler(context) {
    await lockEstate(context)
    const endedAssignments = await endExpired(context.db, context.now)
    // An assignment that begins today owned nothing yesterday: time moves owners as well.
    const { cells: movedCells } = await rebuildCells(context.db, context.now)
    await reviewSuccessions(context)
    const output = { ...(await evaluateEverything(context)), endedAssignments, movedCells }
    return { output, event: { subjectType: 'gaps', subjectId: 'all', after: output } }
  },
})

const listRules = defineQuery({
  name: 'rules.list',
  summary: 'The gap rules: when each fires, why it matters, how to mend it, what it is evidence for',
  method: 'GET',
  path: '/rules',
  input: z.strictObject({}),
  output: z.object({ rows: z.array(ruleSchema) }),
  async handler() {
    const rows = rules.map(({ evaluate, placedOn, ...rule }) => ({
      ...rule,
      placedOn: [...placedOn],
      controls: controlsOf(rule.id),
    }))
    return { rows }
  },
})

export const gapUseCases = {
  'gaps.list': listGaps,
  'gaps.get': getOneGap,
  'gaps.evaluate': evaluateGaps,
  'rules.list': listRules,
  ...gapWorkUseCases,
}
