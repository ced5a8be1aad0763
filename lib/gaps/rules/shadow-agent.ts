import { findingOf, type Rule } from '../rule'
import { count } from '../wording'

/** An agent that runs somewhere and that nobody here has taken on. */
export const shadowAgent: Rule = {
  id: 'shadow-agent',
  title: 'An agent nobody has adopted',
  placedOn: ['agent'],
  severityByRisk: { low: 'medium', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'An importer has seen the agent, and nobody has adopted it: its lifecycle is still “discovered”.',
  why: 'An agent that nobody adopted acts with rights that nobody asked for and nobody will take away.',
  fix: 'Find out who runs it. Adopt it with a sponsor and a purpose, or have it shut down and retire it.',
  evaluate(subject, picture) {
    const agent = picture.agents.get(subject.id)
    if (agent?.lifecycle !== 'discovered') return []
    const bindings = picture.activeBindingsOfAgent(agent.id)
    const explanation = `${agent.name} was found by an import and adopted by nobody; it has ${count(bindings.length, 'active binding')}.`
    return [findingOf(shadowAgent, { subject, layer: null, bindings, explanation })]
  },
}
