import { monitoringLayer } from '@/lib/layers'
import type { AgentFact, Instant } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, hourMs } from '../wording'

/**
 * Somebody answers for watching the agent, and has nothing to look at.
 * Depends on: the agent (lifecycle, decision log source and last seen), its active bindings and who owns monitoring of
 * them; of an agent without any, who owns its monitoring.
 */
export const monitoringBlind: Rule = {
  id: 'monitoring-blind',
  title: 'Monitoring has nothing to see',
  placedOn: ['agent'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'Monitoring of an active agent is owned, but no source of decision logs is recorded for it, or that source was never seen or has been silent for longer than the limit (24 hours, a setting).',
  why: 'An owner without logs answers for something that cannot be seen. A breach would be found by somebody else.',
  fix: 'Record where the decisions of this agent are logged, and have that source deliver again.',
  evaluate(subject, picture, { now, policy }) {
    const agent = picture.agents.get(subject.id)
    if (agent?.lifecycle !== 'active') return []
    const watched = picture
      .activeBindingsOfAgent(agent.id)
      .filter((binding) => picture.ownerOf(binding, monitoringLayer) !== null)
    const isWatched = watched.length > 0 || (picture.isIdle(agent) && picture.agentOwner(agent.id, monitoringLayer))
    const blindness = isWatched ? whyBlind(agent, now, policy.logSilenceHoursMax) : null
    if (!blindness) return []
    const explanation = `Monitoring of ${agent.name} is owned, but ${blindness}.`
    return [findingOf(monitoringBlind, { subject, layer: monitoringLayer, bindings: watched, explanation })]
  },
}

/** In words why nothing can be seen of the agent, null when something can. */
function whyBlind(
  { decisionLogSource: source, decisionLogSeenAt: seenAt }: AgentFact,
  now: Instant,
  hoursMax: number,
): string | null {
  if (source === null || source.trim() === '') return 'no source of its decision logs is recorded'
  if (seenAt === null) return `nothing was ever seen from its decision log ${source}`
  if (now - seenAt <= hoursMax * hourMs) return null
  const since = `${new Date(seenAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return `its decision log ${source} has been silent since ${since}; the limit is ${count(hoursMax, 'hour')}`
}
