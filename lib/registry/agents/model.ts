import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { assignmentSchema, cellSchema } from '@/lib/ownership/model'
import { historyEntrySchema } from '@/lib/recertification/history/model'
import {
  agentLifecycles,
  autonomies,
  bindingStates,
  environmentSchema,
  externalIdSchema,
  identityIdSchema,
  identityPrimitives,
  nameSchema,
  proseSchema,
  reasonSchema,
  riskTiers,
  slugSchema,
} from '../model'
import {
  agentRefSchema,
  boundedOf,
  gapOnSchema,
  instantSchema,
  originSchema,
  personRefSchema,
  searchText,
  toolRefSchema,
  versionSchema,
} from '../shapes'

export const agentSorts = ['name', '-name'] as const

export const listAgentsInput = z.strictObject({
  q: searchText,
  lifecycle: commaList(z.enum(agentLifecycles)).optional(),
  autonomy: commaList(z.enum(autonomies)).optional(),
  environment: commaList(environmentSchema).optional(),
  sponsor: externalIdSchema.optional().describe('External id of the sponsor'),
  sort: z.enum(agentSorts).default('name'),
  ...pageInput,
})

/** An agent as lists show it. */
export const agentRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  restricted: z.boolean().describe('Whether only its teams, and those who see everything, know of it'),
  purpose: z.string().describe('The first 200 characters'),
  lifecycle: z.enum(agentLifecycles),
  autonomy: z.enum(autonomies),
  environment: z.string(),
  sponsor: personRefSchema.nullable(),
  bindings: z.number().int().describe('Bindings that are not revoked'),
  openGaps: z.number().int().describe('Open gaps on it, its bindings and its owners'),
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
})
export type AgentRow = z.infer<typeof agentRowSchema>

const identitySchema = z.object({ primitive: z.enum(identityPrimitives), id: z.string().nullable() })
const delegationEndSchema = z.object({ id: z.uuid(), agent: agentRefSchema, scope: z.string() })

/** An agent as its page shows it. */
export const agentDetailSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  restricted: z.boolean().describe('Whether only its teams, and those who see everything, know of it'),
  purpose: z.string(),
  lifecycle: z.enum(agentLifecycles),
  autonomy: z.enum(autonomies),
  environment: z.string(),
  sponsor: personRefSchema.nullable(),
  identity: identitySchema.nullable(),
  decisionLog: z.object({ source: z.string(), lastSeen: instantSchema.nullable() }).nullable(),
  bindingsHeld: z.number().int().describe('Bindings that are not revoked'),
  bindings: boundedOf(
    z.object({
      id: z.uuid(),
      slug: z.string(),
      tool: toolRefSchema,
      environment: z.string(),
      state: z.enum(bindingStates),
      risk: z.enum(riskTiers),
      openGaps: z.number().int(),
      owners: z.array(cellSchema),
    }),
  ),
  delegatesTo: boundedOf(delegationEndSchema),
  delegatedBy: boundedOf(delegationEndSchema),
  assignments: boundedOf(assignmentSchema).describe('Owners named for this very agent, ended ones left out'),
  certificationHistory: z
    .array(historyEntrySchema)
    .describe('The campaigns that asked about the owners named for it, newest first'),
  gaps: boundedOf(gapOnSchema),
  ...originSchema,
})
export type AgentDetail = z.infer<typeof agentDetailSchema>

const agentFields = {
  name: nameSchema,
  purpose: proseSchema.optional(),
  sponsor: externalIdSchema.nullable().optional().describe('External id of the person who sponsors it'),
  autonomy: z.enum(autonomies).optional(),
  environment: environmentSchema.optional(),
  identity: z
    .strictObject({ primitive: z.enum(identityPrimitives), id: identityIdSchema.nullable().default(null) })
    .nullable()
    .optional(),
  decisionLogSource: nameSchema.nullable().optional().describe('Where its decisions are logged'),
  restricted: z
    .boolean()
    .optional()
    .describe(
      'Whether only its teams, governance leads, auditors and admins know of it; for governance leads and admins to say',
    ),
  reason: reasonSchema.optional(),
}

export const createAgentInput = z.strictObject({ slug: slugSchema.optional(), ...agentFields })

export const updateAgentInput = z.strictObject({
  slug: slugSchema,
  version: versionSchema,
  ...agentFields,
  name: nameSchema.optional(),
})

export const transitionAgentInput = z.strictObject({
  slug: slugSchema,
  version: versionSchema,
  to: z.enum(agentLifecycles),
  reason: reasonSchema.optional(),
})
