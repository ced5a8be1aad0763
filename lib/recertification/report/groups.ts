import type { RecordGroup } from './model'

/** What an auditor asks for first, in that order. */
export const groupTitles: Record<RecordGroup, string> = {
  no_response: 'Ended without a response',
  not_applied: 'Could not be applied as decided',
  of_own: 'Reviewed by who answers for it',
  revoked: 'Revoked',
  reassigned: 'Reassigned',
  challenged: 'Contested',
  undone: 'Answered anew after an answer was taken back',
  second_look: 'Sent back for a second look',
  escalated: 'Escalated',
  handed_over: 'Handed over',
  deferred: 'Deferred',
}
