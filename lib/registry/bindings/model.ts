import { z } from 'zod'
import { attestedStatuses } from '@/lib/contracts/attested'
import { commaList, pageInput } from '@/lib/http/page'
import { assignmentSchema, cellSchema, ownershipScopes } from '@/lib/ownership/model'
import { certificationSchema, historyEntrySchema } from '@/lib/recertification/history/model'
import { activationModes } from '@/lib/settings/model'
import {
  bindingStates,
  credentialTypes,
  decisionModes,
  environmentSchema,
  externalIdSchema,
  idSchema,
  knowns,
  nameSchema,
  pathModes,
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
  pointRefSchema,
  searchText,
  teamRefSchema,
  toolRefSchema,
  versionSchema,
} from '../shapes'
import { pathPointsMax } from './path'
import { trustRules } from './trust'

/** A binding by id or as `agent/tool@environment`; in addresses a tilde may stand for the slash. */
export const bindingKeySchema = z
  .union(
    [idSchema, z.string().regex(/^[a-z0-9._-]+[/~][a-z0-9._-]+@[a-z0-9._-]+$/)],
    'Name the binding as agent/tool@environment, or by id',
  )
  .transform((key) => key.replace('~', '/'))
  .describe('agent/tool@environment (or agent~tool@environment), or the id')

export const bindingSorts = ['slug', '-slug', 'tool', '-tool', 'risk', '-risk', 'state', '-state'] as const

export const listBindingsInput = z.strictObject({
  q: searchText,
  agent: slugSchema.optional(),
  tool: slugSchema.optional(),
  point: slugSchema.optional().describe('Slug of an enforcement point that its path passes'),
  state: commaList(z.enum(bindingStates)).optional(),
  risk: commaList(z.enum(riskTiers)).optional(),
  environment: commaList(environmentSchema).optional(),
  sort: z.enum(bindingSorts).default('slug'),
  ...pageInput,
})

/** A binding as lists show it. */
export const bindingRowSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  agent: agentRefSchema,
  tool: toolRefSchema,
  environment: z.string(),
  state: z.enum(bindingStates),
  risk: z.enum(riskTiers),
  decisionMode: z.enum(decisionModes),
  credentialType: z.enum(credentialTypes),
  certifiedAt: instantSchema.nullable(),
  certifiedUntil: instantSchema
    .nullable()
    .describe(
      'The last instant at which it counts, or counted, as certified; null when it was never certified, or is revoked',
    ),
  openGaps: z.number().int().describe('Open gaps that affect it'),
  source: z.string(),
  lastSeenAt: instantSchema.nullable(),
})
export type BindingRow = z.infer<typeof bindingRowSchema>

const pathStepSchema = z.object({
  position: z.number().int(),
  point: pointRefSchema,
  mode: z.enum(pathModes),
  independentPrivileges: z.enum(knowns),
  team: teamRefSchema.nullable().describe('Who runs the point; that is no ownership'),
  owner: assignmentSchema.nullable().describe('Who owns enforcement at this point'),
  ownerSource: z.enum(ownershipScopes).nullable().describe('The level at which that owner is named'),
  canBeAsked: z.boolean().describe('Whether it has an AuthZEN endpoint that can be asked for decisions'),
  attestation: z
    .object({ digest: z.string(), contractVersion: z.number().int(), at: instantSchema, by: z.string() })
    .nullable()
    .describe('Which contract of the tool it last said it enforces'),
  standing: z.enum(attestedStatuses).nullable().describe('How that compares with the contract in force'),
})

const trustBreakSchema = z.object({
  before: z.number().int().describe('Position of the step in front of which it breaks; the tool comes after the last'),
  rule: z.enum(trustRules),
  reason: z.string(),
})

/** A binding as its page shows it. */
export const bindingDetailSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  agent: agentRefSchema,
  tool: toolRefSchema,
  application: pointRefSchema.nullable().describe("The tool's application"),
  toolIndependentPrivileges: z.enum(knowns),
  environment: z.string(),
  state: z.enum(bindingStates),
  activation: z.enum(activationModes).describe('What the policy does when it is to become active with a layer unowned'),
  activeSince: instantSchema.nullable(),
  intent: z
    .object({ text: z.string(), approvedBy: personRefSchema.nullable(), approvedAt: instantSchema.nullable() })
    .nullable(),
  actions: z.array(z.string()),
  risk: z.enum(riskTiers),
  decisionMode: z.enum(decisionModes),
  credential: z.object({ type: z.enum(credentialTypes), lifetimeSeconds: z.number().int().nullable() }),
  boundary: z.string().nullable(),
  allowlist: z
    .object({ present: z.boolean(), reviewedAt: instantSchema.nullable(), reviewedBy: personRefSchema.nullable() })
    .nullable()
    .describe('null when the source cannot tell'),
  certifiedAt: instantSchema.nullable(),
  certification: certificationSchema,
  certificationHistory: z
    .array(historyEntrySchema)
    .describe('The campaigns that asked about it and what took its certification away, newest first'),
  owners: z
    .array(cellSchema.extend({ assignment: assignmentSchema.nullable() }))
    .describe('One a layer, in the order of the layers, each with the assignment that supplies it'),
  path: z.array(pathStepSchema),
  contract: z
    .object({ version: z.number().int(), digest: z.string() })
    .nullable()
    .describe("The tool's contract in force"),
  breaks: z.array(trustBreakSchema).describe('Where the chain of trust along the path breaks'),
  gaps: boundedOf(gapOnSchema).describe('Open gaps that affect it, wherever they are placed'),
  ...originSchema,
})
export type BindingDetail = z.infer<typeof bindingDetailSchema>

const lifetimeSecondsMax = 10 * 365 * 86_400

const bindingFields = {
  actions: z.array(nameSchema).max(500).optional(),
  risk: z.enum(riskTiers).optional(),
  decisionMode: z.enum(decisionModes).optional(),
  credential: z
    .strictObject({
      type: z.enum(credentialTypes),
      lifetimeSeconds: z.number().int().min(1).max(lifetimeSecondsMax).nullable().default(null),
    })
    .optional(),
  boundary: proseSchema.min(1).nullable().optional().describe('What bounds its privilege'),
  allowlist: z
    .strictObject({
      present: z.boolean(),
      reviewedAt: z.iso.datetime({ offset: true }).nullable().default(null),
      reviewedBy: externalIdSchema.nullable().default(null),
    })
    .nullable()
    .optional(),
  path: z
    .array(z.strictObject({ point: slugSchema, mode: z.enum(pathModes).default('unknown') }))
    .max(pathPointsMax)
    .optional()
    .describe('Enforcement points in call order, the application last'),
  reason: reasonSchema.optional(),
}

export const createBindingInput = z.strictObject({
  agent: slugSchema,
  tool: slugSchema,
  environment: environmentSchema.optional().describe("The agent's when absent"),
  intent: proseSchema.min(1).nullable().optional().describe('What the access is for'),
  ...bindingFields,
})

export const updateBindingInput = z.strictObject({
  binding: bindingKeySchema,
  version: versionSchema,
  intent: proseSchema
    .min(1)
    .nullable()
    .optional()
    .describe('What the access is for; a new text has to be approved again'),
  approveIntent: z.literal(true).optional().describe('Approves the intent as it is after this edit, in your name'),
  ...bindingFields,
})
export type BindingFieldsInput = Omit<z.output<typeof updateBindingInput>, 'binding' | 'version' | 'reason'>

export const transitionBindingInput = z.strictObject({
  binding: bindingKeySchema,
  version: versionSchema,
  to: z.enum(bindingStates),
  reason: reasonSchema.optional(),
})
