import type { Reader } from '@/lib/db/reading'
import type { AssignmentFilter } from './assignment-store'
import type { AssignmentFilterInput } from './model'
import { subjectIdsOf } from './target-store'

/** A filter as the store takes it. @throws DomainError `not_found` for a subject that is not there. */
export async function assignmentQueryOf(db: Reader, filter: AssignmentFilterInput): Promise<AssignmentFilter> {
  const { layer, scope, subject: slug, team, state } = filter
  const [subjectId] = scope && slug ? await subjectIdsOf(db, [{ scope, slug }]) : []
  return { layer, scope, subjectId: subjectId ?? undefined, teamSlug: team, states: state ? [state] : undefined }
}
