import { z } from 'zod'
import { commaList, pageInput, pageOf } from '@/lib/http/page'
import { layerIds } from '@/lib/layers'
import { cellSchema, ownerStatuses } from '@/lib/ownership/model'
import {
  agentLifecycles,
  bindingStates,
  environmentSchema,
  riskTiers,
  slugSchema,
  toolKinds,
} from '@/lib/registry/model'

export const matrixSorts = ['agent', 'tool', 'risk'] as const
export type MatrixSort = (typeof matrixSorts)[number]

/** What narrows the matrix; the same filters make the counts and, later, exports and campaigns. */
export const matrixFilterShape = {
  state: commaList(z.enum(bindingStates)).optional().describe('State of the binding; active when absent'),
  risk: commaList(z.enum(riskTiers)).optional(),
  environment: commaList(environmentSchema).optional(),
  kind: commaList(z.enum(toolKinds)).optional().describe('Kind of the tool'),
  agent: slugSchema.optional(),
  tool: slugSchema.optional(),
  team: commaList(slugSchema).optional().describe('Effective owner of a cell'),
  layer: commaList(z.enum(layerIds)).optional().describe('Narrows `team` and `status` to these layers'),
  status: commaList(z.enum(ownerStatuses)).optional().describe('How a cell stands'),
  text: z.string().trim().max(100).optional().describe('Text in the names or slugs of agent and tool'),
}
export const matrixFilterSchema = z.strictObject(matrixFilterShape)
export type MatrixFilter = z.output<typeof matrixFilterSchema>

export const matrixInputSchema = z.strictObject({
  ...matrixFilterShape,
  sort: z.enum(matrixSorts).default('agent'),
  ...pageInput,
})

export const matrixRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  agent: z.object({ slug: z.string(), name: z.string(), lifecycle: z.enum(agentLifecycles), restricted: z.boolean() }),
  tool: z.object({ slug: z.string(), name: z.string(), kind: z.enum(toolKinds), restricted: z.boolean() }),
  environment: z.string(),
  risk: z.enum(riskTiers),
  state: z.enum(bindingStates),
  gaps: z.number().int().describe('Gaps that affect the binding and are not resolved'),
  cells: z.array(cellSchema).describe('One a layer, in the order of the layers'),
})
export type MatrixRow = z.infer<typeof matrixRowSchema>
export const matrixPageSchema = pageOf(matrixRowSchema)

/** The cells of one layer over all bindings of an agent or tool. */
const summaryCellSchema = z.object({
  layer: z.enum(layerIds),
  counts: z.record(z.enum(ownerStatuses), z.number().int()),
  teams: z
    .array(z.object({ slug: z.string(), name: z.string() }))
    .describe('Up to three owners, the most frequent first'),
  teamsMore: z.number().int(),
})
export const summaryRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  bindings: z.number().int(),
  gaps: z.number().int(),
  cells: z.array(summaryCellSchema),
})
export type SummaryRow = z.infer<typeof summaryRowSchema>

export const matrixCountsSchema = z.object({
  layers: z.array(z.object({ layer: z.enum(layerIds), counts: z.record(z.enum(ownerStatuses), z.number().int()) })),
})
export type MatrixCounts = z.infer<typeof matrixCountsSchema>
