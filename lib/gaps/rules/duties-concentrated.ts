import { enforcementLayer, entitlementLayer, layerIds, layerOf } from '@/lib/layers'
import type { IndexedPicture } from '../indexed-picture'
import type { AssignmentFact, BindingFact } from '../picture'
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
  const teamIds = new Set(layerIds.map((layer) => picture.assignmentOf(binding, layer)?.teamId))
  const [teamId] = teamIds
  if (teamIds.size > 1 || teamId === undefined) return null
  return `${picture.teams.get(teamId)?.name ?? 'One team'} owns all five layers of ${binding.slug}.`
}

function personOfBoth(binding: BindingFact, picture: IndexedPicture): string | null {
  const entitlement = picture.assignmentOf(binding, entitlementLayer)
  const enforcement = picture.assignmentOf(binding, enforcementLayer)
  if (!isSamePerson(entitlement, enforcement)) return null
  const person = picture.people.get(entitlement?.personId ?? '')?.name ?? 'One person'
  const [one, other] = [entitlementLayer, enforcementLayer].map((layer) => layerOf(layer).title.toLowerCase())
  return `${person} is accountable for both ${one} and ${other} of ${binding.slug}.`
}

function isSamePerson(one: AssignmentFact | null, other: AssignmentFact | null): boolean {
  return one !== null && one.personId !== null && one.personId === other?.personId
}
