import { z } from 'zod'
import { nameSchema, proseSchema, slugSchema } from '@/lib/registry/model'
import { boundsProblem } from './bounds'

/** A contract is written, signed off by security, put in force, and followed by another. */
export const contractStates = ['draft', 'signed_off', 'in_force', 'superseded'] as const
export type ContractState = (typeof contractStates)[number]

/** Most decision vectors of one contract. */
export const vectorsMax = 200

const identifier = z.string('Must be text').min(1, 'Must not be empty').max(500, 'At most 500 characters')
/** Free attributes of AuthZEN: any JSON object, kept small. How deep it may go is a bound of the whole document. */
const propertiesSchema = z
  .record(z.string().max(200, 'At most 200 characters'), z.json('Not a value that JSON can carry'), 'Must be an object')
  .refine((value) => JSON.stringify(value).length <= 8000, 'At most 8,000 characters of JSON')

const entitySchema = z.strictObject(
  { type: identifier, id: identifier, properties: propertiesSchema.optional() },
  'Must be an object with type and id',
)

/** One question to a decision point and the answer the contract expects (OpenID AuthZEN 1.0, section 5). */
export const decisionVectorSchema = z.strictObject({
  name: nameSchema.describe('What it shows, such as "a closed claim is not edited"'),
  subject: entitySchema,
  action: z.strictObject({ name: identifier, properties: propertiesSchema.optional() }, 'Must be an object with name'),
  resource: entitySchema,
  context: propertiesSchema.optional(),
  decision: z.boolean('Say true (allow) or false (deny)').describe('What every point of the path has to answer'),
})
export type DecisionVector = z.output<typeof decisionVectorSchema>

/** ISO 8601 duration in days, hours, minutes and seconds, as `PT15M` or `P1D`. */
export const durationSchema = z
  .string('Must be text')
  .regex(
    /^P(?=\d|T\d)(?:\d{1,5}D)?(?:T(?=\d)(?:\d{1,7}H)?(?:\d{1,7}M)?(?:\d{1,9}S)?)?$/,
    'Not a duration such as PT15M or P1D',
  )

/** The document without its bounds, for what is stored already. */
export const limitsShape = z.strictObject({
  actions: z
    .array(nameSchema, 'Must be a list')
    .max(500, 'At most 500 actions')
    .optional()
    .describe('What may be called; anything else is outside the contract'),
  resources: z
    .array(nameSchema, 'Must be a list')
    .max(500, 'At most 500 patterns')
    .optional()
    .describe('Patterns of what it may be called on; `*` stands for any text'),
  conditions: z
    .array(proseSchema.min(1, 'Must not be empty'), 'Must be a list')
    .max(100, 'At most 100 conditions')
    .optional()
    .describe('What has to hold besides, in words'),
  maxCredentialLifetime: durationSchema.optional().describe('ISO 8601 duration such as PT15M'),
  approval: proseSchema.optional().describe('Whose approval is needed, and when'),
  vectors: z.array(decisionVectorSchema, 'Must be a list').max(vectorsMax, `At most ${vectorsMax} vectors`).optional(),
})

/**
 * The document of a policy contract: what every enforcement point in front of the tool has to honour. Size and depth
 * are looked at first, so that a document of megabytes is refused by one sentence and not by a million.
 */
export const limitsSchema = z.preprocess((value, context) => {
  const problem = boundsProblem(value)
  if (!problem) return value
  context.addIssue({ code: 'custom', path: [...problem.path], message: problem.message })
  return z.NEVER
}, limitsShape)
export type Limits = z.output<typeof limitsSchema>

/** SHA-256 of the canonical form, as 64 lower-case hexadecimal digits; the prefix `sha256:` may stand before it. */
export const digestSchema = z
  .string()
  .trim()
  .toLowerCase()
  .transform((text) => text.replace(/^sha256:/, ''))
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'Not a SHA-256 digest: 64 hexadecimal digits'))

/** Where a version of a contract is found: the tool's slug and the number. */
export const contractKey = { tool: slugSchema, version: z.number().int().min(1).max(1_000_000) }

/** Base address of an AuthZEN decision point: absolute, http or https, without credentials, query or fragment. */
export const decisionEndpointSchema = z
  .url({ protocol: /^https?$/, error: 'Not an address such as https://pdp.example.org' })
  .max(500, 'At most 500 characters')
  .refine((value) => {
    const url = URL.parse(value)
    return url !== null && !url.username && !url.password && !url.search && !url.hash
  }, 'Leave out user name, password, query and fragment')
