import type { AgentLifecycle } from '../model'
import { type Moves, mayMove } from '../moves'

/** Where an agent may go. Adopting a discovered one makes it proposed; a retired one is kept for the record. */
export const agentMoves: Moves<AgentLifecycle> = {
  discovered: ['proposed', 'retired'],
  proposed: ['active', 'retired'],
  active: ['suspended', 'retired'],
  suspended: ['active', 'retired'],
  retired: [],
}

/** What the move is called on a button. */
export function agentMoveTitle(from: AgentLifecycle, to: AgentLifecycle): string {
  if (to === 'active') return from === 'suspended' ? 'Resume' : 'Activate'
  return {
    discovered: 'Discover',
    proposed: from === 'discovered' ? 'Adopt' : 'Propose',
    suspended: 'Suspend',
    retired: 'Retire',
  }[to]
}

/** What an agent's move brings with it, for the question asked before; null when nothing else changes. */
export function agentMoveConsequence(to: AgentLifecycle, bindingsHeld: number): string | null {
  if (to !== 'retired' || bindingsHeld === 0) return null
  return bindingsHeld === 1 ? 'Its binding is revoked with it.' : `Its ${bindingsHeld} bindings are revoked with it.`
}

/** What may be done with an agent: `true`, or the reason why not. */
export const canAgent = {
  edit: (agent: { lifecycle: AgentLifecycle }): true | string =>
    agent.lifecycle === 'retired' ? 'A retired agent is kept as it was.' : true,
  move: (agent: { lifecycle: AgentLifecycle }, to: AgentLifecycle): true | string =>
    mayMove('agent', agentMoves, agent.lifecycle, to),
  bind: (agent: { lifecycle: AgentLifecycle }): true | string =>
    agent.lifecycle === 'retired' ? 'A retired agent gets no access.' : true,
}
