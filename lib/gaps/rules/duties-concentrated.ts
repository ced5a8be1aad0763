import { enforcementLayer, entitlementLayer, layerIds, layerOf } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { BindingFact } from '../picture'
import { findingOf, type Rule } from '../rule'

/**
 * The same team or person says what is wanted and whether it is kept to.
 * Depends on: the binding (state) and its effective owners (team and accountable person of their assignments, names).
 */
export const dutiesConcentrated: Rule = {
  id: 'duties-concentrated',
  title: 'Too many duties in one hand',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'high' },
  when: 'One team is the effective owner of all five layers of an active binding, or one person is accountable for both its entitlement and its enforcement.',
  why: 'Layers check each other only while different people answer for them. Who decides what is wanted should not be the one who decides whether it was kept to.',
  fix: 'Give at least one layer to another team, and name different accountable persons for entitlement and enforcement.',
  evaluate(subject, picture) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active') return []
    const reasons = [teamOfAll(binding, picture), personOfBoth(binding, picture)].filter((reason) => reason !== null)
    if (reasons.length === 0) return []
    const explanation = reasons.join(' ')
    return [findingOf(dutiesConcentrated, { subject, layer: null, bindings: [binding], explanation })]
  },
}

function teamOfAll(binding: BindingFact, picture: IndexedPicture): string | null {
  const [first, ...others] = layerIds
  const teamId = picture.assignmentOf(binding, first)?.teamId
  if (teamId === undefined) return null
  if (!others.every((layer) => picture.assignmentOf(binding, layer)?.teamId === teamId)) return null
  return `${picture.teams.get(teamId)?.name ?? 'One team'} owns all five layers of ${binding.slug}.`
}

function personOfBoth(binding: BindingFact, picture: IndexedPicture): string | null {
  const personId = picture.assignmentOf(binding, entitlementLayer)?.personId ?? null
  if (personId === null || picture.assignmentOf(binding, enforcementLayer)?.personId !== personId) return null
  const person = picture.people.get(personId)?.name ?? 'One person'
  const [one, other] = [entitlementLayer, enforcementLayer].map((layer) => layerOf(layer).title.toLowerCase())
  return `${person} is accountable for both ${one} and ${other} of ${binding.slug}.`
}
