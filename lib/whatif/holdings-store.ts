import 'server-only'
import type { Db } from '@/lib/db/client'
import { keepPlan, sql } from '@/lib/db/sql'
import type { Picture } from '@/lib/gaps/picture'
import { latestAttestations, parities } from '@/lib/gaps/store/evidence'
import { type FactChunk, factChunks, pictureOf } from '@/lib/gaps/store/facts'
import { lookUpById } from '@/lib/gaps/store/look-up'

const ids = (list: readonly string[]) => sql`${[...list]}::uuid[]`

/** What it takes to tell who answers for these owners' cells, and for these agents. */
export interface Holdings {
  assignments: readonly string[]
  /** Agents to be asked about by themselves. */
  agents: readonly string[]
  /** Whether an owner among them may be that of an agent without bindings. */
  reachesAgents: boolean
}

/**
 * Just enough of the estate to tell what it means that some owners cannot answer any more: the active bindings whose
 * cells they supply, as the register keeps them, with everybody who supplies a cell of these. Who owns what does not
 * change by that, so nothing behind the bindings (paths, contracts, chains) needs to be looked at.
 */
export async function loadHoldings(db: Db, { assignments, agents, reachesAgents }: Holdings): Promise<Picture> {
  return pictureOf(
    await db.query<FactChunk>(
      keepPlan(sql`
      WITH held_binding AS (
        SELECT b.id, b.tool_id, b.agent_id FROM binding b
        WHERE b.state = 'active' AND (b.agent_id = ANY(${ids(agents)})
          OR b.id IN (SELECT e.binding_id FROM effective_owner e WHERE e.assignment_id = ANY(${ids(assignments)})))
      ),
      idle AS (
        SELECT g.id FROM agent g WHERE ${reachesAgents} AND g.lifecycle = 'active'
          AND NOT EXISTS (SELECT FROM binding b WHERE b.agent_id = g.id AND b.state = 'active')
      ),
      held AS (
        SELECT unnest(${ids(assignments)}) AS id
        UNION SELECT e.assignment_id FROM effective_owner e JOIN held_binding b ON b.id = e.binding_id
        UNION SELECT a.id FROM assignment a JOIN idle ON idle.id = a.agent_id AND a.state IN ('proposed', 'accepted')
        UNION SELECT a.id FROM assignment a WHERE a.scope = 'organisation' AND a.state IN ('proposed', 'accepted')
      ),
      held_assignment AS (SELECT a.* FROM assignment a JOIN held ON held.id = a.id)
      ${factChunks({
        people: lookUpById(
          sql`SELECT person_id FROM held_assignment UNION ALL SELECT sponsor_id FROM agent WHERE id = ANY(${ids(agents)})`,
          sql`person`,
          sql`p`,
        ),
        teams: lookUpById(sql`SELECT team_id FROM held_assignment`, sql`team`, sql`t`),
        agents: sql`agent g WHERE g.id = ANY(${ids(agents)}) OR g.id IN (SELECT id FROM idle)`,
        points: sql`enforcement_point e WHERE FALSE`,
        tools: lookUpById(sql`SELECT tool_id FROM held_binding`, sql`tool`, sql`t`),
        bindings: sql`binding b JOIN held_binding h ON h.id = b.id`,
        assignments: sql`held_assignment a`,
        delegations: sql`delegation d WHERE FALSE`,
        contracts: sql`contract c WHERE FALSE`,
        attestations: sql`${latestAttestations([])} x`,
        parities: sql`${parities([])} q`,
        exceptions: sql`gap_exception x WHERE x.state = 'approved' AND (
          (x.subject_type = 'assignment' AND x.subject_id = ANY(${ids(assignments)}))
          OR (x.subject_type = 'agent' AND x.subject_id = ANY(${ids(agents)})))`,
      })}`),
    ),
  )
}

/** The agents that these people sponsor, of those that are not retired. */
export async function sponsoredBy(db: Db, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return []
  const rows = await db.query<{ id: string }>(
    sql`SELECT id::text FROM agent WHERE sponsor_id = ANY(${ids(people)}) AND lifecycle <> 'retired'`,
  )
  return rows.map(({ id }) => id)
}
