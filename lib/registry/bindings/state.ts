import { type Layer, type LayerId, layerOf } from '@/lib/layers'
import type { ActivationMode } from '@/lib/settings/model'
import type { AgentLifecycle, BindingState, RiskTier, ToolLifecycle } from '../model'
import { type Moves, mayMove } from '../moves'

/**
 * Where a binding may go. One agent, tool and environment are one binding for ever, so access that was revoked is
 * asked for again on the same binding, and goes through approval again.
 */
export const bindingMoves: Moves<BindingState> = {
  requested: ['approved', 'revoked'],
  approved: ['active', 'revoked'],
  active: ['revoked'],
  revoked: ['requested'],
}

/** What the move is called on a button. */
export const bindingMoveTitles: Record<BindingState, string> = {
  requested: 'Request again',
  approved: 'Approve',
  active: 'Activate',
  revoked: 'Revoke',
}

/** What a binding's moves depend on. */
export interface BindingStanding {
  state: BindingState
  risk: RiskTier
  intentText: string | null
  agent: { lifecycle: AgentLifecycle }
  tool: { lifecycle: ToolLifecycle }
}

/**
 * No owner, no activation: what the policy says to activating a binding of this risk with these layers unowned; null
 * when it says nothing.
 */
export function activationConcern(
  mode: ActivationMode,
  risk: RiskTier,
  unowned: readonly LayerId[],
): { blocks: boolean; message: string } | null {
  if (mode === 'off' || unowned.length === 0) return null
  const titles: Layer['title'][] = unowned.map((id) => layerOf(id).title)
  const message = `Nobody owns ${titles.join(', ')} here.`
  return mode === 'block'
    ? { blocks: true, message: `${message} At ${risk} risk every layer needs an owner first.` }
    : { blocks: false, message }
}

const retiredEnd = ({ agent, tool }: Pick<BindingStanding, 'agent' | 'tool'>): string | null => {
  if (agent.lifecycle === 'retired') return 'The agent is retired.'
  return tool.lifecycle === 'retired' ? 'The tool is retired.' : null
}

/** What may be done with a binding: `true`, or the reason why not. */
export const canBinding = {
  create: (ends: Pick<BindingStanding, 'agent' | 'tool'>): true | string => retiredEnd(ends) ?? true,
  edit: (binding: Pick<BindingStanding, 'state'>): true | string =>
    binding.state === 'revoked' ? 'A revoked binding is kept as it was; request it again first.' : true,
  move(binding: BindingStanding, to: BindingState): true | string {
    const verdict = mayMove('binding', bindingMoves, binding.state, to)
    if (verdict !== true) return verdict
    if (to === 'revoked') return true
    if (to === 'approved' && !binding.intentText) return 'Say what the access is for before it is approved.'
    return retiredEnd(binding) ?? true
  },
}
