import { z } from 'zod'
import { wideningSchema } from '@/lib/delegations/model'
import { commaList, pageInput } from '@/lib/http/page'
import { agentLifecycles, idSchema, proseSchema, reasonSchema, slugSchema } from '../model'
import { agentRefSchema, instantSchema, searchText } from '../shapes'

export const listDelegationsInput = z.strictObject({
  q: searchText.describe('Part of the name of either agent'),
  lifecycle: commaList(z.enum(agentLifecycles)).optional().describe('Lifecycle of the agent that is called'),
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
  widening: wideningSchema.nullable().describe('What the called agent can do that the calling one cannot'),
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
