import { layerOf } from '@/lib/layers'
import { isStanding } from '@/lib/ownership/resolve'
import type { IndexedPicture } from '../indexed-picture'
import type { Finding, GapSubject } from '../model'
import type { AssignmentFact, BindingFact, Instant } from '../picture'
import { isReached } from '../reached'
import { findingOf, type Rule } from '../rule'
import { count, day } from '../wording'

/**
 * A campaign asked, and nobody answered.
 * Depends on: of a binding, itself alone (state, active since, certified, unanswered); of an assignment, whether it
 * stands, was unanswered, and what it reaches and supplies.
 */
export const reviewUnanswered: Rule = {
  id: 'review-unanswered',
  title: 'A review ended without an answer',
  placedOn: ['binding', 'assignment'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'high' },
  when: 'A recertification campaign ended without an answer about an active binding, or about an owner who still has something to own, and nobody has answered since.',
  why: 'Silence is no answer. What nobody looked at was not confirmed, however green the rest of the campaign is.',
  fix: 'Ask again with a follow-up campaign, which holds just what nobody answered, and see to it that somebody is asked who can answer.',
  evaluate(subject, picture, { now }) {
    return subject.type === 'binding' ? onBinding(subject, picture) : onAssignment(subject, picture, now)
  },
}

function onBinding(subject: GapSubject, picture: IndexedPicture): Finding[] {
  const binding = picture.bindings.get(subject.id)
  if (binding?.state !== 'active' || binding.unansweredAt === null || isOver(binding, binding.unansweredAt)) return []
  const explanation = `Nobody answered about ${binding.slug} ${until(binding.unansweredIn, binding.unansweredAt)}.`
  return [findingOf(reviewUnanswered, { subject, layer: null, bindings: [binding], explanation })]
}

/** Access that was granted anew, or that a source says was certified since, is not what nobody answered about. */
function isOver({ activeSince, certifiedAt }: BindingFact, unansweredAt: Instant): boolean {
  return (activeSince !== null && activeSince > unansweredAt) || (certifiedAt !== null && certifiedAt > unansweredAt)
}

function onAssignment(subject: GapSubject, picture: IndexedPicture, now: Instant): Finding[] {
  const assignment = picture.assignments.get(subject.id)
  if (!assignment || assignment.unansweredAt === null) return []
  if (!isStanding(assignment, now) || !isReached(assignment, picture)) return []
  const bindings = picture.bindingsAnsweredBy(assignment)
  const explanation = `${asked(assignment, picture)} ${until(assignment.unansweredIn, assignment.unansweredAt)}. It concerns ${count(bindings.length, 'active binding')}.`
  return [findingOf(reviewUnanswered, { subject, layer: assignment.layer, bindings, explanation })]
}

function asked({ teamId, layer }: AssignmentFact, picture: IndexedPicture): string {
  const team = picture.teams.get(teamId)?.name ?? 'the team'
  return `Nobody answered whether ${team} still owns ${layerOf(layer).title.toLowerCase()} here`
}

const until = (campaign: string | null, at: Instant) =>
  `until the ${campaign === null ? 'campaign' : `campaign “${campaign}”`} ended on ${day(at)}`
