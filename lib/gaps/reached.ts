import type { IndexedPicture } from './indexed-picture'
import type { AssignmentFact } from './picture'

/** Whether there is something to own: an active binding in the assignment's scope, an active agent, or the whole organisation. */
export function isReached(assignment: AssignmentFact, picture: IndexedPicture): boolean {
  const { scope, subjectId } = assignment
  if (scope === 'organisation') return true
  if (picture.bindingsInScope(assignment).length > 0) return true
  return scope === 'agent' && subjectId !== null && picture.agents.get(subjectId)?.lifecycle === 'active'
}
