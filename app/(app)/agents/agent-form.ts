import { z } from 'zod'
import type { InputOf } from '@/lib/http/client'
import type { AgentDetail } from '@/lib/registry/agents/model'
import {
  autonomies,
  environmentSchema,
  externalIdSchema,
  identityIdSchema,
  identityPrimitives,
  nameSchema,
  proseSchema,
  reasonSchema,
  slugSchema,
} from '@/lib/registry/model'

/** What the form of an agent holds. */
export const agentFormSchema = z.object({
  name: nameSchema,
  slug: z.literal('').or(slugSchema),
  purpose: proseSchema,
  sponsor: externalIdSchema.nullable(),
  autonomy: z.enum(autonomies),
  environment: environmentSchema,
  primitive: z.enum(identityPrimitives).nullable(),
  identityId: z.literal('').or(identityIdSchema),
  decisionLogSource: z.literal('').or(nameSchema),
  restricted: z.boolean(),
  reason: z.literal('').or(reasonSchema),
})
export type AgentFormValues = z.infer<typeof agentFormSchema>

export const emptyAgent: AgentFormValues = {
  name: '',
  slug: '',
  purpose: '',
  sponsor: null,
  autonomy: 'supervised',
  environment: 'production',
  primitive: null,
  identityId: '',
  decisionLogSource: '',
  restricted: false,
  reason: '',
}

/** An agent as its form shows it. */
export function agentValues(agent: AgentDetail): AgentFormValues {
  return {
    name: agent.name,
    slug: agent.slug,
    purpose: agent.purpose,
    sponsor: agent.sponsor?.externalId ?? null,
    autonomy: agent.autonomy,
    environment: agent.environment,
    primitive: agent.identity?.primitive ?? null,
    identityId: agent.identity?.id ?? '',
    decisionLogSource: agent.decisionLog?.source ?? '',
    restricted: agent.restricted,
    reason: '',
  }
}

/** The form's values as the use cases take them. */
export function agentInput(values: AgentFormValues) {
  const { name, purpose, sponsor, autonomy, environment, primitive, identityId, decisionLogSource } = values
  const { restricted, reason } = values
  return {
    name: name.trim(),
    purpose: purpose.trim(),
    sponsor,
    autonomy,
    environment,
    identity: primitive && { primitive, id: identityId.trim() || null },
    decisionLogSource: decisionLogSource.trim() || null,
    restricted,
    ...(reason.trim() && { reason: reason.trim() }),
  } satisfies Omit<InputOf<'agents.create'>, 'slug'>
}
