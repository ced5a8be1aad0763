import { z } from 'zod'
import type { LayerId } from '@/lib/layers'
import type { Instant } from './picture'

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export const gapStates = ['open', 'acknowledged', 'remediating', 'resolved', 'excepted'] as const
export type GapState = (typeof gapStates)[number]

/** What of the registry a gap is placed on, and estate files describe. */
export const registrySubjectTypes = ['agent', 'tool', 'binding', 'assignment'] as const
export type RegistrySubjectType = (typeof registrySubjectTypes)[number]

/** What a gap is placed on, where it can be mended: something of the registry, or the transparency log. */
export const gapSubjectTypes = [...registrySubjectTypes, 'log'] as const
export type GapSubjectType = (typeof gapSubjectTypes)[number]

export const isOfRegistry = (type: GapSubjectType): type is RegistrySubjectType => type !== 'log'

export interface GapSubject {
  type: GapSubjectType
  id: string
}

/** What a rule found wrong. Its identity is rule + subject + layer + point; the rest may change while it stays the same gap. */
export interface Finding {
  rule: string
  subject: GapSubject
  layer: LayerId | null
  /** The point of the path it is about, where a rule finds fault point by point. */
  pointId: string | null
  severity: Severity
  /** The active bindings it affects, sorted. */
  bindingIds: string[]
  /** One or two plain sentences with the very facts that made it fire. */
  explanation: string
}

const limit = (max: number, what: string) =>
  z
    .number(`${what} is a number`)
    .int(`${what} is a whole number`)
    .min(1, `${what} is at least 1`)
    .max(max, `${what} is at most ${max}`)

/** Limits the rules measure against. A policy setting; the defaults are the product's. */
export const gapPolicySchema = z.strictObject({
  acceptWithinDays: limit(365, 'Days to accept').default(14),
  attestWithinDays: limit(3650, 'Days an attestation holds').default(90),
  parityWithinDays: limit(3650, 'Days a parity run holds').default(30),
  allowlistReviewDays: limit(3650, 'Days an allowlist review holds').default(180),
  credentialLifetimeSecondsMax: limit(31_536_000, 'Seconds a credential may live').default(3600),
  logSilenceHoursMax: limit(8760, 'Hours a decision log may be silent').default(24),
  delegationDepthMax: limit(50, 'Depth of a delegation chain').default(5),
  /** How often a binding is certified again, by risk. */
  cadenceDays: z
    .strictObject({
      low: limit(3650, 'Days between certifications').default(365),
      medium: limit(3650, 'Days between certifications').default(180),
      high: limit(3650, 'Days between certifications').default(90),
      critical: limit(3650, 'Days between certifications').default(30),
    })
    .prefault({}),
})
export type GapPolicy = z.output<typeof gapPolicySchema>

export const defaultGapPolicy: GapPolicy = gapPolicySchema.parse({})

/** What a rule is evaluated with besides the picture. */
export interface RuleContext {
  now: Instant
  policy: GapPolicy
}
