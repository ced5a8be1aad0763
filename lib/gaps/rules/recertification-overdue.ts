import type { BindingFact, Instant } from '../picture'
import { findingOf, type Rule } from '../rule'
import { count, day, dayMs } from '../wording'

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
    const explanation = overdue(binding, now, policy.cadenceDays[binding.risk])
    if (!explanation) return []
    return [findingOf(recertificationOverdue, { subject, layer: null, bindings: [binding], explanation })]
  },
}

/** Why the binding is overdue, null when it is not. A certification from before it became active is none. */
function overdue(
  { slug, risk, certifiedAt, certificationLostAt, activeSince }: BindingFact,
  now: Instant,
  cadenceDays: number,
): string | null {
  if (certifiedAt === null || (activeSince !== null && certifiedAt < activeSince)) {
    const since = activeSince === null ? '' : ` on ${day(activeSince)}`
    return `${slug} was never certified since it became active${since}.`
  }
  if (certificationLostAt !== null)
    return `${slug} was last certified on ${day(certifiedAt)}; what was certified then changed on ${day(certificationLostAt)}.`
  if (now - certifiedAt <= cadenceDays * dayMs) return null
  return `${slug} was last certified on ${day(certifiedAt)}; at ${risk} risk it is due every ${count(cadenceDays, 'day')}.`
}
