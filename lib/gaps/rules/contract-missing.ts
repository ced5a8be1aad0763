import type { IndexedPicture } from '../indexed-picture'
import { isDoor, pathOf } from '../paths'
import type { BindingFact } from '../picture'
import { findingOf, isHighRisk, type Rule } from '../rule'
import { count, listedBindings } from '../wording'

/**
 * Several points decide, or much is at stake, and no document says by which limits.
 * Depends on: the tool (name), which of its contracts is in force, its active bindings (risk, path) and the kind of the
 * points on those paths.
 */
export const contractMissing: Rule = {
  id: 'contract-missing',
  title: 'No policy contract in force',
  placedOn: ['tool'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'The tool has no policy contract in force, and an active binding reaches it through a gateway or broker, or at high or critical risk.',
  why: 'Two points can only be shown to honour the same limits when the limits are written down in one place that both can be held against.',
  fix: 'Write a policy contract for the tool, have security sign it off, and put it in force.',
  evaluate(subject, picture) {
    const tool = picture.tools.get(subject.id)
    if (!tool || picture.contractInForce(tool.id)) return []
    const bindings = picture.activeBindingsOfTool(tool.id)
    const behindDoor = bindings.filter((binding) => isBehindDoor(binding, picture))
    const atRisk = bindings.filter((binding) => isHighRisk(binding.risk))
    const affected = [...new Set([...behindDoor, ...atRisk])]
    if (affected.length === 0) return []
    const reached = [
      ...(behindDoor.length > 0
        ? [
            `through a gateway or broker by ${count(behindDoor.length, 'active binding')} (${listedBindings(behindDoor)})`,
          ]
        : []),
      ...(atRisk.length > 0
        ? [`at high or critical risk by ${count(atRisk.length, 'active binding')} (${listedBindings(atRisk)})`]
        : []),
    ]
    const explanation = `${tool.name} has no policy contract in force and is reached ${reached.join(', and ')}.`
    return [findingOf(contractMissing, { subject, layer: null, bindings: affected, explanation })]
  },
}

function isBehindDoor(binding: BindingFact, picture: IndexedPicture): boolean {
  return pathOf(binding, picture).some(({ point }) => isDoor(point))
}
