import type { LayerId } from '@/lib/layers'
import type { RiskTier } from '@/lib/registry/model'
import type { Instant } from './picture'

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export const gapStates = ['open', 'acknowledged', 'remediating', 'resolved', 'excepted'] as const
export type GapState = (typeof gapStates)[number]

/** What a gap is placed on: where it can be mended. */
export const gapSubjectTypes = ['agent', 'tool', 'binding', 'assignment'] as const
export type GapSubjectType = (typeof gapSubjectTypes)[number]

export interface GapSubject {
  type: GapSubjectType
  id: string
}

/** What a rule found wrong. Its identity is rule + subject + layer; the rest may change while it stays the same gap. */
export interface Finding {
  rule: string
  subject: GapSubject
  layer: LayerId | null
  severity: Severity
  /** The active bindings it affects, sorted. */
  bindingIds: string[]
  /** One or two plain sentences with the very facts that made it fire. */
  explanation: string
}

/** Limits the rules measure against, all with defaults. */
export interface GapPolicy {
  acceptWithinDays: number
  cadenceDays: Record<RiskTier, number>
}

export const defaultGapPolicy: GapPolicy = {
  acceptWithinDays: 14,
  cadenceDays: { critical: 30, high: 90, medium: 180, low: 365 },
}

/** What a rule is evaluated with besides the picture. */
export interface RuleContext {
  now: Instant
  policy: GapPolicy
}
