import type { ToolLifecycle } from '../model'
import { type Moves, mayMove } from '../moves'

/** A retired tool is kept for the record. */
export const toolMoves: Moves<ToolLifecycle> = { active: ['retired'], retired: [] }

/** What retiring a tool brings with it, for the question asked before; null when nothing else changes. */
export function toolRetirementConsequence(bindingsHeld: number): string | null {
  if (bindingsHeld === 0) return null
  return bindingsHeld === 1 ? 'Its binding is revoked with it.' : `Its ${bindingsHeld} bindings are revoked with it.`
}

/** What may be done with a tool: `true`, or the reason why not. */
export const canTool = {
  edit: (tool: { lifecycle: ToolLifecycle }): true | string =>
    tool.lifecycle === 'retired' ? 'A retired tool is kept as it was.' : true,
  retire: (tool: { lifecycle: ToolLifecycle }): true | string => mayMove('tool', toolMoves, tool.lifecycle, 'retired'),
}
