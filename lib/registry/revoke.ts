import type { AuditChange } from '@/lib/audit/model'
import { empty, type Sql, sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'

const owner = { agent: sql`agent_id`, tool: sql`tool_id` } as const

interface Revoked {
  id: string
  slug: string
}

/** What revoking did to each binding, for its history. */
export const revokedChanges = (revoked: readonly Revoked[]): AuditChange[] =>
  revoked.map(({ id, slug }) => ({ subjectType: 'binding', subjectId: id, after: { slug, state: 'revoked' } }))

/** The slugs of those that whoever asks may know of: all were revoked, and what led to a restricted tool is not told. */
export async function knownSlugs({ db }: UseCaseContext, revoked: readonly Revoked[]): Promise<string[]> {
  if (!db.isPartial || revoked.length === 0) return revoked.map(({ slug }) => slug)
  const ids = revoked.map(({ id }) => id)
  const rows = await db.query<{ slug: string }>(
    sql`SELECT slug FROM binding WHERE id = ANY(${ids}::uuid[]) ORDER BY slug`,
  )
  return rows.map(({ slug }) => slug)
}

/** Revokes whatever bindings of an agent or tool are not revoked yet, as part of retiring it; returns their ids and slugs. */
export async function revokeBindingsOf(
  context: UseCaseContext,
  kind: keyof typeof owner,
  id: string,
): Promise<Revoked[]> {
  return await revokeWhere(context, sql`${owner[kind]} = ${id}::uuid`)
}

/** Revokes those of these bindings that are not revoked yet; returns their ids and slugs. */
export async function revokeBindings(context: UseCaseContext, ids: readonly string[]): Promise<Revoked[]> {
  return ids.length === 0 ? [] : await revokeWhere(context, sql`id = ANY(${[...ids]}::uuid[])`)
}

/** Revokes bindings because somebody decided so: no import takes that back. */
export async function revokeByDecision(context: UseCaseContext, ids: readonly string[]): Promise<Revoked[]> {
  if (ids.length === 0) return []
  return await revokeWhere(context, sql`id = ANY(${[...ids]}::uuid[])`, byHand)
}

const byHand = sql`, edited_fields = ARRAY(SELECT DISTINCT f FROM unnest(edited_fields || 'state'::text) f ORDER BY f)`

async function revokeWhere(context: UseCaseContext, condition: Sql, more: Sql = empty): Promise<Revoked[]> {
  return await context.db.query<Revoked>(sql`
    UPDATE binding SET state = 'revoked', version = version + 1, updated_at = ${context.now}${more}
    WHERE ${condition} AND state <> 'revoked' RETURNING id::text, slug`)
}
