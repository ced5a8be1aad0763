import { agentMoves } from '@/lib/registry/agents/lifecycle'
import { bindingMoves } from '@/lib/registry/bindings/state'
import { toolMoves } from '@/lib/registry/tools/lifecycle'

/** Where a policy contract may go. */
const contractMoves = {
  draft: ['signed_off', 'superseded'],
  signed_off: ['in_force', 'superseded'],
  in_force: ['superseded'],
  superseded: [],
} as const

export type Machine = 'agents' | 'tools' | 'bindings' | 'contracts'

const machines: Record<Machine, Readonly<Record<string, readonly string[]>>> = {
  agents: agentMoves,
  tools: toolMoves,
  bindings: bindingMoves,
  contracts: contractMoves,
}

/**
 * Whether a source may take something from one state to another: it tells how things stand by now, so several allowed
 * moves may have happened since, and any chain of them will do.
 */
export function canReach(machine: Machine, from: string, to: string): boolean {
  const reached = new Set([from])
  for (const state of reached) for (const next of machines[machine][state] ?? []) reached.add(next)
  return reached.has(to)
}
