import type { Rule } from '../rule'
import { frontDoorOnly } from './front-door-only'
import { intentMissing } from './intent-missing'
import { layerUnowned } from './layer-unowned'
import { ownerOrphaned } from './owner-orphaned'
import { ownerUnconfirmed } from './owner-unconfirmed'
import { recertificationOverdue } from './recertification-overdue'
import { shadowAgent } from './shadow-agent'
import { sponsorLeft } from './sponsor-left'

/** Every gap rule there is, in the order they are shown. */
export const rules: readonly Rule[] = [
  layerUnowned,
  ownerOrphaned,
  ownerUnconfirmed,
  sponsorLeft,
  frontDoorOnly,
  intentMissing,
  recertificationOverdue,
  shadowAgent,
]

/** The rule with this id, if there is one. */
export function findRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id)
}
