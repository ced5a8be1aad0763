import { z } from 'zod'
import { layerIds } from '@/lib/layers'
import { ownerStatuses } from '@/lib/ownership/model'
import { riskTiers, slugSchema } from '@/lib/registry/model'
import { agentRefSchema } from '@/lib/registry/shapes'

/** Bounds of one picture: what is still readable, and still quick to lay out. */
export const graphLimits = { agentsMax: 500, delegationsMax: 2000, stepsMax: 20, stepsDefault: 2 } as const

export const graphInput = z.strictObject({
  agent: slugSchema
    .optional()
    .describe('Only the neighbourhood of this agent: whom it calls and who calls it, step by step'),
  steps: z
    .number()
    .int()
    .min(1)
    .max(graphLimits.stepsMax)
    .default(graphLimits.stepsDefault)
    .describe('How many steps of the neighbourhood, up and down'),
  limit: z.number().int().min(1).max(graphLimits.agentsMax).default(graphLimits.agentsMax).describe('Most agents'),
})
export type GraphInput = z.output<typeof graphInput>

const toolNameSchema = z.object({ slug: z.string(), name: z.string() })
const listedOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), count: z.number().int().describe('All of them; `rows` holds the first') })

/** What the called agent can do that the calling one cannot. */
export const wideningSchema = z.object({
  tools: listedOf(
    z.object({ tool: toolNameSchema, risk: z.enum(riskTiers), independentPrivileges: z.boolean() }),
  ).describe('Tools that only the called agent reaches'),
  actions: listedOf(z.object({ tool: toolNameSchema, actions: z.array(z.string()) })),
  risks: listedOf(z.object({ tool: toolNameSchema, from: z.enum(riskTiers), to: z.enum(riskTiers) })),
  independentPrivileges: listedOf(toolNameSchema),
})
export type ShownWidening = z.infer<typeof wideningSchema>

const graphAgentSchema = agentRefSchema.extend({
  layers: z
    .partialRecord(z.enum(layerIds), z.enum(ownerStatuses))
    .describe('The worst status of each layer over its active bindings; empty without one'),
  worst: z.enum(ownerStatuses).nullable().describe('The worst of all its layers; null without an active binding'),
  depth: z.number().int().describe('Delegations on the longest chain that leads to it in this picture'),
  hole: z
    .object({ id: z.uuid(), explanation: z.string() })
    .nullable()
    .describe('The open gap about its chain, where it is the head of one or on a loop'),
})
export type GraphAgent = z.infer<typeof graphAgentSchema>

const graphEdgeSchema = z.object({
  id: z.uuid(),
  from: z.uuid().describe('Id of the agent that calls'),
  to: z.uuid().describe('Id of the agent that is called'),
  scope: z.string(),
  widening: wideningSchema.nullable(),
  looped: z.boolean().describe('Whether it lies on a loop'),
  tooDeep: z.boolean().describe('Whether it lies deeper than the policy lets chains be'),
})
export type GraphEdge = z.infer<typeof graphEdgeSchema>

export const graphSchema = z.object({
  agents: z.array(graphAgentSchema),
  delegations: z.array(graphEdgeSchema),
  moreAgents: z.boolean().describe('Whether there are agents beyond the limit'),
  moreDelegations: z.boolean().describe('Whether there are delegations between these agents beyond the limit'),
  depthMax: z.number().int().describe('How deep the policy lets chains be'),
})
export type DelegationGraph = z.infer<typeof graphSchema>
