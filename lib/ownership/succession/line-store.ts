import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { deputiesOf } from '../deputies-store'
import { type Candidate, type Line, nextInLine } from './next-in-line'

/** Something that somebody who left answered for: an assignment of a team, or an agent they sponsored. */
export interface Left {
  leaverId: string
  assignmentId: string | null
  teamId: string | null
  agentId: string | null
}

/** Deeper than any organisation; a cycle in bad data ends here as well. */
const managersMax = 20

const unique = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]

interface PeopleOf {
  of: string
  people: string[]
}
const byWhom = (rows: readonly PeopleOf[]) => new Map(rows.map(({ of, people }) => [of, people]))

/** The managers above each of these people, the nearest first. */
async function managersOf(db: Db, people: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<PeopleOf>(sql`
    WITH RECURSIVE line AS (
      SELECT p.id AS of, p.manager_id AS id, 1 AS depth FROM person p WHERE p.id = ANY(${[...people]}::uuid[])
      UNION SELECT l.of, p.manager_id, l.depth + 1 FROM line l JOIN person p ON p.id = l.id WHERE l.depth < ${managersMax}
    )
    SELECT of::text, array_agg(id::text ORDER BY depth) AS people FROM line WHERE id IS NOT NULL GROUP BY of`)
  return byWhom(rows)
}

/** The leads of each of these teams, by name. */
async function leadsOf(db: Db, teams: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<PeopleOf>(sql`
    SELECT m.team_id::text AS of, array_agg(p.id::text ORDER BY p.name, p.id) AS people
    FROM membership m JOIN person p ON p.id = m.person_id
    WHERE m.team_id = ANY(${[...teams]}::uuid[]) AND m.role = 'lead' GROUP BY m.team_id`)
  return byWhom(rows)
}

const subjectOf = ({ assignmentId, agentId }: Pick<Left, 'assignmentId' | 'agentId'>) => assignmentId ?? agentId ?? ''

/** Who has declined each of these already, by the id of the assignment or agent. */
async function declinedOf(db: Db, left: readonly Left[]): Promise<Map<string, Set<string>>> {
  const rows = await db.query<{ subject: string; people: string[] }>(sql`
    SELECT COALESCE(assignment_id, agent_id)::text AS subject, array_agg(candidate_id::text) AS people FROM succession
    WHERE state = 'declined' AND candidate_id IS NOT NULL
      AND (assignment_id = ANY(${unique(left.map((each) => each.assignmentId))}::uuid[])
        OR agent_id = ANY(${unique(left.map((each) => each.agentId))}::uuid[]))
    GROUP BY 1`)
  return new Map(rows.map(({ subject, people }) => [subject, new Set(people)]))
}

/** Who of these people are active. */
async function activeAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    sql`SELECT id::text FROM person WHERE id = ANY(${[...ids]}::uuid[]) AND status = 'active'`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Who is to be asked about each of these, in their order; null where nobody is left to ask. */
export async function candidatesFor(db: Db, left: readonly Left[]): Promise<(Candidate | null)[]> {
  const deputies = await deputiesOf(db, unique(left.map(({ assignmentId }) => assignmentId)))
  const leads = await leadsOf(db, unique(left.map(({ teamId }) => teamId)))
  const managers = await managersOf(db, unique(left.map(({ leaverId }) => leaverId)))
  const declined = await declinedOf(db, left)
  const everybody = [deputies, leads, managers].flatMap((people) => [...people.values()].flat())
  const active = await activeAmong(db, unique(everybody))
  return left.map((each) => {
    const line: Line = {
      leaver: each.leaverId,
      deputies: (each.assignmentId && deputies.get(each.assignmentId)) || [],
      leads: (each.teamId && leads.get(each.teamId)) || [],
      managers: managers.get(each.leaverId) ?? [],
    }
    return nextInLine(line, (id) => active.has(id), declined.get(subjectOf(each)) ?? new Set())
  })
}
