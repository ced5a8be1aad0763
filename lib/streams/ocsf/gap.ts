import { findRule } from '@/lib/gaps/rules'
import { controlsOf } from '@/lib/standards/controls'
import type { GapItem } from '../model'
import { type OcsfEvent, ocsfEvent } from './event'

const complianceFinding = 2003

/** `severity_id` of OCSF. */
const severities = { low: 2, medium: 3, high: 4, critical: 5 } as const

/** The state of a finding (`status_id` of finding classes): 1 New, 2 In Progress, 3 Suppressed, 4 Resolved. */
const statuses: Readonly<Record<string, number>> = {
  open: 1,
  acknowledged: 2,
  remediating: 2,
  excepted: 3,
  resolved: 4,
}

/** 1 Create, 2 Update, 3 Close. A gap that comes back is created again; its `finding_info.uid` stays. */
function activityOf({ fromState, toState }: GapItem): number {
  if (toState === 'resolved') return 3
  return fromState === null || fromState === 'resolved' ? 1 : 2
}

/** What became of a gap as a Compliance Finding (2003). */
export function ocsfOfGap(item: GapItem): OcsfEvent {
  const { id, position, at, gap, toState, note, actor } = item
  const rule = findRule(gap.rule)
  const title = rule?.title ?? gap.rule
  const controls = controlsOf(gap.rule)
  const message = `${title}: ${gap.subject.slug} (${toState})`
  const origin = { id, position, at, logName: 'gaps' }
  const { subject } = gap
  return {
    ...ocsfEvent(complianceFinding, activityOf(item), severities[gap.severity], message, origin),
    status_id: statuses[toState] ?? 0,
    ...(note !== null && { comment: note }),
    compliance: {
      status_id: toState === 'resolved' ? 1 : 3,
      ...(controls.length > 0 && {
        requirements: controls.map((control) => `${control.framework.key}:${control.id}`),
        standards: [...new Set(controls.map(({ framework }) => `${framework.title} ${framework.version}`))],
      }),
      checks: [{ uid: gap.rule, name: title, status_id: toState === 'resolved' ? 1 : 3 }],
    },
    finding_info: {
      uid: gap.id,
      title,
      desc: gap.explanation,
      types: [gap.rule],
      created_time: gap.openedAt.getTime(),
      created_time_dt: gap.openedAt.toISOString(),
      analytic: { uid: gap.rule, name: title, type_id: 1 },
    },
    ...(rule && { remediation: { desc: rule.fix } }),
    resources: [{ uid: subject.id, name: subject.slug, type: subject.type, role_id: 3 }],
    unmapped: { by: actor, state: toState, ...(gap.layer !== null && { layer: gap.layer }) },
  }
}
