import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { gapStates } from '@/lib/gaps/model'
import { bounded, type GapOn, nestedMax } from './shapes'

const unsettled = gapStates.filter((state) => state !== 'resolved' && state !== 'excepted')
const isOpen = sql`g.state = ANY(${[...unsettled]}::gap_state[])`

/** Gaps placed on something, found by the index of their subject. */
const placedOn = (type: Sql, subjects: Sql) =>
  sql`SELECT g.id FROM gap g WHERE g.subject_type = ${type} AND g.subject_id IN (${subjects}) AND ${isOpen}`

/** Selects the ids of the open gaps that concern one thing: placed on it, on its bindings, or on assignments made for it. */
export const openGapIds = {
  agent: (id: Sql) => sql`
    ${placedOn(sql`'agent'`, sql`SELECT ${id}`)}
    UNION ALL ${placedOn(sql`'binding'`, sql`SELECT b.id FROM binding b WHERE b.agent_id = ${id}`)}
    UNION ALL ${placedOn(sql`'assignment'`, sql`SELECT x.id FROM assignment x WHERE x.agent_id = ${id}`)}`,
  tool: (id: Sql) => sql`
    ${placedOn(sql`'tool'`, sql`SELECT ${id}`)}
    UNION ALL ${placedOn(sql`'binding'`, sql`SELECT b.id FROM binding b WHERE b.tool_id = ${id}`)}
    UNION ALL ${placedOn(sql`'assignment'`, sql`SELECT x.id FROM assignment x WHERE x.tool_id = ${id}`)}`,
  /** Every gap that affects the binding, wherever it is placed. */
  binding: (id: Sql) => sql`
    SELECT g.id FROM gap_binding gb JOIN gap g ON g.id = gb.gap_id WHERE gb.binding_id = ${id} AND ${isOpen}
    UNION ${placedOn(sql`'binding'`, sql`SELECT ${id}`)}`,
  point: (id: Sql) => placedOn(sql`'assignment'`, sql`SELECT x.id FROM assignment x WHERE x.point_id = ${id}`),
  team: (id: Sql) => placedOn(sql`'assignment'`, sql`SELECT x.id FROM assignment x WHERE x.team_id = ${id}`),
  person: (id: Sql) => sql`
    ${placedOn(sql`'assignment'`, sql`SELECT x.id FROM assignment x WHERE x.person_id = ${id}`)}
    UNION ALL ${placedOn(sql`'agent'`, sql`SELECT a.id FROM agent a WHERE a.sponsor_id = ${id}`)}`,
} as const

/** How many open gaps concern a thing, as a subquery for list rows. */
export function openGapCount(kind: keyof typeof openGapIds, id: Sql): Sql {
  return sql`(SELECT count(*)::int FROM (${openGapIds[kind](id)}) AS concerned)`
}

interface GapRow extends Omit<GapOn, 'openedAt' | 'subject'> {
  subjectType: GapOn['subject']['type']
  subjectSlug: string
  openedAt: Date
}

/** The open gaps that concern a thing, worst and oldest first. */
export async function openGapsOn(
  db: Db,
  kind: keyof typeof openGapIds,
  id: string,
): Promise<{ rows: GapOn[]; more: boolean }> {
  const rows = await db.query<GapRow>(sql`
    SELECT g.id, g.rule, g.layer, g.severity, g.state, g.subject_type AS "subjectType", g.subject_slug AS "subjectSlug",
           g.affected, g.opened_at AS "openedAt", g.explanation
    FROM gap g WHERE g.id IN (${openGapIds[kind](sql`${id}::uuid`)})
    ORDER BY g.severity DESC, g.opened_at, g.id LIMIT ${nestedMax + 1}`)
  return bounded(
    rows.map(({ subjectType, subjectSlug, openedAt, ...gap }) => ({
      ...gap,
      subject: { type: subjectType, slug: subjectSlug },
      openedAt: openedAt.toISOString(),
    })),
  )
}
