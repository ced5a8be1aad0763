import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** The deputies of an assignment, first in line first. */
export interface DeputiesOf {
  assignmentId: string
  personIds: readonly string[]
}

/** Makes these people the deputies of each assignment, in this order, in place of whoever was. */
export async function writeDeputies(db: Db, deputies: readonly DeputiesOf[]): Promise<void> {
  if (deputies.length === 0) return
  const rows = deputies.flatMap(({ assignmentId, personIds }) =>
    personIds.map((personId, position) => ({ assignmentId, position, personId })),
  )
  await db.prisma.assignmentDeputy.deleteMany({
    where: { assignmentId: { in: deputies.map(({ assignmentId }) => assignmentId) } },
  })
  await db.execute(sql`
    INSERT INTO assignment_deputy (assignment_id, position, person_id)
    SELECT r."assignmentId", r.position, r."personId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("assignmentId" uuid, position int, "personId" uuid)`)
}

/** The ids of the deputies of each of these assignments, first in line first. */
export async function deputiesOf(db: Db, assignmentIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  const rows = await db.query<{ assignmentId: string; personIds: string[] }>(sql`
    SELECT assignment_id::text AS "assignmentId", array_agg(person_id::text ORDER BY position) AS "personIds"
    FROM assignment_deputy WHERE assignment_id = ANY(${[...assignmentIds]}::uuid[]) GROUP BY assignment_id`)
  return new Map(rows.map(({ assignmentId, personIds }) => [assignmentId, personIds]))
}
