import { type Sql, sql } from '@/lib/db/sql'
import type { ComparedKind } from './kinds'

/** How a record that differs is called: its slug and name, its layer if it is about one, and the page where it stands. */
interface Naming {
  slug: Sql
  name: Sql
  layer?: Sql
  /** The kind of the page and the slug that it stands under there. */
  page: { type: Sql; slug: Sql }
  /** What the above is taken from, besides `d`, the record that differs. */
  from: Sql
}

/** Bindings and what belongs to them by the column that names the binding. */
const ofBinding = (binding: Sql) => sql`
  JOIN public.binding b ON b.id = ${binding} JOIN public.agent a ON a.id = b.agent_id JOIN public.tool t ON t.id = b.tool_id`
const bindingName = sql`a.name || ' → ' || t.name || ' (' || b.environment || ')'`

const bySlug = (kind: 'agent' | 'tool' | 'team' | 'enforcement_point', from: Sql): Naming => ({
  slug: sql`x.slug`,
  name: sql`x.name`,
  page: { type: sql`${kind}::text`, slug: sql`x.slug` },
  from,
})

/** Records of the registry are never deleted, so that names are taken from the present: a thing is found by what it is called by now. */
export const namings: Readonly<Record<ComparedKind, Naming>> = {
  owner: {
    slug: sql`b.slug`,
    name: bindingName,
    layer: sql`d.layer`,
    page: { type: sql`'binding'`, slug: sql`b.slug` },
    from: ofBinding(sql`d.binding_id`),
  },
  gap: {
    slug: sql`d.rule || ':' || d.subject_slug`,
    name: sql`d.rule || ' on ' || d.subject_slug || COALESCE(' at ' || p.name, '')`,
    layer: sql`d.layer`,
    page: { type: sql`'gap'`, slug: sql`d.id::text` },
    from: sql`LEFT JOIN public.enforcement_point p ON p.id = d.point_id`,
  },
  binding: {
    slug: sql`d.slug`,
    name: bindingName,
    page: { type: sql`'binding'`, slug: sql`d.slug` },
    from: ofBinding(sql`d.id`),
  },
  path_step: {
    slug: sql`b.slug || '#' || (d.position + 1)`,
    name: sql`${bindingName} || ', step ' || (d.position + 1)`,
    page: { type: sql`'binding'`, slug: sql`b.slug` },
    from: ofBinding(sql`d.binding_id`),
  },
  assignment: {
    slug: sql`d.layer || ':' || d.scope || COALESCE(':' || COALESCE(a.slug, t.slug, p.slug, b.slug), '')`,
    name: sql`COALESCE(a.name, t.name, p.name, b.slug, 'the organisation')`,
    layer: sql`d.layer`,
    page: {
      type: sql`CASE WHEN d.scope <> 'organisation' THEN d.scope::text END`,
      slug: sql`COALESCE(a.slug, t.slug, p.slug, b.slug)`,
    },
    from: sql`LEFT JOIN public.agent a ON a.id = d.agent_id LEFT JOIN public.tool t ON t.id = d.tool_id
      LEFT JOIN public.enforcement_point p ON p.id = d.point_id LEFT JOIN public.binding b ON b.id = d.binding_id`,
  },
  contract: {
    slug: sql`t.slug || '@v' || d.version`,
    name: sql`t.name || ', version ' || d.version`,
    // A draft that was discarded has no page any more.
    page: {
      type: sql`CASE WHEN c.id IS NOT NULL THEN 'contract' ELSE 'tool' END`,
      slug: sql`CASE WHEN c.id IS NOT NULL THEN t.slug || '@v' || d.version ELSE t.slug END`,
    },
    from: sql`JOIN public.tool t ON t.id = d.tool_id LEFT JOIN public.contract c ON c.id = d.id`,
  },
  agent: bySlug('agent', sql`JOIN public.agent x ON x.id = d.id`),
  delegation: {
    slug: sql`f.slug || ':' || t.slug`,
    name: sql`f.name || ' → ' || t.name`,
    page: { type: sql`'agent'`, slug: sql`f.slug` },
    from: sql`JOIN public.agent f ON f.id = d.from_agent_id JOIN public.agent t ON t.id = d.to_agent_id`,
  },
  tool: bySlug('tool', sql`JOIN public.tool x ON x.id = d.id`),
  enforcement_point: bySlug('enforcement_point', sql`JOIN public.enforcement_point x ON x.id = d.id`),
  team: bySlug('team', sql`JOIN public.team x ON x.id = d.id`),
  membership: {
    slug: sql`x.slug || ':' || p.external_id`,
    name: sql`p.name || ' in ' || x.name`,
    page: { type: sql`'team'`, slug: sql`x.slug` },
    from: sql`JOIN public.team x ON x.id = d.team_id JOIN public.person p ON p.id = d.person_id`,
  },
  person: {
    slug: sql`x.external_id`,
    name: sql`x.name`,
    page: { type: sql`'person'`, slug: sql`x.external_id` },
    from: sql`JOIN public.person x ON x.id = d.id`,
  },
}
