import { findingOf, type Rule } from '../rule'
import { count } from '../wording'

/** An active agent without a person who stands for its purpose. */
export const sponsorLeft: Rule = {
  id: 'sponsor-left',
  title: 'The agent has no sponsor',
  placedOn: ['agent'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'high' },
  when: 'The sponsor of an active agent has left or was never named.',
  why: 'The sponsor is the person who says what the agent is for and whether it is still wanted. Without one, it runs on for nobody.',
  fix: 'Name a sponsor who works here, or retire the agent.',
  evaluate(subject, picture) {
    const agent = picture.agents.get(subject.id)
    if (agent?.lifecycle !== 'active') return []
    const sponsor = agent.sponsorId === null ? undefined : picture.people.get(agent.sponsorId)
    if (sponsor?.status === 'active') return []
    const bindings = picture.activeBindingsOfAgent(agent.id)
    const reason = sponsor
      ? `${sponsor.name}, the sponsor of ${agent.name}, has left.`
      : `${agent.name} has no sponsor.`
    const explanation = `${reason} The agent is active with ${count(bindings.length, 'active binding')}.`
    return [findingOf(sponsorLeft, { subject, layer: null, bindings, explanation })]
  },
}
