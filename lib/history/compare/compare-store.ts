import type { Db } from '@/lib/db/client'
import { identifier, join, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { LayerId } from '@/lib/layers'
import { versionsAt } from '../versions-store'
import { differenceOf, type Span } from './difference-store'
import { type ComparedKind, comparedKinds, comparisons, type How } from './kinds'
import { namings } from './names-store'
import type { Kept, Reference, References } from './values'

/** How many of a kind differ in one way: owners for each layer, gaps for each severity. */
export interface DifferenceCount {
  kind: ComparedKind
  how: How
  part: string | null
  count: number
}

/** What the counts of a kind are told apart by. */
const parts: Partial<Record<ComparedKind, { column: Sql; from: Sql }>> = {
  owner: { column: sql`d.layer`, from: sql`` },
  gap: {
    column: sql`COALESCE(i.severity, w.severity)::text`,
    from: sql`LEFT JOIN was w USING (id) LEFT JOIN became i USING (id)`,
  },
}

/** How much differs between two instants, kind by kind, all of it in one look at the database. */
export async function countDifferences(db: Db, span: Span): Promise<DifferenceCount[]> {
  const counts = comparedKinds.map((kind) => {
    const { column, from } = parts[kind] ?? { column: sql`NULL::text`, from: sql`` }
    return sql`(WITH ${differenceOf(kind, span)}
      SELECT ${kind}::text AS kind, d.how, ${column} AS part, count(*)::int AS count FROM differing d ${from} GROUP BY 2, 3)`
  })
  return await db.query<DifferenceCount>(join(counts, ' UNION ALL '))
}

/** One record that differs, with what was kept of it at either instant. */
export interface Difference {
  key: string
  how: How
  slug: string
  name: string
  layer: LayerId | null
  pageType: string | null
  pageSlug: string | null
  was: Kept | null
  is: Kept | null
}

/** The differences of a kind in the order of their slugs, of one way or all. */
export async function findDifferences(
  db: Db,
  {
    kind,
    how,
    span,
    start,
    limit,
  }: { kind: ComparedKind; how: How | undefined; span: Span; start: CursorKey | null; limit: number },
): Promise<Difference[]> {
  const { key } = comparisons[kind]
  const keys = join(key.map(identifier), ', ')
  const { slug, name, layer, page, from } = namings[kind]
  const keyText = join(
    key.map((column) => sql`d.${identifier(column)}::text`),
    ` || ':' || `,
  )
  const only = how === undefined ? sql`TRUE` : sql`how = ${how}`
  const after = start === null ? sql`TRUE` : sql`(slug, key) > (${start[0]}::text, ${start[1]}::text)`
  return await db.query<Difference>(sql`
    WITH ${differenceOf(kind, span)},
    page AS (
      SELECT * FROM (
        SELECT ${join(
          key.map((column) => sql`d.${identifier(column)}`),
          ', ',
        )}, ${keyText} AS key, d.how, ${slug} AS slug, ${name} AS name, ${layer ?? sql`NULL::text`} AS "layer of",
          ${page.type} AS "pageType", ${page.slug} AS "pageSlug"
        FROM differing d ${from}
      ) AS named
      WHERE ${only} AND ${after} ORDER BY slug, key LIMIT ${limit}
    )
    SELECT p.key, p.how, p.slug, p.name, p."layer of" AS layer, p."pageType", p."pageSlug",
      to_jsonb(w) AS was, to_jsonb(i) AS "is"
    FROM page p LEFT JOIN was w USING (${keys}) LEFT JOIN became i USING (${keys})
    ORDER BY p.slug, p.key`)
}

/** Who answers by assignments, and since when, as it was recorded at an instant. */
export async function answeringBy(
  db: Db,
  assignments: readonly string[],
  instant: Date,
): Promise<Map<string, { person: string | null; since: string }>> {
  if (assignments.length === 0) return new Map()
  const named = sql`id = ANY(${[...assignments]}::uuid[])`
  const versions = versionsAt('assignment', ['id', 'person_id', 'valid_from'], instant, named)
  const rows = await db.query<{ id: string; person: string | null; since: Date }>(sql`
    SELECT id::text, person_id::text AS person, valid_from AS since FROM ${versions} v`)
  return new Map(rows.map(({ id, person, since }) => [id, { person, since: since.toISOString() }]))
}

/** What the ids of people, teams and enforcement points stand for. */
export async function findReferences(db: Db, ids: Readonly<Record<Reference, readonly string[]>>): Promise<References> {
  const rows = await db.query<{ kind: Reference; id: string; key: string; name: string }>(sql`
    SELECT 'person' AS kind, id::text, external_id AS key, name FROM public.person WHERE id = ANY(${[...ids.person]}::uuid[])
    UNION ALL
    SELECT 'team', id::text, slug, name FROM public.team WHERE id = ANY(${[...ids.team]}::uuid[])
    UNION ALL
    SELECT 'point', id::text, slug, name FROM public.enforcement_point WHERE id = ANY(${[...ids.point]}::uuid[])`)
  const found: Record<Reference, Map<string, { key: string; name: string }>> = {
    person: new Map(),
    team: new Map(),
    point: new Map(),
  }
  for (const { kind, id, ...reference } of rows) found[kind].set(id, reference)
  return found
}
