import { z } from 'zod'
import { pageInput } from '@/lib/http/page'
import { idSchema, proseSchema, reasonSchema, slugSchema } from '../model'
import { agentRefSchema, instantSchema } from '../shapes'

export const listDelegationsInput = z.strictObject({
  agent: slugSchema.optional().describe('Slug of an agent at either end'),
  from: slugSchema.optional().describe('Slug of the agent that delegates'),
  to: slugSchema.optional().describe('Slug of the agent that is called'),
  ...pageInput,
})

/** An edge: `from` may call `to`. */
export const delegationRowSchema = z.object({
  id: z.uuid(),
  from: agentRefSchema,
  to: agentRefSchema,
  scope: z.string(),
  source: z.string(),
  createdAt: instantSchema,
})
export type DelegationRow = z.infer<typeof delegationRowSchema>

export const createDelegationInput = z.strictObject({
  from: slugSchema,
  to: slugSchema,
  scope: proseSchema.default('').describe('What may be delegated, on whose behalf'),
  reason: reasonSchema.optional(),
})

export const removeDelegationInput = z.strictObject({ id: idSchema, reason: reasonSchema.optional() })
