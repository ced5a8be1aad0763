import { DomainError } from '@/lib/use-cases/errors'
import type { AssignmentState } from './model'

export type AssignmentEvent = 'accept' | 'decline' | 'end'

/** proposed → accepted | declined, then ended. Declined and ended are final. */
const edges: Record<AssignmentState, Partial<Record<AssignmentEvent, AssignmentState>>> = {
  proposed: { accept: 'accepted', decline: 'declined', end: 'ended' },
  accepted: { end: 'ended' },
  declined: {},
  ended: {},
}

/** `true`, or the reason why an assignment in this state cannot take the event. */
export function canTake(state: AssignmentState, event: AssignmentEvent): true | string {
  if (edges[state][event]) return true
  return state === 'accepted' && event !== 'end'
    ? 'It is accepted already; it can only be ended.'
    : `It is ${state}, which is final.`
}

/** The state after the event. @throws DomainError `wrong_state`. */
export function next(state: AssignmentState, event: AssignmentEvent): AssignmentState {
  const after = edges[state][event]
  if (!after) throw new DomainError('wrong_state', String(canTake(state, event)))
  return after
}
