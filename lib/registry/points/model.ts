import { z } from 'zod'
import { decisionEndpointSchema } from '@/lib/contracts/model'
import { commaList, pageInput } from '@/lib/http/page'
import { credentialKinds } from '@/lib/integrations/authzen/model'
import { assignmentSchema } from '@/lib/ownership/model'
import { bindingStates, knowns, nameSchema, pathModes, pointKinds, reasonSchema, riskTiers, slugSchema } from '../model'
import {
  agentRefSchema,
  boundedOf,
  gapOnSchema,
  instantSchema,
  originSchema,
  searchText,
  teamRefSchema,
  toolRefSchema,
  versionSchema,
} from '../shapes'

export const pointSorts = ['name', '-name'] as const

export const listPointsInput = z.strictObject({
  q: searchText,
  kind: commaList(z.enum(pointKinds)).optional(),
  independentPrivileges: commaList(z.enum(knowns)).optional(),
  team: commaList(slugSchema).optional().describe('Slugs of the teams that run it'),
  sort: z.enum(pointSorts).default('name'),
  ...pageInput,
})

/** An enforcement point as lists show it. */
export const pointRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(pointKinds),
  team: teamRefSchema.nullable().describe('Who runs it; owning enforcement there has to be taken on'),
  independentPrivileges: z.enum(knowns),
  tools: z.number().int().describe('Tools whose application it is'),
  bindings: z.number().int().describe('Bindings whose path passes it; 1001 means more than 1,000'),
  openGaps: z.number().int(),
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
})
export type PointRow = z.infer<typeof pointRowSchema>

/** An enforcement point as its page shows it. */
export const pointDetailSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  kind: z.enum(pointKinds),
  team: teamRefSchema.nullable(),
  independentPrivileges: z.enum(knowns),
  decisionEndpoint: z
    .string()
    .nullable()
    .describe('Base address of its AuthZEN decision point; null when it cannot be asked'),
  credentialKind: z.enum(credentialKinds).describe('What it is asked with; the credential itself is never shown'),
  tools: boundedOf(toolRefSchema).describe('Tools whose application it is'),
  bindings: boundedOf(
    z.object({
      id: z.uuid(),
      slug: z.string(),
      agent: agentRefSchema,
      tool: toolRefSchema,
      environment: z.string(),
      state: z.enum(bindingStates),
      risk: z.enum(riskTiers),
      position: z.number().int().describe('Place in call order, from 0'),
      steps: z.number().int().describe('How many points the path has'),
      mode: z.enum(pathModes),
    }),
  ).describe('Bindings whose path passes it'),
  assignments: boundedOf(assignmentSchema),
  gaps: boundedOf(gapOnSchema),
  ...originSchema,
})
export type PointDetail = z.infer<typeof pointDetailSchema>

const pointFields = {
  team: slugSchema.nullable().optional().describe('Slug of the team that runs it'),
  independentPrivileges: z.enum(knowns).optional().describe('Whether it can act with credentials of its own'),
  decisionEndpoint: decisionEndpointSchema
    .nullable()
    .optional()
    .describe('Base address of its AuthZEN decision point. Another host than before forgets the credential'),
  reason: reasonSchema.optional(),
}

export const createPointInput = z.strictObject({
  slug: slugSchema.optional(),
  name: nameSchema,
  kind: z.enum(pointKinds),
  ...pointFields,
})

export const updatePointInput = z.strictObject({
  slug: slugSchema,
  version: versionSchema,
  name: nameSchema.optional(),
  kind: z.enum(pointKinds).optional(),
  ...pointFields,
})
