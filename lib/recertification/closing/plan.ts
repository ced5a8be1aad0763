import { day } from '@/lib/gaps/wording'
import type { DecidedItem } from './decided'

type Binding = NonNullable<DecidedItem['binding']>
type Assignment = NonNullable<DecidedItem['assignment']>
type To = NonNullable<DecidedItem['to']>
type Decision = DecidedItem['decision']

/** What applying an item does. */
export type Act =
  | { type: 'certify_access'; binding: Binding; decision: Decision }
  | { type: 'revoke_access'; binding: Binding; decision: Decision }
  | { type: 'leave_access'; binding: Binding }
  | { type: 'certify_owner'; assignment: Assignment; decision: Decision }
  | { type: 'end_owner'; assignment: Assignment; decision: Decision }
  | { type: 'leave_owner'; assignment: Assignment }
  /** On the binding for access: then its entitlement is what goes to the other team. */
  | {
      type: 'reassign'
      target: Pick<Assignment, 'layer' | 'scope' | 'subjectId' | 'subjectSlug'>
      to: To
      decision: Decision
      binding: Binding | null
      assignment: Assignment | null
    }
  | { type: 'nothing' }

export interface Planned {
  act: Act
  /** What was decided and could not be done, in a sentence; null when all of it can. */
  notApplied: string | null
}

const nothing = (notApplied: string): Planned => ({ act: { type: 'nothing' }, notApplied })
const all = (act: Act): Planned => ({ act, notApplied: null })

/** What applying a decided item comes to, as things stand now: what has changed meanwhile is said, and never an error. */
export function planOf(item: DecidedItem): Planned {
  if (item.binding) return planAccess(item, item.binding)
  if (item.assignment) return planOwner(item, item.assignment)
  return nothing('It is not in the registry any more.')
}

function planAccess({ outcome, decision, to }: DecidedItem, binding: Binding): Planned {
  if (binding.state === 'revoked')
    return nothing(outcome === 'revoke' ? 'It had been revoked already.' : 'It was revoked meanwhile.')
  switch (outcome) {
    case 'certify':
      // Whoever granted it anew did so after the reviewer looked: that grant was not what they said yes to.
      return decision && binding.activeSince !== null && binding.activeSince > decision.at
        ? nothing(`It was granted anew on ${day(binding.activeSince)}, after the decision.`)
        : all({ type: 'certify_access', binding, decision })
    case 'revoke':
      return all({ type: 'revoke_access', binding, decision })
    case 'no_response':
      return all({ type: 'leave_access', binding })
    case 'reassign': {
      const { id: subjectId, slug: subjectSlug } = binding
      const target = { layer: 'entitlement', scope: 'binding', subjectId, subjectSlug } as const
      return planReassign(to, (team) => ({ type: 'reassign', target, to: team, decision, binding, assignment: null }))
    }
  }
}

function planOwner({ outcome, decision, to }: DecidedItem, assignment: Assignment): Planned {
  if (assignment.state === 'ended' || assignment.state === 'declined') {
    const how = assignment.state === 'ended' ? 'was ended or replaced' : 'was declined by the team'
    return nothing(outcome === 'revoke' ? `It ${how} already.` : `It ${how} meanwhile.`)
  }
  switch (outcome) {
    case 'certify':
      return all({ type: 'certify_owner', assignment, decision })
    case 'revoke':
      return all({ type: 'end_owner', assignment, decision })
    case 'no_response':
      return all({ type: 'leave_owner', assignment })
    case 'reassign':
      return planReassign(to, (team) => ({
        type: 'reassign',
        target: assignment,
        to: team,
        decision,
        binding: null,
        assignment,
      }))
  }
}

function planReassign(to: DecidedItem['to'], act: (to: To) => Act): Planned {
  if (to === null) return nothing('The team it was to go to is not in the registry any more.')
  const { team, person } = to
  if (!team.isActive) return nothing(`${team.name} was dissolved meanwhile.`)
  if (person === null || person.isActive) return all(act(to))
  return {
    act: act({ team, person: null }),
    notApplied: `${person.name} has left meanwhile: ${team.name} is named without an accountable person.`,
  }
}
