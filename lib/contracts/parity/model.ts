import { z } from 'zod'
import { pageInput } from '@/lib/http/page'
import { credentialKinds } from '@/lib/integrations/authzen/model'
import { slugSchema } from '@/lib/registry/model'
import { boundedOf, instantSchema, pointRefSchema, toolRefSchema } from '@/lib/registry/shapes'
import { decisionVectorSchema } from '../model'
import { outcomes } from './outcome'

export const parityStates = ['running', 'finished', 'failed'] as const
export const parityTriggers = ['schedule', 'hand', 'import'] as const

const tallySchema = z.record(z.enum(outcomes), z.number().int())
const contractRefSchema = z.object({ version: z.number().int(), digest: z.string() })

export const toolInput = z.strictObject({ slug: slugSchema.describe('Slug of the tool') })
export const listRunsInput = z.strictObject({ ...toolInput.shape, ...pageInput })

/** A run as lists show it. */
export const runRowSchema = z.object({
  id: z.uuid(),
  contract: contractRefSchema,
  state: z.enum(parityStates),
  trigger: z.enum(parityTriggers),
  by: z.string(),
  startedAt: instantSchema,
  finishedAt: instantSchema.nullable(),
  failure: z.string().nullable(),
  answers: tallySchema.describe('Over all points'),
  points: z.number().int().describe('Points that were asked'),
})
export type RunRow = z.output<typeof runRowSchema>

/** A question of the contract, with what every point has to answer. */
const vectorSchema = z.object({
  vector: z.number().int().describe('Place in the contract, from 0'),
  name: z.string(),
  expected: z.boolean(),
  question: decisionVectorSchema
    .omit({ name: true, decision: true })
    .nullable()
    .describe('null when it is not known any more'),
  answers: z
    .array(
      z
        .object({
          decision: z.boolean().nullable(),
          error: z.string().nullable().describe('Why there is no decision'),
          milliseconds: z.number().int().nullable(),
          outcome: z.enum(outcomes),
        })
        .nullable(),
    )
    .describe('In the order of `points`; null where the point was not asked this'),
})

/** A run with everything that was answered, side by side. */
export const runDetailSchema = z.object({
  ...runRowSchema.shape,
  tool: toolRefSchema,
  asked: z.array(z.object({ ...pointRefSchema.shape, answers: tallySchema })).describe('Points in call order'),
  vectors: z.array(vectorSchema),
})
export type RunDetail = z.output<typeof runDetailSchema>

const askableSchema = z.object({
  ...pointRefSchema.shape,
  decisionEndpoint: z.string().nullable(),
  credentialKind: z.enum(credentialKinds),
  bindings: z.number().int().describe('Active bindings to the tool whose path passes it'),
})

const contradictionSchema = z.object({
  id: z.uuid(),
  point: pointRefSchema,
  agent: z.object({ slug: z.string(), name: z.string() }).nullable(),
  decision: z.boolean(),
  decidedAt: instantSchema,
  source: z.string(),
  contradiction: z.string(),
  request: z.json(),
})

/** Where a tool stands: what would be asked, whom, and what logs have shown. */
export const toolParitySchema = z.object({
  tool: toolRefSchema,
  contract: z
    .object({ ...contractRefSchema.shape, vectors: z.number().int() })
    .nullable()
    .describe('The one in force'),
  points: z.array(askableSchema).describe('Points on paths of active bindings, in call order'),
  mayStart: z.union([z.literal(true), z.string()]),
  running: z.uuid().nullable(),
  latest: z.uuid().nullable().describe('The newest run that has ended'),
  contradictions: boundedOf(contradictionSchema).describe(
    'Logged decisions that the contract in force contradicts, newest first',
  ),
  samples: z.number().int().describe('Logged decisions that were held against it; 1001 means more than 1,000'),
})
export type ToolParity = z.output<typeof toolParitySchema>
