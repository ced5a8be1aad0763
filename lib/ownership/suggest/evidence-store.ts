import 'server-only'
import type { Db } from '@/lib/db/client'
import { empty, type Sql, sql } from '@/lib/db/sql'
import { type LayerId, layers } from '@/lib/layers'
import type { OwnershipScope } from '../model'
import { type Evidence, functionTeamsMax, type Standing } from './suggest'

/** A place where an owner is missing. */
export interface CellAt {
  layer: LayerId
  scope: OwnershipScope
  /** Id of the subject, null for the organisation. */
  subjectId: string | null
}

/** What was found about each cell, and who of the named can answer. */
export interface Found {
  cells: { evidence: Evidence[]; declined: Set<string>; frontDoor: Set<string> }[]
  standing: Standing
  teams: ReadonlyMap<string, { slug: string; name: string }>
  people: ReadonlyMap<string, { externalId: string; name: string }>
}

const noSubject = '00000000-0000-0000-0000-000000000000'
/** How many bindings of a subject, and of each neighbour, are looked at: enough to see who owns the layer around here. */
const lookedAtMax = 20
const neighboursMax = 5

const live = sql`a.state IN ('proposed', 'accepted') AND a.valid_to IS NULL`
/** Owners for the whole organisation are no evidence for anything in particular: they would own the cell already. */
const owning = sql`e.status IN ('owned', 'unconfirmed') AND e.source <> 'organisation'`

/** The bindings of a cell's subject. One branch a scope: each is a look-up in one index, or nothing. */
const bindingsOf = (columns: Sql, limit: Sql): Sql => sql`(
  SELECT ${columns} FROM binding b WHERE c.scope = 'agent' AND b.agent_id = c.subject_id AND b.state <> 'revoked' ${limit})
  UNION ALL (SELECT ${columns} FROM binding b WHERE c.scope = 'tool' AND b.tool_id = c.subject_id AND b.state <> 'revoked' ${limit})
  UNION ALL (SELECT ${columns} FROM binding b WHERE c.scope = 'binding' AND b.id = c.subject_id)`

const evidenceOf = (cells: readonly CellAt[]): Sql => sql`
  WITH cell AS MATERIALIZED (
    SELECT u.index::int AS index, u.layer, u.scope::ownership_scope AS scope, u.subject_id, l.natural_anchor,
      l.inherits_from_application AS is_local, f.team_function
    FROM unnest(${cells.map((_, index) => index)}::int[], ${cells.map(({ layer }) => layer)}::text[],
      ${cells.map(({ scope }) => scope)}::text[], ${cells.map(({ subjectId }) => subjectId ?? noSubject)}::uuid[])
      AS u(index, layer, scope, subject_id)
    JOIN control_layer l ON l.id = u.layer
    JOIN unnest(${layers.map(({ id }) => id)}::text[], ${layers.map(({ usualFunction }) => usualFunction)}::text[])
      AS f(layer, team_function) ON f.layer = u.layer
  ),
  bound AS MATERIALIZED (
    SELECT c.*, b.id AS binding_id, b.agent_id, b.tool_id, row_number() OVER (PARTITION BY c.index ORDER BY b.id) AS nth
    FROM cell c CROSS JOIN LATERAL (${bindingsOf(sql`b.id, b.agent_id, b.tool_id`, sql`LIMIT ${lookedAtMax}`)}) b
  ),
  -- The tool behind a cell of a tool, or of one binding.
  tool_of AS MATERIALIZED (
    SELECT c.*, t.id AS tool_id, t.application_id, p.name AS application, p.team_id AS runs
    FROM cell c JOIN tool t ON t.id = CASE c.scope WHEN 'tool' THEN c.subject_id
      WHEN 'binding' THEN (SELECT b.tool_id FROM binding b WHERE b.id = c.subject_id) END
    LEFT JOIN enforcement_point p ON p.id = t.application_id
  ),
  evidence AS MATERIALIZED (
  SELECT c.index, 'incumbent' AS kind, a.team_id, COALESCE(
      (SELECT d.person_id FROM assignment_deputy d JOIN person x ON x.id = d.person_id
        WHERE d.assignment_id = a.id AND x.status = 'active' ORDER BY d.position LIMIT 1),
      (SELECT m.person_id FROM membership m JOIN person x ON x.id = m.person_id
        WHERE m.team_id = a.team_id AND m.role = 'lead' AND x.status = 'active' ORDER BY x.name, x.id LIMIT 1)) AS person_id,
    1 AS count, NULL::text AS about
  FROM cell c JOIN assignment a ON a.scope = c.scope AND a.subject_id = c.subject_id AND a.layer = c.layer AND ${live}
  UNION ALL
  SELECT t.index, 'catalog', a.team_id, a.person_id, 1, x.name
  FROM tool_of t JOIN tool x ON x.id = t.tool_id
  JOIN assignment a ON a.scope = 'tool' AND a.subject_id = t.tool_id AND a.source = 'backstage' AND ${live}
  UNION ALL
  SELECT t.index, 'application', t.runs, NULL, 1, t.application FROM tool_of t WHERE t.is_local AND t.runs IS NOT NULL
  UNION ALL
  SELECT c.index, 'application', p.team_id, NULL, 1, p.name
  FROM cell c JOIN enforcement_point p ON c.scope = 'enforcement_point' AND p.id = c.subject_id
  WHERE c.is_local AND p.team_id IS NOT NULL
  UNION ALL
  SELECT b.index, 'here', a.team_id, a.person_id, count(*)::int, NULL
  FROM bound b JOIN effective_owner e ON e.binding_id = b.binding_id AND e.layer = b.layer AND ${owning}
  JOIN assignment a ON a.id = e.assignment_id
  GROUP BY b.index, a.team_id, a.person_id
  UNION ALL
  SELECT t.index, 'application-tools', a.team_id, a.person_id, count(*)::int, t.application
  FROM tool_of t JOIN tool other ON other.application_id = t.application_id AND other.id <> t.tool_id
  JOIN assignment a ON a.scope = 'tool' AND a.subject_id = other.id AND a.layer = t.layer AND ${live}
  GROUP BY t.index, t.application, a.team_id, a.person_id
  UNION ALL
  -- Who decides inside one application says nothing about another.
  SELECT b.index, 'beside', a.team_id, a.person_id, count(*)::int, NULL
  FROM (SELECT * FROM bound WHERE nth <= ${neighboursMax} AND NOT is_local) b CROSS JOIN LATERAL (
    (SELECT o.id FROM binding o WHERE b.natural_anchor = 'agent' AND o.tool_id = b.tool_id AND o.agent_id <> b.agent_id LIMIT ${neighboursMax})
    UNION ALL
    (SELECT o.id FROM binding o WHERE b.natural_anchor = 'tool' AND o.agent_id = b.agent_id AND o.tool_id <> b.tool_id LIMIT ${neighboursMax})
  ) o
  JOIN effective_owner e ON e.binding_id = o.id AND e.layer = b.layer AND ${owning}
  JOIN assignment a ON a.id = e.assignment_id
  GROUP BY b.index, a.team_id, a.person_id
  UNION ALL
  SELECT c.index, 'function', f.team_id, NULL, f.held, NULL
  FROM cell c JOIN (
    SELECT h.*, row_number() OVER (PARTITION BY h.layer ORDER BY h.held DESC, h.slug) AS nth, count(*) OVER (PARTITION BY h.layer) AS teams
    FROM (
      SELECT w.layer, team.id AS team_id, team.slug, (SELECT count(*)::int FROM assignment a
        WHERE a.team_id = team.id AND a.layer = w.layer AND ${live}) AS held
      FROM (SELECT DISTINCT layer, team_function FROM cell) w JOIN team ON team.function::text = w.team_function
      WHERE team.status = 'active'
    ) h
  ) f ON f.layer = c.layer
  WHERE f.nth <= ${functionTeamsMax} AND (NOT c.is_local OR f.teams <= ${functionTeamsMax})
  UNION ALL
  SELECT DISTINCT c.index, 'declined', a.team_id, NULL::uuid, 1, NULL
  FROM cell c CROSS JOIN LATERAL (
    SELECT a.team_id FROM assignment a WHERE c.scope = 'agent' AND a.agent_id = c.subject_id AND a.layer = c.layer AND a.state = 'declined'
    UNION ALL SELECT a.team_id FROM assignment a WHERE c.scope = 'tool' AND a.tool_id = c.subject_id AND a.layer = c.layer AND a.state = 'declined'
    UNION ALL SELECT a.team_id FROM assignment a
      WHERE c.scope = 'enforcement_point' AND a.point_id = c.subject_id AND a.layer = c.layer AND a.state = 'declined'
    UNION ALL SELECT a.team_id FROM assignment a
      WHERE c.scope = 'binding' AND a.binding_id = c.subject_id AND a.layer = c.layer AND a.state = 'declined'
    UNION ALL SELECT a.team_id FROM assignment a
      WHERE c.scope = 'organisation' AND a.scope = 'organisation' AND a.layer = c.layer AND a.state = 'declined'
  ) a
  )
  SELECT * FROM evidence
  UNION ALL
  -- Asked of the teams that something speaks for, few of which run a gateway: not of every step of every path.
  SELECT DISTINCT c.index, 'front-door', p.team_id, NULL::uuid, 1, NULL
  FROM evidence x JOIN cell c ON c.index = x.index AND c.is_local
  JOIN enforcement_point p ON p.team_id = x.team_id AND p.kind IN ('gateway', 'broker')
  WHERE EXISTS (
    SELECT FROM (
      ${bindingsOf(sql`b.id`, empty)}
      UNION ALL (SELECT b.id FROM tool t JOIN binding b ON b.tool_id = t.id
        WHERE c.scope = 'enforcement_point' AND t.application_id = c.subject_id AND b.state <> 'revoked')
    ) b JOIN path_step s ON s.binding_id = b.id AND s.point_id = p.id)`

/** What was found about the cell at `index` of what was asked. */
interface Row extends Omit<Evidence, 'kind'> {
  index: number
  kind: Evidence['kind'] | 'declined' | 'front-door'
}

/** Gathers what speaks for whom, for many cells in one statement, and then who of the named can answer. */
export async function findEvidence(db: Db, cells: readonly CellAt[]): Promise<Found> {
  const rows =
    cells.length === 0
      ? []
      : await db.query<Row>(sql`
    SELECT index, kind, team_id::text AS "teamId", person_id::text AS "personId", count, about FROM (${evidenceOf(cells)}) found
    ORDER BY index, kind, team_id, person_id`)
  const found: Found['cells'] = cells.map(() => ({ evidence: [], declined: new Set(), frontDoor: new Set() }))
  for (const { index, kind, ...row } of rows) {
    const cell = found[index]
    if (kind === 'declined') cell?.declined.add(row.teamId)
    else if (kind === 'front-door') cell?.frontDoor.add(row.teamId)
    else cell?.evidence.push({ kind, ...row })
  }
  const teamIds = [...new Set(rows.map(({ teamId }) => teamId))]
  const personIds = [...new Set(rows.flatMap(({ personId }) => personId ?? []))]
  const teams = await db.query<{ id: string; slug: string; name: string; answers: boolean }>(sql`
    SELECT t.id::text, t.slug, t.name, t.status = 'active' AND EXISTS (
      SELECT FROM membership m JOIN person p ON p.id = m.person_id WHERE m.team_id = t.id AND p.status = 'active') AS answers
    FROM team t WHERE t.id = ANY(${teamIds}::uuid[])`)
  const people = await db.prisma.person.findMany({
    where: { id: { in: personIds }, status: 'active' },
    select: { id: true, externalId: true, name: true },
  })
  return {
    cells: found,
    standing: {
      teams: new Map(teams.filter(({ answers }) => answers).map(({ id, slug }) => [id, slug])),
      people: new Set(people.map(({ id }) => id)),
    },
    teams: new Map(teams.map((team) => [team.id, team])),
    people: new Map(people.map((person) => [person.id, person])),
  }
}
