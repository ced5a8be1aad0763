import { z } from 'zod'
import { pageInput, pageOf } from '@/lib/http/page'
import { externalIdSchema, idSchema, reasonSchema } from '@/lib/registry/model'
import { personRefSchema } from '@/lib/registry/shapes'

const count = z.number().int()

/** The state of provisioning, for whoever connects an identity provider or looks after it. */
export const provisioningSchema = z.object({
  path: z.string().describe('Where the SCIM server is, below the address of Pentarch'),
  people: z.object({ active: count, inactive: count }).describe('As the identity provider says'),
  teams: count,
  held: count.describe('Departures that wait for somebody to confirm them'),
  heldFrom: count.describe('How many people may leave within an hour; further ones are held'),
  holdAfter: z.object({ people: count, percent: count }).describe('What the policy says: whichever of the two is more'),
  requests: z
    .array(
      z.object({
        id: z.uuid(),
        at: z.iso.datetime(),
        token: z.string().nullable().describe('Name of the API token; null without a known one'),
        method: z.string(),
        path: z.string().describe('Below the address of the SCIM server'),
        status: count,
        detail: z.string().nullable().describe('Why it was refused'),
        requestId: z.string(),
      }),
    )
    .describe('The last requests, newest first'),
})

export const departureKinds = ['deactivated', 'removed'] as const

export const heldSchema = z.object({
  id: z.uuid(),
  person: personRefSchema,
  kind: z.enum(departureKinds).describe('What the identity provider did'),
  at: z.iso.datetime(),
})

export const listHeldInput = z.strictObject({
  person: externalIdSchema.optional().describe('External id of one person'),
  ...pageInput,
})
export const heldPage = pageOf(heldSchema)

export const decideHeldInput = z.strictObject({
  ids: z.array(idSchema).min(1, 'Name at least one departure').max(1000, 'At most 1,000 at a time'),
  reason: reasonSchema.optional(),
})
export const decidedSchema = z.object({ people: count.describe('How many departures were decided') })
