import { dayAfter, dayIn } from '@/lib/time/calendar'
import type { EscalationStep } from '../model'

/** The steps whose day has come, each with its number, in the order in which they were declared. */
export function dueSteps(
  steps: readonly EscalationStep[],
  { startedAt, now, timeZone }: { startedAt: Date; now: Date; timeZone: string },
): { number: number; step: EscalationStep }[] {
  const started = dayIn(startedAt, timeZone)
  const today = dayIn(now, timeZone)
  const numbered = steps.map((step, index) => ({ number: index + 1, step }))
  // A step waits for those before it, also when it was declared for an earlier day.
  const firstWaiting = numbered.find(({ step }) => dayAfter(started, step.after) > today)
  return numbered.slice(0, firstWaiting ? firstWaiting.number - 1 : numbered.length)
}
