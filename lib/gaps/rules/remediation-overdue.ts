import { enforcementLayer } from '@/lib/layers'
import { findingOf, type Rule } from '../rule'
import { day } from '../wording'

/**
 * Revoked here, and nobody has shown that it is gone where it is granted. Placed on enforcement: that is where the access
 * still works, and whose owner has to take it away.
 * Depends on: the binding alone (state, remediation due). It is the one rule that looks at revoked bindings.
 */
export const remediationOverdue: Rule = {
  id: 'remediation-overdue',
  title: 'Revoked access was not shown to be gone',
  placedOn: ['binding'],
  severityByRisk: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  when: 'A binding was revoked by a recertification campaign, and by the due date of its remediation neither evidence, an import nor a decision log has shown that the access is gone. It fires on revoked bindings.',
  why: 'A decision to revoke changes nothing by itself. Until the access is taken away where it is granted, the agent can still use it, and the record says that it cannot.',
  fix: 'Take the access away where it is granted and attach the evidence to the remediation, or import the source that grants it.',
  evaluate(subject, picture, { now }) {
    const binding = picture.bindings.get(subject.id)
    if (binding?.state !== 'revoked' || binding.remediationDueAt === null) return []
    const { slug, remediationDueAt } = binding
    if (now < remediationDueAt) return []
    // The due instant is the end of the due day, the first of the next.
    const explanation = `${slug} was revoked, and by ${day(remediationDueAt - 1)} nothing had shown that the access is gone.`
    return [findingOf(remediationOverdue, { subject, layer: enforcementLayer, bindings: [binding], explanation })]
  },
}
