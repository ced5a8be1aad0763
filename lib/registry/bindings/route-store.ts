import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { BindingState } from '../model'
import type { RouteStep } from './route-plan'

export interface RouteCandidate {
  id: string
  slug: string
  state: BindingState
  application: { id: string; name: string } | null
  path: RouteStep[]
}

/** The bindings meant by a route, by slug, with their paths; one more than `max` when there are more. */
export async function findRouteCandidates(
  db: Db,
  { tools, bindings }: { tools: readonly string[] } & { bindings: readonly string[] },
  max: number,
): Promise<RouteCandidate[]> {
  const meant: Sql =
    tools.length > 0
      ? sql`b.state <> 'revoked' AND b.tool_id IN (SELECT id FROM tool WHERE slug = ANY(${[...tools]}::text[]))`
      : sql`(b.slug = ANY(${[...bindings]}::text[]) OR b.id::text = ANY(${[...bindings]}::text[]))`
  return await db.query<RouteCandidate>(sql`
    WITH meant AS (SELECT b.id, b.slug, b.state, b.tool_id FROM binding b WHERE ${meant} ORDER BY b.slug LIMIT ${max + 1}),
    paths AS (
      SELECT s.binding_id, jsonb_agg(jsonb_build_object('pointId', e.id, 'mode', s.mode, 'kind', e.kind) ORDER BY s.position) AS path
      FROM path_step s JOIN enforcement_point e ON e.id = s.point_id
      WHERE s.binding_id IN (SELECT id FROM meant) GROUP BY s.binding_id)
    SELECT b.id, b.slug, b.state,
      CASE WHEN e.id IS NOT NULL THEN jsonb_build_object('id', e.id, 'name', e.name) END AS application,
      COALESCE(paths.path, '[]') AS path
    FROM meant b JOIN tool t ON t.id = b.tool_id LEFT JOIN enforcement_point e ON e.id = t.application_id
    LEFT JOIN paths ON paths.binding_id = b.id ORDER BY b.slug`)
}

/** The slugs of these that no tool has. */
export async function unknownTools(db: Db, slugs: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ slug: string }>(sql`
    SELECT wanted.slug FROM unnest(${[...slugs]}::text[]) AS wanted (slug)
    WHERE NOT EXISTS (SELECT 1 FROM tool t WHERE t.slug = wanted.slug) ORDER BY wanted.slug`)
  return rows.map(({ slug }) => slug)
}

/** Gives each of these bindings its new path: three statements, however many there are. */
export async function replacePaths(db: Db, paths: readonly { id: string; path: readonly RouteStep[] }[], now: Date) {
  const ids = paths.map(({ id }) => id)
  const steps = paths.flatMap(({ id, path }) => path.map((step, position) => ({ id, position, ...step })))
  await db.execute(sql`DELETE FROM path_step WHERE binding_id = ANY(${ids}::uuid[])`)
  await db.execute(sql`
    INSERT INTO path_step (binding_id, position, point_id, mode)
    SELECT * FROM unnest(${steps.map(({ id }) => id)}::uuid[], ${steps.map(({ position }) => position)}::int[],
      ${steps.map(({ pointId }) => pointId)}::uuid[], ${steps.map(({ mode }) => mode)}::path_mode[])`)
  await db.execute(sql`
    UPDATE binding SET version = version + 1, updated_at = ${now},
      edited_fields = CASE WHEN 'path' = ANY(edited_fields) THEN edited_fields
        ELSE ARRAY(SELECT field FROM unnest(array_append(edited_fields, 'path')) AS field ORDER BY field) END
    WHERE id = ANY(${ids}::uuid[])`)
}
