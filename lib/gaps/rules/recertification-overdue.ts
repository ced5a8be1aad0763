import { certificationStanding } from '@/lib/recertification/cadence'
import type { GapPolicy } from '../model'
import type { BindingFact, Instant } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, day } from '../wording'

/**
 * Nobody has confirmed lately that the access is still wanted.
 * Depends on: the binding alone (state, active since, certified, certification lost).
 */
export const recertificationOverdue: Rule = {
  id: 'recertification-overdue',
  title: 'Recertification is overdue',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'high' },
  when: 'An active binding was never certified since it became active (this fires at once), or was last certified longer ago than the cadence of its risk tier (critical 30, high 90, medium 180, low 365 days, a setting), or what was certified has changed since in a way that takes the certification away (this fires at once).',
  why: 'Access outlives its reason. Only a person who looks again can say that it is still wanted.',
  fix: 'Put the binding into a recertification campaign and have its reviewer certify or revoke it.',
  evaluate(subject, picture, { now, policy }) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'active') return []
    const explanation = overdue(binding, now, policy)
    if (!explanation) return []
    return [findingOf(recertificationOverdue, { subject, layer: null, bindings: [binding], explanation })]
  },
}

/** Why the binding is overdue, null when it is not. */
function overdue(binding: BindingFact, now: Instant, { cadenceDays }: GapPolicy): string | null {
  const { slug, risk, certifiedAt, certificationLostAt: lostAt, activeSince } = binding
  const standing = certificationStanding({ risk, activeSince, certifiedAt, lostAt }, cadenceDays, now)
  if (standing === 'certified') return null
  if (standing === 'never' || certifiedAt === null) {
    const since = activeSince === null ? '' : ` on ${day(activeSince)}`
    return `${slug} was never certified since it became active${since}.`
  }
  const last = `${slug} was last certified on ${day(certifiedAt)}`
  return standing === 'lost' && lostAt !== null
    ? `${last}; what was certified then changed on ${day(lostAt)}.`
    : `${last}; at ${risk} risk it is due every ${count(cadenceDays[risk], 'day')}.`
}
