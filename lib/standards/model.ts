import { z } from 'zod'
import { severities } from '@/lib/gaps/model'

/**
 * What the register can say of a control. It never says that a control is fulfilled: only whether a rule looks at it,
 * and whether what those rules look for is there.
 */
export const controlVerdicts = ['gaps', 'excepted', 'met', 'not_evidenced'] as const
export type ControlVerdict = (typeof controlVerdicts)[number]

const count = z.number().int()

export const frameworkRowSchema = z.object({
  key: z.string(),
  title: z.string(),
  version: z.string(),
  url: z.string(),
  controls: count,
  verdicts: z.object({
    gaps: count.describe('Controls with an open gap among the rules that evidence them'),
    excepted: count.describe('Controls whose only findings are excepted ones'),
    met: count.describe('Controls without a finding among the rules that evidence them'),
    not_evidenced: count.describe('Controls that no rule looks at'),
  }),
})
export type FrameworkRow = z.infer<typeof frameworkRowSchema>

export const controlRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  verdict: z.enum(controlVerdicts),
  open: count.describe('Gaps that are open, acknowledged or remediating, of the rules that evidence it'),
  excepted: count,
  worst: z.enum(severities).nullable().describe('The worst severity among the open gaps'),
  rules: z.array(z.object({ id: z.string(), title: z.string(), reason: z.string(), open: count, excepted: count })),
})
export type ControlRow = z.infer<typeof controlRowSchema>

export const frameworkDetailSchema = frameworkRowSchema.extend({
  licence: z.string(),
  rows: z.array(controlRowSchema),
})
export type FrameworkDetail = z.infer<typeof frameworkDetailSchema>
