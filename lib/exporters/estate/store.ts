import 'server-only'
import type { Db } from '@/lib/db/client'
import { join, type Sql, sql } from '@/lib/db/sql'
import { isoText } from '@/lib/importers/apply/columns-store'
import { tables } from '@/lib/importers/apply/tables-store'
import type { TableCollection } from '@/lib/importers/apply/wanted'
import type { EstateCollection } from '@/lib/importers/estate/model'
import type { Fields } from './entities'

/** One entity, and the id that the next page begins after. */
export interface ExportedRow {
  id: string
  fields: Fields
}

/** Of evidence that piles up, the latest says how things stand. */
const latest: Partial<Record<TableCollection, Sql>> = {
  attestations: sql`NOT EXISTS (SELECT FROM attestation o WHERE o.point_id = t.point_id AND o.tool_id = t.tool_id
    AND o.contract_id = t.contract_id AND (o.at, o.id) > (t.at, t.id))`,
  parityRuns: sql`EXISTS (SELECT FROM parity_answer n WHERE n.run_id = t.id)
    AND NOT EXISTS (SELECT FROM parity_run o WHERE o.tool_id = t.tool_id AND o.state = 'finished'
      AND (o.finished_at, o.id) > (t.finished_at, t.id))`,
  exceptions: sql`(t.approver_id IS NOT NULL OR EXISTS (
    SELECT FROM account x WHERE x.id = t.decided_by_id AND x.person_id IS NOT NULL))`,
}

/** Under what key an entity gives its own name, where its name is no more than that. */
const names: Partial<Record<TableCollection, string>> = {
  people: 'id',
  teams: 'slug',
  enforcementPoints: 'slug',
  agents: 'slug',
  tools: 'slug',
}

/** Entities of a collection in the order of their ids, as the importer would find them. */
export async function exportedRows(
  db: Db,
  collection: EstateCollection,
  after: string | null,
  limit: number,
): Promise<ExportedRow[]> {
  if (collection === 'owners') return await exportedOwners(db, after, limit)
  const { name, key, columns, where = sql`TRUE` } = tables[collection]
  const named = names[collection]
  const fields = [
    ...(named === undefined ? [] : [sql`${named}::text, ${key}`]),
    ...columns.flatMap(({ field, read }) => (read ? [sql`${field}::text, ${read}`] : [])),
  ]
  return await db.query<ExportedRow>(sql`
    SELECT t.id::text, jsonb_build_object(${join(fields, ', ')}) AS fields FROM ${name} t
    WHERE ${where} AND ${latest[collection] ?? sql`TRUE`} AND (${after}::uuid IS NULL OR t.id > ${after}::uuid)
    ORDER BY t.id LIMIT ${limit}`)
}

/** Of each layer of each subject the owner that an import would compare with: the latest that stands, else the last to decline. */
async function exportedOwners(db: Db, after: string | null, limit: number): Promise<ExportedRow[]> {
  return await db.query<ExportedRow>(sql`
    SELECT a.id::text, jsonb_build_object('layer', a.layer, 'scope', a.scope,
      'subject', COALESCE(agent.slug, tool.slug, point.slug, binding.slug), 'team', team.slug, 'person', person.external_id,
      'deputies', (SELECT jsonb_agg(p.external_id ORDER BY d.position) FROM assignment_deputy d
        JOIN person p ON p.id = d.person_id WHERE d.assignment_id = a.id),
      'state', a.state, 'since', ${isoText(sql`a.valid_from`)}, 'reason', a.reason) AS fields
    FROM assignment a JOIN team ON team.id = a.team_id LEFT JOIN person ON person.id = a.person_id
    LEFT JOIN agent ON agent.id = a.agent_id LEFT JOIN tool ON tool.id = a.tool_id
    LEFT JOIN enforcement_point point ON point.id = a.point_id LEFT JOIN binding ON binding.id = a.binding_id
    WHERE a.state <> 'ended' AND (${after}::uuid IS NULL OR a.id > ${after}::uuid)
      AND NOT EXISTS (SELECT FROM assignment o WHERE o.layer = a.layer AND o.scope = a.scope AND o.subject_id = a.subject_id
        AND o.state <> 'ended' AND (o.state <> 'declined', o.valid_from, o.id) > (a.state <> 'declined', a.valid_from, a.id))
    ORDER BY a.id LIMIT ${limit}`)
}
