import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { pathModes, slugSchema } from '@/lib/registry/model'
import {
  instantSchema,
  personRefSchema,
  pointRefSchema,
  searchText,
  teamRefSchema,
  toolRefSchema,
} from '@/lib/registry/shapes'
import { attestedStatuses } from './attested'
import { contractKey, contractStates, limitsShape } from './model'
import { contractModels } from './states'

/** `true`, or the reason why the asker may not. */
const verdictSchema = z.union([z.literal(true), z.string()])

export const listContractsInput = z.strictObject({
  q: searchText,
  tool: slugSchema.optional().describe('Slug of the tool'),
  state: commaList(z.enum(contractStates)).optional(),
  model: commaList(z.enum(contractModels))
    .optional()
    .describe('Who writes policy: a central team, or the application’s'),
  team: commaList(slugSchema).optional().describe('Slugs of author teams'),
  ...pageInput,
})

const signatureSchema = z.object({
  person: personRefSchema.nullable(),
  team: teamRefSchema.nullable(),
  at: instantSchema.nullable(),
})

const versionFields = {
  id: z.uuid(),
  tool: toolRefSchema,
  version: z.number().int(),
  state: z.enum(contractStates),
  discarded: z.boolean().describe('Superseded without ever having been in force'),
  model: z.enum(contractModels).nullable().describe('Who writes policy; null when no author is known'),
  author: teamRefSchema.nullable(),
  authoredBy: z.string().nullable(),
  signedOff: signatureSchema.nullable(),
  digest: z.string().describe('SHA-256 of the canonical form (RFC 8785) of the limits'),
  vectors: z.number().int(),
  inForceAt: instantSchema.nullable(),
  supersededAt: instantSchema.nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
}

/** A version of a contract as lists show it. */
export const contractRowSchema = z.object({
  ...versionFields,
  points: z
    .object({ enforcing: z.number().int(), attested: z.number().int() })
    .nullable()
    .describe('Points that enforce on active paths, and how many of them attest to it; of the version in force alone'),
})
export type ContractRow = z.infer<typeof contractRowSchema>

export const attestationSources = ['person', 'token', 'parity', 'import'] as const

export const attestationSchema = z.object({
  id: z.uuid(),
  version: z.number().int(),
  digest: z.string(),
  at: instantSchema,
  by: z.string(),
  source: z.enum(attestationSources),
  note: z.string().nullable(),
})

/** What a point attests to for a tool, beside what is in force there. */
export const standingSchema = z.object({
  tool: toolRefSchema,
  point: pointRefSchema,
  team: teamRefSchema.nullable().describe('Who runs the point'),
  isApplication: z.boolean().describe('Whether it is the application of the tool'),
  bindings: z.number().int().describe('Bindings whose path passes it'),
  modes: z.array(z.enum(pathModes)).describe('What it does on those paths'),
  enforces: z.boolean().describe('Whether it enforces on an active path, and so has to attest'),
  inForce: z.object({ version: z.number().int(), digest: z.string() }).nullable(),
  attestation: attestationSchema.nullable().describe('The latest'),
  status: z.enum(attestedStatuses),
  mayAttest: verdictSchema,
})
export type Standing = z.infer<typeof standingSchema>

export const contractDetailSchema = z.object({
  ...versionFields,
  revision: z.number().int().describe('To send with an edit or a move; refused when somebody was quicker'),
  note: z.string().nullable(),
  limits: limitsShape,
  canonical: z.string().describe('Canonical form (RFC 8785), what the digest is taken of'),
  remarks: z.array(z.object({ field: z.string(), text: z.string() })),
  versions: z.array(
    z.object({
      version: z.number().int(),
      state: z.enum(contractStates),
      discarded: z.boolean(),
      digest: z.string(),
      createdAt: instantSchema,
    }),
  ),
  points: z.object({ rows: z.array(standingSchema), more: z.boolean() }),
  attestWithinDays: z.number().int(),
  may: z.object({ edit: verdictSchema, sign: verdictSchema, activate: verdictSchema, discard: verdictSchema }),
})
export type ContractDetail = z.infer<typeof contractDetailSchema>

export const savedContractSchema = z.object({
  id: z.uuid(),
  tool: z.string(),
  version: z.number().int(),
  revision: z.number().int(),
  digest: z.string(),
})

/** A move of a version, with the revision that whoever makes it has read. */
export const moveInput = z.strictObject({
  ...contractKey,
  revision: z.number().int().min(1).describe('The revision you read; refused when somebody changed it since'),
})
