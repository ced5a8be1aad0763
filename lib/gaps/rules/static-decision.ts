import { enforcementLayer } from '@/lib/layers'
import { findingOf, isHighRisk, type Rule } from '../rule'

/**
 * What matters most is decided once, when access is given, and never again.
 * Depends on: the binding (state, risk, decision mode) and its agent (autonomy, name).
 */
export const staticDecision: Rule = {
  id: 'static-decision',
  title: 'Decided once instead of at request time',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An active binding is decided statically instead of at request time, and it is at high or critical risk or its agent is autonomous.',
  why: 'A static grant cannot see what is being asked, for whom, and in which state of affairs. An agent that acts by itself, or with much power, needs a decision on each request.',
  fix: 'Let a decision point decide each request at run time, or lower the risk or the autonomy.',
  evaluate(subject, picture) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active' || binding.decisionMode !== 'static') return []
    const agent = picture.agents.get(binding.agentId)
    const reasons = [
      ...(isHighRisk(binding.risk) ? [`it is at ${binding.risk} risk`] : []),
      ...(agent?.autonomy === 'autonomous' ? [`${agent.name} is autonomous`] : []),
    ]
    if (reasons.length === 0) return []
    const explanation = `${binding.slug} is decided statically, and ${reasons.join(' and ')}.`
    return [findingOf(staticDecision, { subject, layer: enforcementLayer, bindings: [binding], explanation })]
  },
}
