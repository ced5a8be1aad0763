import { layerOf } from '@/lib/layers'
import { isLive, isStanding } from '@/lib/ownership/resolve'
import type { IndexedPicture } from '../indexed-picture'
import type { AssignmentFact, Instant } from '../picture'
import { isReached } from '../reached'
import { findingOf, type Rule } from '../rule'
import { count, day, dayMs } from '../wording'

/** The handshake is not done: the named team is silent for too long, or said no and nobody else was named. */
export const ownerUnconfirmed: Rule = {
  id: 'owner-unconfirmed',
  title: 'The named team has not accepted',
  placedOn: ['assignment'],
  severityByRisk: { low: 'low', medium: 'low', high: 'medium', critical: 'high' },
  when: 'The named team has not accepted for longer than the limit (14 days, a setting), or has declined and nobody else is named there. It fires only while something is there to own: an active binding in the scope of the assignment, an active agent, or the whole organisation.',
  why: 'Ownership is a handshake. A team that never said yes may not know that it is being relied on.',
  fix: 'Ask a lead of the team to accept or decline. When it declines, name another team.',
  evaluate(subject, picture, { now, policy }) {
    const assignment = picture.assignments.get(subject.id)
    if (!assignment) return []
    const open =
      isOverdue(assignment, now, policy.acceptWithinDays) || isDeclinedWithoutSuccessor(assignment, picture, now)
    if (!open || !isReached(assignment, picture)) return []
    const bindings = picture.bindingsAnsweredBy(assignment)
    const team = picture.teams.get(assignment.teamId)?.name ?? 'The team'
    const title = layerOf(assignment.layer).title.toLowerCase()
    const named = `${team} was named owner of ${title} on ${day(assignment.proposedAt)}`
    const answer =
      assignment.state === 'declined'
        ? 'and has declined; nobody else is named there'
        : `and has not accepted within ${count(policy.acceptWithinDays, 'day')}`
    const explanation = `${named} ${answer}. It concerns ${count(bindings.length, 'active binding')}.`
    return [findingOf(ownerUnconfirmed, { subject, layer: assignment.layer, bindings, explanation })]
  },
}

function isOverdue(assignment: AssignmentFact, now: Instant, days: number): boolean {
  return assignment.state === 'proposed' && isLive(assignment, now) && now - assignment.proposedAt > days * dayMs
}

/** Only the newest assignment of a cell speaks for it; one that stands now or later is somebody else being named. */
function isDeclinedWithoutSuccessor(assignment: AssignmentFact, picture: IndexedPicture, now: Instant): boolean {
  if (assignment.state !== 'declined') return false
  return picture
    .sameCell(assignment)
    .every((other) => other.id === assignment.id || (!isStanding(other, now) && isNewer(assignment, other)))
}

function isNewer(one: AssignmentFact, other: AssignmentFact): boolean {
  if (one.proposedAt !== other.proposedAt) return one.proposedAt > other.proposedAt
  if (one.validFrom !== other.validFrom) return one.validFrom > other.validFrom
  return one.id > other.id
}
