import type { Policy } from '@/lib/settings/model'
import type { Severity } from '../model'
import { dayMs } from '../wording'

/** By when a gap should be gone: the days of its severity, counted from when it opened. */
export function dueByPolicy(gap: { severity: Severity; openedAt: Date }, dueDays: Policy['dueDays']): Date {
  return new Date(gap.openedAt.getTime() + dueDays[gap.severity] * dayMs)
}
