import { z } from 'zod'

export const streamKinds = ['webhook', 'file', 'syslog'] as const
export type StreamKind = (typeof streamKinds)[number]

const webhookSchema = z.strictObject({
  kind: z.literal('webhook'),
  url: z.url({ protocol: /^https?$/, message: 'An address with http or https' }).max(2_000),
  body: z.enum(['ndjson', 'json']).default('ndjson').describe('One event a line, or one JSON array'),
})

/** A folder of its own below the folder for streams: a name, never a path. */
const fileSchema = z.strictObject({
  kind: z.literal('file'),
  folder: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, such as "siem"'),
})

const syslogSchema = z.strictObject({
  kind: z.literal('syslog'),
  host: z
    .string()
    .max(253)
    .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]+\]?)$/, 'The name or address of a host'),
  port: z.number().int().min(1).max(65_535).default(6514),
  tls: z.boolean().default(true).describe('Without it only hosts in an allowed private network are sent to'),
  ca: z.string().max(100_000).optional().describe('Certificates (PEM) to trust instead of the public ones'),
})

/** Where events go. */
export const streamTargetSchema = z.discriminatedUnion('kind', [webhookSchema, fileSchema, syslogSchema])
export type WebhookTarget = z.output<typeof webhookSchema>
export type FileTarget = z.output<typeof fileSchema>
export type SyslogTarget = z.output<typeof syslogSchema>

/** A change of the audit log, with what a stream says beside it. */
export interface AuditItem {
  kind: 'audit'
  position: number
  id: string
  at: Date
  actor: { kind: 'account' | 'token' | 'system'; id: string | null; name: string }
  action: string
  subject: { type: string; id: string; slug: string | null }
  before: unknown
  after: unknown
  reason: string | null
  requestId: string
  /** The access that a change of a binding is about. */
  binding: { agentId: string; agent: string; toolId: string; tool: string; actions: readonly string[] } | null
}

/** A gap that opened, moved on or closed. */
export interface GapItem {
  kind: 'gap'
  position: number
  id: string
  at: Date
  actor: string
  note: string | null
  fromState: string | null
  toState: string
  gap: {
    id: string
    rule: string
    layer: string | null
    severity: 'low' | 'medium' | 'high' | 'critical'
    explanation: string
    openedAt: Date
    subject: { type: string; id: string; slug: string }
  }
}

export type StreamItem = AuditItem | GapItem
