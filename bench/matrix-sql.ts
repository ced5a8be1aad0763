import type { Pool } from 'pg'
import { layerIds } from '@/lib/layers'

/** A page of the matrix as one would write it by hand: which bindings, in which order. */
export interface HandWritten {
  /** On `b` (binding). */
  where: string
  /** The part of the order that the page lies in, as ranges that an index has in this order. */
  ranges: readonly string[]
  /** Of the rows and, to keep it, of the page. */
  order: string
  values: readonly unknown[]
}

interface HandWrittenRow {
  slug: string
  cells: { layer: string; status: string; team: string | null }[]
}

/**
 * The rows of a page with their cells and the number of gaps, in one statement that the server puts together: as
 * close to the tables as an answer of the same content can be.
 */
export async function pageByHand(
  pool: Pool,
  { where, ranges, order, values }: HandWritten,
  limit: number,
): Promise<HandWrittenRow[]> {
  const page = ranges.map(
    (range) => `(SELECT b.* FROM binding b WHERE ${where} AND ${range} ORDER BY ${order} LIMIT ${limit})`,
  )
  const { rows } = await pool.query<HandWrittenRow>(
    `SELECT b.id, b.slug, b.environment, b.risk, b.state, g.slug AS agent_slug, g.name AS agent_name, g.lifecycle,
       t.slug AS tool_slug, t.name AS tool_name, t.kind, gaps.count AS gaps, owners.cells
     FROM (${page.join(' UNION ALL ')}) b
     JOIN agent g ON g.id = b.agent_id
     JOIN tool t ON t.id = b.tool_id
     CROSS JOIN LATERAL (
       SELECT count(*)::int FROM gap_binding gb JOIN gap ON gap.id = gb.gap_id
       WHERE gb.binding_id = b.id AND gap.state <> 'resolved'
     ) gaps
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('layer', e.layer, 'status', e.status, 'source', e.source, 'team', team.slug,
         'team_name', team.name, 'person', p.external_id, 'person_id', p.id, 'person_name', p.name, 'assignment', a.id,
         'since', a.valid_from, 'set_by', a.set_by, 'reason', a.reason, 'decided_by', a.decided_by)) AS cells
       FROM effective_owner e
       LEFT JOIN assignment a ON a.id = e.assignment_id
       LEFT JOIN team ON team.id = a.team_id
       LEFT JOIN person p ON p.id = a.person_id
       WHERE e.binding_id = b.id
     ) owners
     ORDER BY ${order} LIMIT ${limit}`,
    [...values],
  )
  for (const { cells } of rows) cells.sort((a, b) => place(a.layer) - place(b.layer))
  return rows
}

const places = new Map<string, number>(layerIds.map((layer, index) => [layer, index]))
const place = (layer: string) => places.get(layer) ?? places.size
