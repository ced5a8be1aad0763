import { z } from 'zod'
import { commaList, pageInput } from '@/lib/http/page'
import { agentLifecycles, slugSchema } from '@/lib/registry/model'
import { instantSchema, personRefSchema, searchText } from '@/lib/registry/shapes'
import { accountStatuses } from '../accounts/model'
import { roles } from '../model'

export const listServiceAccountsInput = z.strictObject({
  q: searchText,
  role: commaList(z.enum(roles)).optional(),
  ...pageInput,
})

/** A service account as lists show it. It has the name of its agent, and its owner is the sponsor of the agent. */
export const serviceAccountSchema = z.object({
  id: z.uuid(),
  agent: z.object({ slug: slugSchema, name: z.string(), lifecycle: z.enum(agentLifecycles) }),
  owner: personRefSchema.nullable().describe('The sponsor of the agent: who answers for what the account does'),
  role: z.enum(roles),
  status: z.enum(accountStatuses),
  tokens: z.int().describe('API tokens that hold'),
  lastUsedAt: instantSchema.nullable(),
  version: z.int(),
})
export type ServiceAccount = z.infer<typeof serviceAccountSchema>

/** `true`, or why requests with its tokens are refused now. */
export function isLetIn({ status, agent }: Pick<ServiceAccount, 'status' | 'agent'>): true | string {
  if (status === 'disabled') return 'The account is disabled.'
  return agent.lifecycle === 'active' ? true : `The agent is ${agent.lifecycle}; an active one is let in.`
}
