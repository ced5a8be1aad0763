import { layerOf } from '@/lib/layers'
import { type Discredit, discredit } from '@/lib/ownership/credible'
import { isLive } from '@/lib/ownership/resolve'
import type { AssignmentFact, Picture } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, listedBindings } from '../wording'

/** An owner that somebody relies on cannot answer any more. It stays the effective owner, and is no coverage. */
export const ownerOrphaned: Rule = {
  id: 'owner-orphaned',
  title: 'The owner cannot answer any more',
  placedOn: ['assignment'],
  severityByRisk: { low: 'medium', medium: 'high', high: 'high', critical: 'critical' },
  when: 'The assignment supplies the effective owner of an active binding, or of an active agent without active bindings, and its team is dissolved or has no active member, or its accountable person has left.',
  why: 'The layer looks owned, but the message that something is wrong with it reaches nobody.',
  fix: 'Name another team or accountable person for this layer, or bring the team back to life with an active member.',
  evaluate(subject, picture, { now }) {
    const assignment = picture.assignments.get(subject.id)
    if (!assignment || !isLive(assignment, now)) return []
    const reason = discredit(assignment, picture)
    if (!reason) return []
    const bindings = picture.bindingsAnsweredBy(assignment)
    const agents = picture.idleAgentsAnsweredBy(assignment)
    if (bindings.length + agents.length === 0) return []
    const explanation = `${because(reason, assignment, picture)} It is still the owner of ${layerOf(assignment.layer).title.toLowerCase()} for ${
      bindings.length > 0
        ? `${count(bindings.length, 'active binding')}: ${listedBindings(bindings)}`
        : `${count(agents.length, 'active agent')} without an active binding`
    }.`
    return [findingOf(ownerOrphaned, { subject, layer: assignment.layer, bindings, explanation })]
  },
}

function because(reason: Discredit, { teamId, personId }: AssignmentFact, { teams, people }: Picture): string {
  const team = teams.get(teamId)?.name ?? 'The team'
  switch (reason) {
    case 'team-dissolved':
      return `${team} is dissolved.`
    case 'team-empty':
      return `${team} has no active member.`
    case 'person-left': {
      const person = (personId === null ? undefined : people.get(personId)?.name) ?? 'The accountable person'
      return `${person}, accountable for ${team}, has left.`
    }
  }
}
