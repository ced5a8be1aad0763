import { type LayerId, layerOf } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { AgentFact } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count } from '../wording'

/**
 * What an agent sets in motion ends where nobody answers, or does not end at all.
 * Only an active agent delegates: what a suspended or retired one was allowed to hand on neither begins a chain nor
 * carries one further, so that a chain behind it begins with the agents it named. Asked are active agents alone, the
 * heads of chains and those in loops. A loop counts as one agent in the length of a chain.
 * Depends on: all agents down the chains (lifecycle, name, slug) and the delegations between them, whether anybody
 * active delegates to this one, the active bindings of those agents and whether each of their layers is owned; of active
 * ones without a binding, whether their own layers are.
 */
export const delegationHole: Rule = {
  id: 'delegation-hole',
  title: 'A chain of delegation has a hole',
  placedOn: ['agent'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'Nobody delegates to the active agent, and an agent down a chain of delegation from it has a layer that nobody owns, or is suspended or retired, or a chain from it loops, or is deeper than the limit (5 delegations, a setting). It also fires on each agent of a loop.',
  why: 'Whoever may call an agent can have done what that agent may do. A chain is governed only as well as its weakest agent, and a loop has no end at which anybody could answer for it.',
  fix: 'Name owners for the agents down the chain, take out delegations to agents that do not run, break the loop, or shorten the chain.',
  evaluate(subject, picture, { policy }) {
    const agent = picture.agents.get(subject.id)
    if (agent?.lifecycle !== 'active') return []
    const graph = picture.delegationGraph()
    if (!graph.isHead(agent.id) && !graph.loopOf(agent.id)) return []
    const holes = graph.markedFrom(agent.id, holesNamedMax + 1).flatMap((id) => picture.agents.get(id) ?? [])
    const named = holes.slice(0, holesNamedMax)
    const sentences = [
      sayLoop(agent, picture),
      sayHoles(agent, named, holes.length > named.length, picture),
      sayDepth(agent, graph.depthFrom(agent.id), policy.delegationDepthMax),
    ].filter((sentence) => sentence !== null)
    if (sentences.length === 0) return []
    const ofHoles = named.flatMap(({ id }) => picture.activeBindingsOfAgent(id))
    const bindings = ofHoles.length > 0 ? ofHoles : picture.activeBindingsOfAgent(agent.id)
    return [findingOf(delegationHole, { subject, layer: null, bindings, explanation: sentences.join(' ') })]
  },
}

const holesNamedMax = 3

function sayLoop(agent: AgentFact, picture: IndexedPicture): string | null {
  const graph = picture.delegationGraph()
  const own = graph.loopOf(agent.id)
  const loop = own ?? graph.loopFrom(agent.id)
  if (!loop) return null
  if (own?.length === 1) return `${agent.name} delegates to itself.`
  const first = loop.slice(0, 3).map((id) => picture.agents.get(id)?.name ?? id)
  const rest = loop.length - first.length
  const names = rest > 0 ? `${first.join(', ')} and ${rest.toLocaleString('en')} more` : first.join(', ')
  if (own) return `${agent.name} is in a loop of ${count(loop.length, 'agent')}: ${names}.`
  return `A chain from ${agent.name} runs into a loop of ${count(loop.length, 'agent')}: ${names}.`
}

function sayHoles(
  agent: AgentFact,
  holes: readonly AgentFact[],
  areMore: boolean,
  picture: IndexedPicture,
): string | null {
  if (holes.length === 0) return null
  const named = holes.map((hole) => `${hole.name} ${sayHole(hole, picture.unownedLayersOf(hole.id))}`)
  return `Down the chain from ${agent.name}, ${[...named, ...(areMore ? ['and there are more'] : [])].join('; ')}.`
}

function sayHole({ lifecycle }: AgentFact, unowned: readonly LayerId[]): string {
  const titles = unowned.map((layer) => layerOf(layer).title.toLowerCase())
  const parts = [
    ...(lifecycle === 'suspended' || lifecycle === 'retired' ? [`is ${lifecycle}`] : []),
    ...(titles.length > 0 ? [`has no owner of ${titles.join(', ')}`] : []),
  ]
  return parts.join(' and ')
}

function sayDepth({ name }: AgentFact, depth: number, max: number): string | null {
  if (depth <= max) return null
  return `The longest chain from ${name} is ${count(depth, 'delegation')} deep; the limit is ${max}.`
}
