import { privilegeLayer } from '@/lib/layers'
import type { BindingFact } from '../picture'
import { findingOf, isHighRisk, type Rule } from '../rule'
import { lasting } from '../wording'

/**
 * Dangerous power on a credential that outlives the work it was issued for.
 * Depends on: the binding alone (state, risk, credential type and lifetime).
 */
export const standingCredential: Rule = {
  id: 'standing-credential',
  title: 'High-risk access on a standing credential',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An active binding at high or critical risk uses a long-lived credential, or a short-lived one whose lifetime is over the limit (1 hour, a setting). A short-lived credential of unknown lifetime does not fire.',
  why: 'A stolen credential is worth as much as it lives: one that stands for months gives months of high-risk access to whoever finds it.',
  fix: 'Issue a short-lived credential per task, by token exchange or workload identity, and take the standing one away.',
  evaluate(subject, picture, { policy }) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active' || !isHighRisk(binding.risk)) return []
    const standing = whyStanding(binding, policy.credentialLifetimeSecondsMax)
    if (!standing) return []
    const explanation = `${binding.slug} is at ${binding.risk} risk and uses ${standing}.`
    return [findingOf(standingCredential, { subject, layer: privilegeLayer, bindings: [binding], explanation })]
  },
}

/** In words what makes its credential a standing one, null when it is none. */
function whyStanding(binding: BindingFact, secondsMax: number): string | null {
  if (binding.credentialType === 'long_lived') return 'a long-lived credential'
  const seconds = binding.credentialLifetimeSeconds
  if (seconds === null || seconds <= secondsMax) return null
  return `a credential that lives ${lasting(seconds)}; the limit is ${lasting(secondsMax)}`
}
