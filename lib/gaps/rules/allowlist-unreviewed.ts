import { enforcementLayer } from '@/lib/layers'
import { findingOf, type Rule } from '../rule'
import { count, day, dayMs } from '../wording'

/**
 * A list kept on the spot decides, and nobody central has looked at it lately.
 * Depends on: the binding alone (state, allowlist present and reviewed).
 */
export const allowlistUnreviewed: Rule = {
  id: 'allowlist-unreviewed',
  title: 'A local allowlist nobody reviews',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'high' },
  when: 'An active binding has a local allowlist that was never centrally reviewed, or was last reviewed longer ago than the limit (180 days, a setting). It does not fire where nobody knows of an allowlist.',
  why: 'A local list grows by exceptions. Unreviewed, it becomes a second policy beside the one that everybody believes in.',
  fix: 'Have the list reviewed against the policy contract and record the review on the binding, or take the list away.',
  evaluate(subject, picture, { now, policy }) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active' || binding.allowlistPresent !== true) return []
    const reviewedAt = binding.allowlistReviewedAt
    if (reviewedAt !== null && now - reviewedAt <= policy.allowlistReviewDays * dayMs) return []
    const explanation =
      reviewedAt === null
        ? `The local allowlist of ${binding.slug} was never centrally reviewed.`
        : `The local allowlist of ${binding.slug} was last reviewed on ${day(reviewedAt)}; it is due every ${count(policy.allowlistReviewDays, 'day')}.`
    return [findingOf(allowlistUnreviewed, { subject, layer: enforcementLayer, bindings: [binding], explanation })]
  },
}
