import { z } from 'zod'

/** Longest text of a decision point that is kept, so that an answer never floods a page or the database. */
const saidMax = 300

/** Text that another system sent, as one line of bounded length. */
export const said = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim()
    .slice(0, saidMax)

const endpoint = z.url({ protocol: /^https?$/ }).max(1000)

/** Metadata of a policy decision point (AuthZEN Authorization API 1.0, section 9); keys we do not use are ignored. */
export const metadataSchema = z.object({
  policy_decision_point: z.string().max(1000),
  access_evaluation_endpoint: endpoint,
  access_evaluations_endpoint: endpoint.optional(),
})

/** What went wrong with one item of a batch, which the protocol reports inside a deny. */
const itemErrorSchema = z.object({
  context: z.object({
    error: z.union([z.string(), z.object({ status: z.number().optional(), message: z.string().optional() })]),
  }),
})

/** An answer to one question. A decision is a boolean and nothing else: not "true", not 1. */
export const decisionSchema = z.object({ decision: z.boolean() })
export const decisionsSchema = z.object({ evaluations: z.array(z.unknown()).max(1000) })

/** Why an item was not evaluated, as the decision point says; null when it was. */
export function itemError(answer: unknown): string | null {
  const parsed = itemErrorSchema.safeParse(answer)
  if (!parsed.success) return null
  const { error } = parsed.data.context
  if (typeof error === 'string') return said(error)
  return said([error.status, error.message].filter((part) => part !== undefined).join(' ')) || 'without a reason'
}

/** Where the questions go. */
export interface Endpoints {
  evaluation: string
  /** Null when batches are not offered. */
  evaluations: string | null
  /** Whether the decision point published its metadata; else these are the default paths. */
  published: boolean
}

/** What a point answered to one question: allow, deny, or no decision and why. Never more than one of them. */
export type Answer =
  | { decision: boolean; error: null; milliseconds: number }
  | { decision: null; error: string; milliseconds: number | null }

/** How an enforcement point is asked to prove who asks. */
export const credentialKinds = ['none', 'bearer', 'mtls'] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** A bearer token: what RFC 6750 allows in the header, so that it can never break out of it. */
export const bearerTokenSchema = z
  .string()
  .trim()
  .min(1, 'Paste the token')
  .max(8000, 'At most 8,000 characters')
  .regex(/^[A-Za-z0-9._~+/-]+=*$/, 'A bearer token has letters, digits and . _ ~ + / - only')

const pem = (what: string, label: RegExp) =>
  z
    .string()
    .trim()
    .min(1, `Paste the ${what}`)
    .max(32_000, 'At most 32,000 characters')
    .regex(label, `Not a ${what} in PEM form`)

export const certificateSchema = pem('certificate', /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/)
export const privateKeySchema = pem(
  'private key',
  /^-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[\s\S]+-----END (?:EC |RSA )?PRIVATE KEY-----$/,
)

/** A credential as it is sealed. */
export const credentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), token: bearerTokenSchema }),
  z.strictObject({ kind: z.literal('mtls'), certificate: certificateSchema, key: privateKeySchema }),
])
export type Credential = z.output<typeof credentialSchema>
