import type { LayerId } from '@/lib/layers'
import { type RiskTier, riskTiers } from '@/lib/registry/model'
import type { IndexedPicture } from './indexed-picture'
import type { Finding, GapSubject, GapSubjectType, RuleContext, Severity } from './model'
import type { BindingFact } from './picture'

/**
 * A gap rule: a pure function from a picture to findings, asked one subject at a time. So evaluating everything is
 * evaluating every subject, and evaluating after a change is evaluating the subjects that the change touches.
 */
export interface Rule {
  id: string
  title: string
  /** The kinds of subject it is asked about: where its findings can be mended. */
  placedOn: readonly GapSubjectType[]
  /** By the highest risk among the bindings affected; without any, the row for low risk. */
  severityByRisk: Readonly<Record<RiskTier, Severity>>
  /** When it fires, in a sentence. */
  when: string
  why: string
  fix: string
  evaluate(subject: GapSubject, picture: IndexedPicture, context: RuleContext): Finding[]
}

/** The highest risk tier among these bindings, `low` when there are none. */
export function highestRisk(bindings: readonly BindingFact[]): RiskTier {
  return riskTiers.findLast((tier) => bindings.some((binding) => binding.risk === tier)) ?? 'low'
}

/** Whether the tier is one that rules on power and its limits are strict about. */
export function isHighRisk(tier: RiskTier): boolean {
  return tier === 'high' || tier === 'critical'
}

/** A finding of this rule that affects these bindings, with the severity that follows from them. */
export function findingOf(
  rule: Rule,
  found: {
    subject: GapSubject
    layer: LayerId | null
    pointId?: string
    bindings: readonly BindingFact[]
    explanation: string
  },
): Finding {
  return {
    rule: rule.id,
    subject: { type: found.subject.type, id: found.subject.id },
    layer: found.layer,
    pointId: found.pointId ?? null,
    severity: rule.severityByRisk[highestRisk(found.bindings)],
    bindingIds: found.bindings.map((binding) => binding.id).sort(),
    explanation: found.explanation,
  }
}
