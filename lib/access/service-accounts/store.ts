import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { Role } from '../model'
import type { ServiceAccount } from './model'

export interface FoundServiceAccount extends Omit<ServiceAccount, 'lastUsedAt'> {
  lastUsedAt: Date | null
}

const found = (now: Date, condition: Sql, limit: number) => sql`
  SELECT a.id::text, a.role::text, a.status::text, a.version,
    jsonb_build_object('slug', g.slug, 'name', g.name, 'lifecycle', g.lifecycle) AS agent,
    CASE WHEN p.id IS NULL THEN NULL ELSE
      jsonb_build_object('id', p.id, 'externalId', p.external_id, 'name', p.name, 'status', p.status) END AS owner,
    (SELECT count(*)::int FROM api_token t WHERE t.account_id = a.id AND t.revoked_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > ${now.toISOString()}::timestamptz)) AS tokens,
    (SELECT max(t.last_used_at) FROM api_token t WHERE t.account_id = a.id) AS "lastUsedAt"
  FROM service_account s JOIN account a ON a.id = s.account_id JOIN agent g ON g.id = s.agent_id LEFT JOIN person p ON p.id = g.sponsor_id
  WHERE ${condition} ORDER BY g.slug LIMIT ${limit}`

/** Service accounts by the slug of their agent. */
export async function findServiceAccounts(
  db: Db,
  { q, role }: { q?: string | undefined; role?: readonly Role[] | undefined },
  limit: number,
  after: CursorKey | null,
  now: Date,
): Promise<FoundServiceAccount[]> {
  const conditions: Sql[] = [sql`true`]
  if (q) conditions.push(sql`g.name ILIKE ${`%${q.replace(/[\\%_]/g, '\\$&')}%`}`)
  if (role) conditions.push(sql`a.role = ANY(${role}::role[])`)
  if (after) conditions.push(sql`g.slug > ${after[0]}`)
  return await db.query<FoundServiceAccount>(found(now, and(conditions), limit))
}

/** The service account of an agent, and its account row locked if it is to be changed; null when it has none. */
export async function serviceAccountOf(
  db: Db,
  agent: string,
  now: Date,
  lock: 'locked' | 'unlocked' = 'unlocked',
): Promise<FoundServiceAccount | null> {
  if (lock === 'locked')
    await db.query(sql`
      SELECT a.id FROM account a JOIN service_account s ON s.account_id = a.id JOIN agent g ON g.id = s.agent_id
      WHERE g.slug = ${agent} FOR UPDATE OF a`)
  const [row] = await db.query<FoundServiceAccount>(found(now, sql`g.slug = ${agent}`, 1))
  return row ?? null
}

/** Whether an agent has a service account. */
export const hasServiceAccount = async (db: Db, agentId: string): Promise<boolean> =>
  (await db.prisma.serviceAccount.count({ where: { agentId } })) > 0
