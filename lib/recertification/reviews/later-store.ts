import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { accessPictures } from '../launch/picture-access-store'
import { ownershipPictures } from '../launch/picture-ownership-store'
import { assignmentsWhere } from '../launch/scope-store'
import type { ReviewPicture } from '../picture'

/** What a thing under review is like now. */
export interface Present {
  picture: ReviewPicture
  /** In words when it is not in force any more. */
  gone: string | null
}

interface Row {
  id: string
  picture: ReviewPicture
  state: string
}

/** The present pictures of bindings and assignments, by id; without those that are not there any more. */
export async function presentOf(
  db: Db,
  { bindings, assignments }: { bindings: readonly string[]; assignments: readonly string[] },
): Promise<ReadonlyMap<string, Present>> {
  const access =
    bindings.length === 0
      ? []
      : await db.query<Row>(sql`
    SELECT y.id, y.picture, b.state::text FROM (${accessPictures(sql`
      SELECT b.id AS binding_id, b.agent_id, g.sponsor_id AS accountable_id
      FROM binding b JOIN agent g ON g.id = b.agent_id WHERE b.id = ANY(${bindings}::uuid[])`)}) y
    JOIN binding b ON b.id = y.id::uuid`)
  const ownership =
    assignments.length === 0
      ? []
      : await db.query<Row>(sql`
    SELECT y.id, y.picture, a.state::text FROM (${ownershipPictures(assignmentsWhere(sql`a.id = ANY(${assignments}::uuid[])`))}) y
    JOIN assignment a ON a.id = y.id::uuid`)
  return new Map([
    ...access.map(
      ({ id, picture, state }) => [id, { picture, gone: state === 'active' ? null : `It is ${state} now` }] as const,
    ),
    ...ownership.map(
      ({ id, picture, state }) =>
        [id, { picture, gone: state === 'ended' || state === 'declined' ? `It is ${state} now` : null }] as const,
    ),
  ])
}
