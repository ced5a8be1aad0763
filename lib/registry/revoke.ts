import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'

const owner = { agent: sql`agent_id`, tool: sql`tool_id` } as const

/** Revokes whatever bindings of an agent or tool are not revoked yet, as part of retiring it; returns their ids and slugs. */
export async function revokeBindingsOf(
  context: UseCaseContext,
  kind: keyof typeof owner,
  id: string,
): Promise<{ id: string; slug: string }[]> {
  return await context.db.query<{ id: string; slug: string }>(sql`
    UPDATE binding SET state = 'revoked', version = version + 1, updated_at = ${context.now}
    WHERE ${owner[kind]} = ${id}::uuid AND state <> 'revoked' RETURNING id::text, slug`)
}
