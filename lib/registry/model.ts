import { z } from 'zod'

/** Closed vocabularies of the registry. The database holds the same values as enums (prisma/schema.prisma). */
export const personStatuses = ['active', 'left'] as const
export const teamFunctions = ['iam', 'iga', 'pam', 'application', 'secops', 'platform', 'business'] as const
export const teamStatuses = ['active', 'dissolved'] as const
export const membershipRoles = ['lead', 'member'] as const
export const autonomies = ['assistive', 'supervised', 'autonomous'] as const
export const agentLifecycles = ['discovered', 'proposed', 'active', 'suspended', 'retired'] as const
export const identityPrimitives = ['workload_identity', 'oauth_client', 'service_account', 'api_key'] as const
export const toolKinds = ['api', 'mcp_tool', 'dataset', 'workflow'] as const
export const toolLifecycles = ['active', 'retired'] as const
export const classifications = ['public', 'internal', 'confidential', 'restricted'] as const
/** A fact from a source is three-valued: yes, no, or the source cannot tell. */
export const knowns = ['yes', 'no', 'unknown'] as const
export const pointKinds = ['gateway', 'broker', 'application'] as const
export const riskTiers = ['low', 'medium', 'high', 'critical'] as const
export const decisionModes = ['runtime', 'static'] as const
export const credentialTypes = ['short_lived', 'long_lived'] as const
export const bindingStates = ['requested', 'approved', 'active', 'revoked'] as const
export const pathModes = ['enforces', 'trusts_upstream', 'unknown'] as const

export type PersonStatus = (typeof personStatuses)[number]
export type TeamFunction = (typeof teamFunctions)[number]
export type TeamStatus = (typeof teamStatuses)[number]
export type MembershipRole = (typeof membershipRoles)[number]
export type Autonomy = (typeof autonomies)[number]
export type AgentLifecycle = (typeof agentLifecycles)[number]
export type IdentityPrimitive = (typeof identityPrimitives)[number]
export type ToolKind = (typeof toolKinds)[number]
export type ToolLifecycle = (typeof toolLifecycles)[number]
export type Classification = (typeof classifications)[number]
export type Known = (typeof knowns)[number]
export type PointKind = (typeof pointKinds)[number]
export type RiskTier = (typeof riskTiers)[number]
export type DecisionMode = (typeof decisionModes)[number]
export type CredentialType = (typeof credentialTypes)[number]
export type BindingState = (typeof bindingStates)[number]
export type PathMode = (typeof pathModes)[number]

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the purpose
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters`)
    .refine((value) => !controlCharacters.test(value), 'Contains control or invisible characters; remove them')
    .refine((value) => !/\p{Surrogate}/u.test(value), 'Contains half a character (an unpaired surrogate); remove it')

/** A name a person reads: one line, 1 to 200 characters. */
export const nameSchema = text(200)
  .min(1, 'Must not be empty')
  .refine((value) => !/[\n\r\t]/.test(value), 'Must be one line')
/** Free text: up to 4,000 characters. */
export const proseSchema = text(4000)
/** Why a change was made: 3 to 1,000 characters. */
export const reasonSchema = text(1000).min(3, 'Say why, in at least 3 characters')
/** Lower-case letters, digits, and single hyphens, dots or underscores between them; stable under rename. */
export const slugSchema = z
  .string()
  .max(100, 'At most 100 characters')
  .regex(/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, such as "support-bot"')
/** Where an agent runs, such as `production`. */
export const environmentSchema = z
  .string()
  .max(50, 'At most 50 characters')
  .regex(/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens, such as "production"')
export const emailSchema = z.email('Not an e-mail address').max(254)
export const externalIdSchema = text(200).min(1, 'Must not be empty')
/** A SPIFFE ID: a trust domain, and path segments that are not empty, `.` or `..` (SPIFFE-ID, sections 2.1 to 2.3). */
const spiffeId = /^spiffe:\/\/[a-z0-9._-]{1,255}(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*$/
/** What an agent's identity primitive calls it: a SPIFFE ID, a client id, an account. As long as a SPIFFE ID may be. */
export const identityIdSchema = text(2048)
  .min(1, 'Must not be empty')
  .refine(
    (value) => !/^spiffe:/i.test(value) || spiffeId.test(value),
    'Not a SPIFFE ID, such as spiffe://example.org/support-bot',
  )
/** One thing that a tool can do, as an MCP server describes it. */
export const toolActionSchema = z.strictObject({
  name: nameSchema,
  description: proseSchema.optional(),
  readOnly: z.enum(knowns).default('unknown'),
  destructive: z.enum(knowns).default('unknown'),
})
export const idSchema = z.uuid('Not an id of this registry')
