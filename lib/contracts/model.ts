import { z } from 'zod'
import { nameSchema } from '@/lib/registry/model'

/** A contract is written, signed off by security, put in force, and followed by another. */
export const contractStates = ['draft', 'signed_off', 'in_force', 'superseded'] as const
export type ContractState = (typeof contractStates)[number]

/** Most decision vectors of one contract. */
export const vectorsMax = 200

const identifier = z.string().min(1, 'Must not be empty').max(500, 'At most 500 characters')
/** Free attributes of AuthZEN: any JSON object, kept small. */
const propertiesSchema = z
  .record(z.string().max(200), z.json())
  .refine((value) => JSON.stringify(value).length <= 8000, 'At most 8,000 characters of JSON')

/** One question to a decision point and the answer the contract expects (OpenID AuthZEN 1.0, section 5). */
export const decisionVectorSchema = z.strictObject({
  name: nameSchema.describe('What it shows, such as "a closed claim is not edited"'),
  subject: z.strictObject({ type: identifier, id: identifier, properties: propertiesSchema.optional() }),
  action: z.strictObject({ name: identifier, properties: propertiesSchema.optional() }),
  resource: z.strictObject({ type: identifier, id: identifier, properties: propertiesSchema.optional() }),
  context: propertiesSchema.optional(),
  decision: z.boolean('Say true (allow) or false (deny)').describe('What every point of the path has to answer'),
})
export type DecisionVector = z.output<typeof decisionVectorSchema>

/** Base address of an AuthZEN decision point: absolute, http or https, without credentials, query or fragment. */
export const decisionEndpointSchema = z
  .url({ protocol: /^https?$/, error: 'Not an address such as https://pdp.example.org' })
  .max(500, 'At most 500 characters')
  .refine((value) => {
    const url = URL.parse(value)
    return url !== null && !url.username && !url.password && !url.search && !url.hash
  }, 'Leave out user name, password, query and fragment')
