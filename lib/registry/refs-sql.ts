import { type Sql, sql } from '@/lib/db/sql'

/** SQL of the references in lib/registry/shapes.ts: an object, or null where an outer join found nothing. */
export const personRef = (p: Sql) => sql`CASE WHEN ${p}.id IS NOT NULL THEN
  jsonb_build_object('id', ${p}.id, 'externalId', ${p}.external_id, 'name', ${p}.name, 'status', ${p}.status) END`
export const teamRef = (t: Sql) => sql`CASE WHEN ${t}.id IS NOT NULL THEN
  jsonb_build_object('id', ${t}.id, 'slug', ${t}.slug, 'name', ${t}.name, 'function', ${t}.function, 'status', ${t}.status) END`
export const agentRef = (a: Sql) => sql`CASE WHEN ${a}.id IS NOT NULL THEN
  jsonb_build_object('id', ${a}.id, 'slug', ${a}.slug, 'name', ${a}.name, 'lifecycle', ${a}.lifecycle) END`
export const toolRef = (t: Sql) => sql`CASE WHEN ${t}.id IS NOT NULL THEN
  jsonb_build_object('id', ${t}.id, 'slug', ${t}.slug, 'name', ${t}.name, 'kind', ${t}.kind, 'lifecycle', ${t}.lifecycle) END`
export const pointRef = (e: Sql) => sql`CASE WHEN ${e}.id IS NOT NULL THEN
  jsonb_build_object('id', ${e}.id, 'slug', ${e}.slug, 'name', ${e}.name, 'kind', ${e}.kind) END`
