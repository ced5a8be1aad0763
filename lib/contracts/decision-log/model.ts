import { z } from 'zod'
import { nameSchema, slugSchema } from '@/lib/registry/model'
import { decisionVectorSchema } from '../model'

/** Most decisions of one batch, and roughly the most characters of it. */
export const decisionsMax = 1000
export const batchCharactersMax = 1_000_000
/** How far ahead of ours the clock of whoever decided may be. */
export const clockSkewMs = 5 * 60_000
/** How long a logged decision is kept: as long as an answer of a parity run counts. */
export const keptDays = 30

/** A decision that a point made, whatever shape its log has. Names are still names. */
export interface LoggedDecision {
  point?: string | undefined
  tool?: string | undefined
  agent?: string | undefined
  time: Date
  request: DecisionRequest
  decision: boolean
}

export const decisionRequestSchema = decisionVectorSchema.omit({ name: true, decision: true })
export type DecisionRequest = z.output<typeof decisionRequestSchema>

const instant = z.iso
  .datetime({ offset: true, error: 'Not an instant such as 2026-11-01T09:30:00Z' })
  .transform((text) => new Date(text))

/** The question and answer of AuthZEN with where and when it was asked. */
const authzenSchema = z
  .strictObject({
    point: slugSchema.optional(),
    tool: slugSchema.optional(),
    agent: slugSchema.optional(),
    time: instant,
    ...decisionRequestSchema.shape,
    decision: z.boolean('Say true (allow) or false (deny)'),
  })
  .transform(
    ({ point, tool, agent, time, decision, ...request }): LoggedDecision => ({
      point,
      tool,
      agent,
      time,
      request,
      decision,
    }),
  )

/** OCSF 1.8.0 API Activity, the class of a single call; its profile `security_control` carries what was decided. */
const apiActivity = 6003
const named = z.object({ uid: z.string().optional(), name: z.string().optional(), type: z.string().optional() })

/** How OCSF says allow and deny: `action_id` 1 Allowed, 2 Denied; `disposition_id` 1 Allowed, 2 Blocked. */
const decided: Readonly<Record<number, boolean>> = { 1: true, 2: false }

const ocsfSchema = z
  .looseObject({
    class_uid: z.literal(apiActivity, `Only the class ${apiActivity} (API Activity) tells of a decision`),
    time: z.number('Milliseconds since 1970').int().min(0).max(8_640_000_000_000_000),
    action_id: z.number().int().optional(),
    disposition_id: z.number().int().optional(),
    metadata: z.looseObject({ product: named.optional() }).optional(),
    actor: z.looseObject({ user: named }, 'Name the agent in actor.user'),
    api: z.looseObject({ operation: z.string(), service: named.optional() }, 'Name the action in api.operation'),
    resources: z.array(named, 'Name the resource in resources[0]').min(1, 'Name the resource in resources[0]').max(20),
    unmapped: z.record(z.string(), z.json()).optional(),
  })
  .transform((event, context): LoggedDecision => {
    const decision = decided[event.action_id ?? event.disposition_id ?? 0]
    if (decision === undefined)
      context.addIssue({ code: 'custom', path: ['action_id'], message: 'Say 1 (Allowed) or 2 (Denied)' })
    const [resource] = event.resources
    const { user } = event.actor
    const request = decisionRequestSchema.safeParse({
      subject: { type: user.type ?? 'agent', id: user.uid ?? user.name },
      action: { name: event.api.operation },
      resource: { type: resource?.type ?? 'resource', id: resource?.uid ?? resource?.name },
      ...(event.unmapped && { context: event.unmapped }),
    })
    if (!request.success) {
      const [field] = request.error.issues[0]?.path ?? []
      context.addIssue({
        code: 'custom',
        path: [ocsfFields[String(field)] ?? 'unmapped'],
        message: 'Has no uid and no name, or is too long',
      })
    }
    const { product } = event.metadata ?? {}
    return {
      point: slugIn(product),
      tool: slugIn(event.api.service),
      time: new Date(event.time),
      request: request.data ?? { subject: { type: '', id: '' }, action: { name: '' }, resource: { type: '', id: '' } },
      decision: decision ?? false,
    }
  })

const ocsfFields: Readonly<Record<string, string>> = { subject: 'actor', action: 'api', resource: 'resources' }

/** The slug that a product or service is called by, if it is called by one. */
function slugIn(thing: z.output<typeof named> | undefined): string | undefined {
  return [thing?.uid, thing?.name].find((text) => slugSchema.safeParse(text).success)
}

const isOcsf = (entry: Record<string, unknown>) => 'class_uid' in entry

/** One entry of a log as a decision: OCSF where it says of which class it is, else AuthZEN. */
export function parseDecision(entry: Record<string, unknown>) {
  return isOcsf(entry) ? ocsfSchema.safeParse(entry) : authzenSchema.safeParse(entry)
}

export const recordInput = z.strictObject({
  point: slugSchema.optional().describe('The enforcement point whose log it is, where an entry does not say'),
  tool: slugSchema.optional().describe('The tool the decisions are about, where an entry does not say'),
  source: nameSchema.optional().describe('What the log is called; kept with the agents it tells of'),
  decisions: z
    .array(z.record(z.string(), z.json(), 'Must be an object'))
    .min(1, 'Send at least one decision')
    .max(decisionsMax, `At most ${decisionsMax} decisions at a time`)
    .describe(
      'Each `{point, tool, agent, time, subject, action, resource, context, decision}` as in AuthZEN, or an OCSF 6003 event: ' +
        'actor.user, api.operation, resources[0], action_id 1 or 2, time, metadata.product for the point, api.service for the tool',
    ),
})

export const recordOutput = z.object({
  decisions: z.number().int(),
  agents: z.number().int().describe('Agents whose log was seen'),
  contradictions: z.number().int().describe('Decisions that the contract in force contradicts'),
})
