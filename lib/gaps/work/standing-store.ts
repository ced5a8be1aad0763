import 'server-only'
import type { Actor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/**
 * Which of these gaps are the actor's own business: assigned to them, or about something that a team of theirs was named
 * for or owns (the very layer, for a gap that has one). An auditor changes nothing, whatever team they are in.
 */
export async function standingOn(
  db: Db,
  gapIds: readonly string[],
  { personId, role }: Pick<Actor, 'personId' | 'role'>,
): Promise<Set<string>> {
  if (personId === null || role === 'auditor') return new Set()
  const rows = await db.query<{ id: string }>(sql`
    WITH own AS MATERIALIZED (SELECT team_id FROM membership WHERE person_id = ${personId}::uuid)
    SELECT g.id FROM gap g
    WHERE g.id = ANY(${gapIds}::uuid[]) AND (
      g.assignee_id = ${personId}::uuid
      OR (g.subject_type = 'assignment' AND EXISTS (
        SELECT FROM assignment a WHERE a.id = g.subject_id AND a.team_id IN (SELECT team_id FROM own)))
      OR EXISTS (
        SELECT FROM gap_binding x JOIN effective_owner e ON e.binding_id = x.binding_id
        WHERE x.gap_id = g.id AND (g.layer IS NULL OR e.layer = g.layer) AND e.team_id IN (SELECT team_id FROM own)))`)
  return new Set(rows.map((row) => row.id))
}
