import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** The assignments that these successions are about, each with its team and the id of its succession. */
export async function heldBy(db: Db, successionIds: readonly string[]) {
  const rows = await db.prisma.succession.findMany({
    where: { id: { in: [...successionIds] }, assignmentId: { not: null } },
    select: { id: true, assignment: { include: { team: { select: { name: true, status: true } } } } },
  })
  return rows.flatMap(({ id, assignment }) => (assignment ? [{ ...assignment, successionId: id }] : []))
}

interface Decision {
  state: 'accepted' | 'declined'
  by: string
  at: Date
  note: string | null
}

/** Notes what came of these successions. */
export async function decideSuccessions(
  db: Db,
  ids: readonly string[],
  { state, by, at, note }: Decision,
): Promise<void> {
  await db.prisma.succession.updateMany({
    where: { id: { in: [...ids] } },
    data: { state, decidedAt: at, decidedBy: by, note, version: { increment: 1 } },
  })
}

/** Asks this person about each of these, on somebody's word. */
export async function askInstead(db: Db, ids: readonly string[], personId: string, note: string): Promise<void> {
  await db.prisma.succession.updateMany({
    where: { id: { in: [...ids] } },
    data: { candidateId: personId, because: null, note, version: { increment: 1 } },
  })
}

/** The team that owns what each of these successions is about; none for an agent. Succession id → team id. */
export async function teamsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ id: string; teamId: string }>(sql`
    SELECT s.id::text, a.team_id::text AS "teamId" FROM succession s JOIN assignment a ON a.id = s.assignment_id
    WHERE s.id = ANY(${[...ids]}::uuid[])`)
  return new Map(rows.map(({ id, teamId }) => [id, teamId]))
}
