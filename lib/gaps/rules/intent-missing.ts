import { findingOf, type Rule } from '../rule'

/** An active binding whose purpose nobody wrote down, or nobody approved. */
export const intentMissing: Rule = {
  id: 'intent-missing',
  title: 'No approved business intent',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An active binding has no business intent, or one that nobody approved.',
  why: 'Whether access is still wanted can only be judged against what it was given for.',
  fix: 'Write down in a sentence what the agent needs the tool for, and have it approved; or revoke the binding.',
  evaluate(subject, picture) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active') return []
    const written = binding.intentText !== null && binding.intentText.trim() !== ''
    if (written && binding.intentApprovedAt !== null) return []
    const explanation = written
      ? `Nobody has approved the business intent of ${binding.slug}.`
      : `${binding.slug} is active, and no business intent says what for.`
    return [findingOf(intentMissing, { subject, layer: null, bindings: [binding], explanation })]
  },
}
