import type { Random } from '@/lib/gaps/testing/random'
import type { PointRow } from './organisation'
import type { AgentRow, ToolRow } from './registry'
import { type DaysAgo, idOf, provenance } from './rows'
import type { EstateSize } from './size'

const risks = ['low', 'low', 'low', 'medium', 'medium', 'medium', 'medium', 'high', 'high', 'critical'] as const

/**
 * Ten bindings an agent on average, from none to twenty, to tools of which a few are used by nearly everybody.
 * They come in the order they were made, which is that of neither agents nor tools.
 */
export function bindingsOf(
  random: Random,
  size: EstateSize,
  agents: readonly AgentRow[],
  tools: readonly ToolRow[],
  ago: DaysAgo,
) {
  const pairs = shuffled(random, pairsOf(random, agents, tools))
  return pairs.map(({ agent, tool }, index) => {
    const environment = random.chance(0.85) ? 'production' : 'staging'
    const state = stateOf(random, agent)
    const since = random.below(450)
    const longLived = random.chance(0.2)
    return {
      id: idOf('binding', index),
      slug: `${agent.slug}/${tool.slug}@${environment}`,
      tool_slug: tool.slug,
      agent_id: agent.id,
      tool_id: tool.id,
      environment,
      state,
      active_since: state === 'active' ? ago(since) : null,
      intent_text: random.chance(0.95) ? `Looks up what ${agent.name} needs from ${tool.name}` : null,
      intent_approved_by_id: idOf('person', random.below(size.people)),
      intent_approved_at: random.chance(0.95) ? ago(since + 1) : null,
      actions: random.chance(0.7) ? ['read'] : ['read', 'write'],
      risk: random.pick(risks),
      decision_mode: random.chance(0.6) ? 'runtime' : 'static',
      credential_type: longLived ? 'long_lived' : 'short_lived',
      credential_lifetime_seconds: longLived ? 86_400 : 900,
      boundary: random.chance(0.7) ? 'Read-only role' : null,
      allowlist_present: index % 6 === 0,
      allowlist_reviewed_at: index % 6 === 0 && index % 4 !== 0 ? ago(since) : null,
      certified_at: random.chance(0.85) ? ago(random.below(200)) : null,
      ...provenance(ago(since + 2)),
    }
  })
}
export type BindingRow = ReturnType<typeof bindingsOf>[number]

function pairsOf(random: Random, agents: readonly AgentRow[], tools: readonly ToolRow[]) {
  return agents.flatMap((agent, index) => {
    // Two neighbours share twenty, so that the sum is exact: 10 + d and 10 - d.
    const difference = (index >> 1) % 11
    const count = index % 2 === 0 ? 10 + difference : 10 - difference
    return [...distinctTools(random, tools, count)].map((tool) => ({ agent, tool }))
  })
}

function distinctTools(random: Random, tools: readonly ToolRow[], count: number): Set<ToolRow> {
  const chosen = new Set<ToolRow>()
  while (chosen.size < count) {
    const tool = tools[Math.floor(tools.length * random.next() ** 2)]
    if (tool) chosen.add(tool)
  }
  return chosen
}

function stateOf(random: Random, agent: AgentRow) {
  if (agent.lifecycle === 'retired') return 'revoked'
  if (agent.lifecycle === 'active' && random.chance(0.96)) return 'active'
  return random.pick(['requested', 'approved', 'revoked'])
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}

/** The ways of five bindings in six: a gateway, a broker for one in three, and the application last. */
export function pathsOf(
  random: Random,
  bindings: readonly BindingRow[],
  tools: readonly ToolRow[],
  points: readonly PointRow[],
) {
  const applicationOf = new Map(tools.map((tool) => [tool.id, tool.application_id]))
  const gateways = points.filter((point) => point.kind === 'gateway')
  const brokers = points.filter((point) => point.kind === 'broker')
  return bindings.flatMap((binding) => {
    if (random.chance(1 / 6)) return []
    const application = applicationOf.get(binding.tool_id) ?? null
    const way = [
      gateways[random.below(gateways.length)]?.id ?? null,
      random.chance(1 / 3) ? (brokers[random.below(brokers.length)]?.id ?? null) : null,
      application,
    ].filter((id) => id !== null)
    return way.map((point_id, position) => ({
      binding_id: binding.id,
      position,
      point_id,
      mode: random.pick(['enforces', 'enforces', 'trusts_upstream', 'unknown']),
    }))
  })
}
