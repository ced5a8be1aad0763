import { privilegeLayer } from '@/lib/layers'
import { findingOf, isHighRisk, type Rule } from '../rule'

/**
 * Dangerous power, and nobody wrote down where it ends.
 * Depends on: the binding alone (state, risk, boundary).
 */
export const boundaryMissing: Rule = {
  id: 'boundary-missing',
  title: 'High-risk access without a privilege boundary',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An active binding at high or critical risk has no explicit privilege boundary.',
  why: 'Without a stated boundary nobody can tell an intended act from one step too far, and elevation has nothing to be measured against.',
  fix: 'State the boundary on the binding: the role, scope or session that its power ends at.',
  evaluate(subject, picture) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active' || !isHighRisk(binding.risk)) return []
    if (binding.boundary !== null && binding.boundary.trim() !== '') return []
    const explanation = `${binding.slug} is at ${binding.risk} risk, and no privilege boundary says where its power ends.`
    return [findingOf(boundaryMissing, { subject, layer: privilegeLayer, bindings: [binding], explanation })]
  },
}
