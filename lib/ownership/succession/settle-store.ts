import type { Db } from '@/lib/db/client'
import { join, type Sql, sql } from '@/lib/db/sql'
import type { Left } from './line-store'
import type { Candidate } from './next-in-line'

/** What may have changed, by id; successions are looked at only where one of these is involved. */
export interface Touched {
  people: readonly string[]
  agents: readonly string[]
  assignments: readonly string[]
}

const ids = (list: readonly string[]) => sql`${[...list]}::uuid[]`

const involved = ({ people, agents, assignments }: Touched): Sql => sql`(
  s.assignment_id = ANY(${ids(assignments)}) OR s.agent_id = ANY(${ids(agents)})
  OR s.leaver_id = ANY(${ids(people)}) OR s.candidate_id = ANY(${ids(people)}))`

/**
 * An assignment that ends at some time has its successor named already: nobody needs to be asked. Nor can anybody take
 * over in a team that is dissolved; there another team has to be named.
 */
const standing = sql`a.state IN ('proposed', 'accepted') AND a.valid_to IS NULL
  AND EXISTS (SELECT FROM team WHERE team.id = a.team_id AND team.status = 'active')`

/** The succession's reason to be: the leaver is gone, and it is still in their name. */
const stillLeft = sql`EXISTS (
  SELECT FROM person l WHERE l.id = s.leaver_id AND l.status = 'left' AND (
    EXISTS (SELECT FROM assignment a WHERE a.id = s.assignment_id AND a.person_id = s.leaver_id
      AND ${standing})
    OR EXISTS (SELECT FROM agent x WHERE x.id = s.agent_id AND x.sponsor_id = s.leaver_id AND x.lifecycle <> 'retired')))`

/** Closes the open successions that nobody needs to answer any more, because it went to somebody else or the leaver is back. */
export async function closeMoot(db: Db, touched: Touched, now: Date): Promise<void> {
  await db.execute(sql`
    UPDATE succession s SET state = 'moot', decided_at = ${now}, version = version + 1
    WHERE s.state = 'open' AND ${involved(touched)} AND NOT ${stillLeft}`)
}

/**
 * What people who left answered for and nobody is asked about yet. It looks only where something was touched: with every
 * way in one condition the planner would read whole tables, on every change of the estate.
 */
export async function findLeft(db: Db, { people, agents, assignments }: Touched): Promise<Left[]> {
  const some = people.length > 0
  const ways = [
    assignments.length > 0 && leftAssignment(sql`a.id = ANY(${ids(assignments)})`),
    some && leftAssignment(sql`a.person_id = ANY(${ids(people)})`),
    agents.length > 0 && leftAgent(sql`x.id = ANY(${ids(agents)})`),
    some && leftAgent(sql`x.sponsor_id = ANY(${ids(people)})`),
  ].filter((way) => way !== false)
  return await db.query<Left>(sql`${join(ways, ' UNION ')} ORDER BY 1, 2, 4`)
}

const leftAssignment = (isTouched: Sql) => sql`
  SELECT l.id::text AS "leaverId", a.id::text AS "assignmentId", a.team_id::text AS "teamId", NULL AS "agentId"
  FROM assignment a JOIN person l ON l.id = a.person_id
  WHERE ${isTouched} AND l.status = 'left' AND ${standing}
    AND NOT EXISTS (SELECT FROM succession s WHERE s.assignment_id = a.id AND s.state = 'open')`

const leftAgent = (isTouched: Sql) => sql`
  SELECT l.id::text AS "leaverId", NULL AS "assignmentId", NULL AS "teamId", x.id::text AS "agentId"
  FROM agent x JOIN person l ON l.id = x.sponsor_id
  WHERE ${isTouched} AND l.status = 'left' AND x.lifecycle <> 'retired'
    AND NOT EXISTS (SELECT FROM succession s WHERE s.agent_id = x.id AND s.state = 'open')`

/** Asks each candidate; where there is none, the succession waits for somebody to name one. */
export async function insertSuccessions(
  db: Db,
  rows: readonly (Left & { id: string; candidate: Candidate | null })[],
  now: Date,
): Promise<void> {
  const values = rows.map(({ id, leaverId, assignmentId, agentId, candidate }) => ({
    id,
    leaverId,
    assignmentId,
    agentId,
    candidateId: candidate?.personId ?? null,
    because: candidate?.because ?? null,
  }))
  await db.execute(sql`
    INSERT INTO succession (id, leaver_id, assignment_id, agent_id, candidate_id, because, state, created_at)
    SELECT r.id, r."leaverId", r."assignmentId", r."agentId", r."candidateId", r.because::succession_reason, 'open', ${now}
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      AS r(id uuid, "leaverId" uuid, "assignmentId" uuid, "agentId" uuid, "candidateId" uuid, because text)`)
}

/** The ids of everybody who has left. */
export async function findLeavers(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`SELECT id::text FROM person WHERE status = 'left'`)
  return rows.map(({ id }) => id)
}

export interface Waiting extends Left {
  id: string
}

/** Open successions whose candidate, one of these people, has left as well. */
export async function findBereft(db: Db, people: readonly string[]): Promise<Waiting[]> {
  if (people.length === 0) return []
  return await db.query<Waiting>(sql`
    SELECT s.id::text, s.leaver_id::text AS "leaverId", s.assignment_id::text AS "assignmentId",
      a.team_id::text AS "teamId", s.agent_id::text AS "agentId"
    FROM succession s JOIN person c ON c.id = s.candidate_id LEFT JOIN assignment a ON a.id = s.assignment_id
    WHERE s.state = 'open' AND s.candidate_id = ANY(${ids(people)}) AND c.status = 'left'`)
}

/** Asks other candidates in place of those who were asked. */
export async function moveOn(db: Db, rows: readonly { id: string; candidate: Candidate | null }[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ id, candidate }) => ({ id, ...candidate }))
  await db.execute(sql`
    UPDATE succession SET candidate_id = r."personId", because = r.because::succession_reason, note = NULL,
      version = succession.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) AS r(id uuid, "personId" uuid, because text)
    WHERE succession.id = r.id`)
}
