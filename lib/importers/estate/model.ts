import { z } from 'zod'
import { contractStates, decisionEndpointSchema, durationSchema, limitsSchema, vectorsMax } from '@/lib/contracts/model'
import { layerIds } from '@/lib/layers'
import { assignmentStates, ownershipScopes } from '@/lib/ownership/model'
import {
  agentLifecycles,
  autonomies,
  bindingStates,
  classifications,
  credentialTypes,
  decisionModes,
  emailSchema,
  environmentSchema,
  externalIdSchema,
  identityIdSchema,
  identityPrimitives,
  knowns,
  membershipRoles,
  nameSchema,
  pathModes,
  personStatuses,
  pointKinds,
  proseSchema,
  riskTiers,
  slugSchema,
  teamFunctions,
  teamStatuses,
  toolActionSchema,
  toolKinds,
  toolLifecycles,
} from '@/lib/registry/model'
import { timeZoneSchema } from '@/lib/time/calendar'

/**
 * The estate format `pentarch/v1`: ownership as code, and what every importer turns its source into.
 * Everything is optional but the names: a key that is absent means "the source does not say" and leaves the
 * registry as it is. Unknown keys are errors. Subjects are named by slug, people by external id,
 * bindings as `agent/tool@environment`.
 */
const instantSchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], 'Not a date (2026-11-01) or instant (2026-11-01T00:00:00Z)')
  .transform((value) => new Date(value))
const versionSchema = z.number().int().min(1).max(1_000_000)
const environmentDefault = environmentSchema.default('production')

export const estatePersonSchema = z.strictObject({
  id: externalIdSchema,
  name: nameSchema,
  email: emailSchema.optional(),
  timeZone: timeZoneSchema.optional(),
  status: z.enum(personStatuses).optional(),
  manager: externalIdSchema.optional(),
})
export const estateMemberSchema = z.strictObject({
  person: externalIdSchema,
  role: z.enum(membershipRoles).default('member'),
})
export const estateTeamSchema = z.strictObject({
  slug: slugSchema,
  name: nameSchema,
  function: z.enum(teamFunctions).optional(),
  status: z.enum(teamStatuses).optional(),
  contact: emailSchema.optional(),
  members: z.array(estateMemberSchema).max(10_000).optional(),
})
export const estateAgentSchema = z.strictObject({
  slug: slugSchema,
  name: nameSchema,
  purpose: proseSchema.optional(),
  sponsor: externalIdSchema.optional(),
  autonomy: z.enum(autonomies).optional(),
  environment: environmentSchema.optional(),
  lifecycle: z.enum(agentLifecycles).optional(),
  identity: z.strictObject({ primitive: z.enum(identityPrimitives), id: identityIdSchema.optional() }).optional(),
  decisionLog: z.strictObject({ source: nameSchema, lastSeen: instantSchema.optional() }).optional(),
  /** Only its teams, and those who see everything, know of it. */
  restricted: z.boolean().optional(),
})
export const estatePointSchema = z.strictObject({
  slug: slugSchema,
  name: nameSchema,
  kind: z.enum(pointKinds),
  team: slugSchema.optional(),
  independentPrivileges: z.enum(knowns).optional(),
  /** Base address of its OpenID AuthZEN decision point, if it can be asked. */
  decisionEndpoint: decisionEndpointSchema.optional(),
})
export const estateToolSchema = z.strictObject({
  slug: slugSchema,
  name: nameSchema,
  description: proseSchema.optional(),
  kind: z.enum(toolKinds).optional(),
  classification: z.enum(classifications).optional(),
  independentPrivileges: z.enum(knowns).optional(),
  application: slugSchema.optional(),
  lifecycle: z.enum(toolLifecycles).optional(),
  actions: z.array(toolActionSchema).max(2000).optional(),
  /** Only its teams, and those who see everything, know of it. */
  restricted: z.boolean().optional(),
})
export const estateBindingSchema = z.strictObject({
  agent: slugSchema,
  tool: slugSchema,
  environment: environmentDefault,
  state: z.enum(bindingStates).optional(),
  /** When it became active; without it, the time of the import that first says so. */
  activeSince: instantSchema.optional(),
  intent: z
    .strictObject({
      text: proseSchema.min(1),
      approvedBy: externalIdSchema.optional(),
      approvedAt: instantSchema.optional(),
    })
    .optional(),
  actions: z.array(nameSchema).max(500).optional(),
  risk: z.enum(riskTiers).optional(),
  decisionMode: z.enum(decisionModes).optional(),
  credential: z.strictObject({ type: z.enum(credentialTypes), lifetime: durationSchema.optional() }).optional(),
  boundary: proseSchema.optional(),
  allowlist: z
    .strictObject({
      present: z.boolean(),
      reviewedAt: instantSchema.optional(),
      reviewedBy: externalIdSchema.optional(),
    })
    .optional(),
  path: z
    .array(z.strictObject({ point: slugSchema, mode: z.enum(pathModes).default('unknown') }))
    .max(20)
    .optional(),
  certifiedAt: instantSchema.optional(),
})
export const estateDelegationSchema = z.strictObject({
  from: slugSchema,
  to: slugSchema,
  scope: proseSchema.default(''),
})
export const estateOwnerSchema = z.strictObject({
  layer: z.enum(layerIds),
  scope: z.enum(ownershipScopes),
  /** Slug of the subject, `agent/tool@environment` for a binding; absent for the organisation. */
  subject: z
    .string()
    .max(260)
    .regex(
      /^[a-z0-9._-]+(?:\/[a-z0-9._-]+@[a-z0-9._-]+)?$/,
      'Name the subject by slug, a binding as agent/tool@environment',
    )
    .optional(),
  team: slugSchema,
  person: externalIdSchema.optional(),
  /** Who may succeed the person, in this order. */
  deputies: z.array(externalIdSchema).max(10).optional(),
  /** The team it takes over from: displaced even where a person has set it by hand, for it is named. */
  replaces: slugSchema.optional(),
  state: z.enum(assignmentStates).default('proposed'),
  since: instantSchema.optional(),
  reason: proseSchema.optional(),
})
export const estateContractSchema = z.strictObject({
  tool: slugSchema,
  version: versionSchema,
  state: z.enum(contractStates).default('draft'),
  author: slugSchema.optional(),
  /** Whose signature: the team answers for it, the person is who signed where that is known. */
  signedOffBy: z
    .strictObject({ person: externalIdSchema.optional(), team: slugSchema, at: instantSchema.optional() })
    .optional(),
  limits: limitsSchema.optional(),
})
export const estateAttestationSchema = z.strictObject({
  point: slugSchema,
  tool: slugSchema,
  contractVersion: versionSchema,
  at: instantSchema,
  by: externalIdSchema.optional(),
})
/** What a parity run found, so that an exported estate says by itself what the registry says. */
export const estateParityRunSchema = z.strictObject({
  tool: slugSchema,
  contractVersion: versionSchema,
  at: instantSchema,
  answers: z
    .array(
      z
        .strictObject({
          point: slugSchema,
          vector: nameSchema,
          expected: z.boolean(),
          decision: z.boolean().optional(),
          error: proseSchema.min(1).optional(),
        })
        .refine(
          ({ decision, error }) => (decision === undefined) !== (error === undefined),
          'Give the decision, or the error that stood in its place',
        ),
    )
    .min(1)
    .max(vectorsMax * 20),
})
export const estateExceptionSchema = z.strictObject({
  rule: slugSchema,
  subject: z
    .string()
    .min(1)
    .max(400)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}]+$/u, 'Contains control or invisible characters; remove them'),
  layer: z.enum(layerIds).optional(),
  /** The point of a path, where the rule finds fault point by point. */
  point: slugSchema.optional(),
  reason: proseSchema.min(3),
  approver: externalIdSchema,
  expires: instantSchema,
})

/** The schema of one entity of each collection. */
export const entitySchemas = {
  people: estatePersonSchema,
  teams: estateTeamSchema,
  agents: estateAgentSchema,
  enforcementPoints: estatePointSchema,
  tools: estateToolSchema,
  bindings: estateBindingSchema,
  delegations: estateDelegationSchema,
  owners: estateOwnerSchema,
  contracts: estateContractSchema,
  attestations: estateAttestationSchema,
  parityRuns: estateParityRunSchema,
  exceptions: estateExceptionSchema,
} as const

const list = <T extends z.ZodType>(schema: T) => z.array(schema).max(100_000).default([])

export const estateSchema = z.strictObject({
  apiVersion: z.literal('pentarch/v1'),
  kind: z.literal('Estate'),
  people: list(entitySchemas.people),
  teams: list(entitySchemas.teams),
  agents: list(entitySchemas.agents),
  enforcementPoints: list(entitySchemas.enforcementPoints),
  tools: list(entitySchemas.tools),
  bindings: list(entitySchemas.bindings),
  delegations: list(entitySchemas.delegations),
  owners: list(entitySchemas.owners),
  contracts: list(entitySchemas.contracts),
  attestations: list(entitySchemas.attestations),
  parityRuns: list(entitySchemas.parityRuns),
  exceptions: list(entitySchemas.exceptions),
})

/** A parsed estate: names resolved to nothing yet, defaults filled in. */
export type Estate = z.output<typeof estateSchema>
/** The collections of an estate, in an order in which each refers only to earlier ones (people to people apart). */
export const estateCollections = [
  'people',
  'teams',
  'enforcementPoints',
  'agents',
  'tools',
  'bindings',
  'delegations',
  'owners',
  'contracts',
  'attestations',
  'parityRuns',
  'exceptions',
] as const satisfies readonly (keyof Estate)[]
export type EstateCollection = (typeof estateCollections)[number]

export const emptyEstate = (): Estate => estateSchema.parse({ apiVersion: 'pentarch/v1', kind: 'Estate' })
