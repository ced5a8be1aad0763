import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { layerIds } from '@/lib/layers'
import { bindingStates, riskTiers, slugSchema } from '@/lib/registry/model'
import { gapStates, gapSubjectTypes, severities } from './model'
import { exceptionStandings } from './work/model'

export const gapSorts = ['severity', 'due'] as const

/** The gaps of a list. What is left out does not narrow it; without a state, those that are not resolved. */
export const listGapsInput = z.strictObject({
  rule: commaList(z.string().max(60)).optional(),
  layer: commaList(z.enum(layerIds)).optional(),
  severity: commaList(z.enum(severities)).optional(),
  state: commaList(z.enum(gapStates)).optional().describe('Without it, every state but resolved'),
  subjectType: commaList(z.enum(gapSubjectTypes)).optional(),
  team: commaList(slugSchema)
    .optional()
    .describe('Slugs of teams that were named, or own the layer on an affected binding'),
  binding: z.string().max(260).optional().describe('Slug of a binding that is affected'),
  agent: slugSchema.optional().describe('On this agent, its bindings and its owners'),
  tool: slugSchema.optional().describe('On this tool, its bindings and its owners'),
  point: commaList(slugSchema).optional().describe('About these enforcement points'),
  assignee: commaList(z.string().max(120))
    .optional()
    .describe('External ids of people; `me` is who asks, `none` finds what nobody has taken on'),
  overdue: z.enum(['yes', 'no']).optional().describe('Whether its due date has passed'),
  framework: z.string().max(60).optional().describe('Found by a rule that evidences a control of this framework'),
  control: z.string().max(120).optional().describe('Found by a rule that evidences it: `framework:control`'),
  sort: z.enum(gapSorts).default('severity').describe('Worst and newest first, or what is due next first'),
  q: z.string().trim().max(200).optional().describe('Part of the slug or of the explanation'),
  ...pageInput,
})
export type GapFilter = Omit<z.output<typeof listGapsInput>, 'cursor' | 'limit'>

export const gapRowSchema = z.object({
  id: z.uuid(),
  rule: z.string(),
  title: z.string(),
  layer: z.enum(layerIds).nullable(),
  severity: z.enum(severities),
  state: z.enum(gapStates),
  subject: z.object({
    type: z.enum(gapSubjectTypes),
    slug: z.string().describe('An assignment is `layer:scope:subject`'),
    name: z.string(),
    id: z.uuid(),
  }),
  affected: z.number().int().describe('How many active bindings it affects'),
  point: z
    .object({ slug: z.string(), name: z.string() })
    .nullable()
    .describe('The enforcement point it is about, where a rule finds fault point by point'),
  since: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  overdue: z.boolean(),
  assignee: z.object({ id: z.string().describe('External id'), name: z.string() }).nullable(),
  exception: z
    .object({ id: z.uuid(), state: z.enum(exceptionStandings), expires: z.iso.datetime() })
    .nullable()
    .describe('The accepted risk that covers it, or was asked for'),
  comments: z.number().int(),
  explanation: z.string(),
})
export type GapListRow = z.infer<typeof gapRowSchema>

export const controlSchema = z.object({
  framework: z.object({ key: z.string(), title: z.string(), version: z.string(), url: z.string() }),
  id: z.string(),
  title: z.string(),
  reason: z.string(),
})

/** Most affected bindings and events inside one answer. */
export const gapNestedMax = 100

/** `true`, or why the one who asks may not. */
const verdictSchema = z.union([z.literal(true), z.string()])

export const gapDetailSchema = gapRowSchema.extend({
  resolvedAt: z.iso.datetime().nullable(),
  version: z.number().int(),
  dueByHand: z.boolean().describe('Somebody moved the date; a change of policy leaves it alone'),
  can: z
    .object({
      work: verdictSchema,
      take: verdictSchema,
      assign: verdictSchema,
      comment: verdictSchema,
      ask: verdictSchema,
    })
    .describe('What the one who asks may do with it, or why not'),
  when: z.string(),
  why: z.string(),
  fix: z.string(),
  controls: z.array(controlSchema),
  bindings: z.object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        slug: z.string(),
        agent: z.object({ slug: z.string(), name: z.string() }),
        tool: z.object({ slug: z.string(), name: z.string() }),
        environment: z.string(),
        state: z.enum(bindingStates),
        risk: z.enum(riskTiers),
      }),
    ),
    more: z.boolean(),
  }),
  history: z.array(
    z.object({
      at: z.iso.datetime(),
      from: z.enum(gapStates).nullable(),
      to: z.enum(gapStates),
      actor: z.string(),
      note: z.string().nullable(),
    }),
  ),
})
export type GapDetail = z.infer<typeof gapDetailSchema>

export const ruleSchema = z.object({
  id: z.string(),
  title: z.string(),
  placedOn: z.array(z.enum(gapSubjectTypes)),
  severityByRisk: z.record(z.enum(riskTiers), z.enum(severities)),
  when: z.string(),
  why: z.string(),
  fix: z.string(),
  controls: z.array(controlSchema),
})
