import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { Role } from '../model'
import type { AccountRow, accountStatuses } from './model'

type AccountStatus = (typeof accountStatuses)[number]

interface FoundAccount extends Omit<AccountRow, 'seenAt' | 'invitedUntil'> {
  seenAt: Date | null
  invitedUntil: Date | null
}

const columns = (now: Date) => sql`
  a.id::text, a.email, a.name, a.role::text, a.status::text, a.version,
  CASE WHEN p.id IS NULL THEN NULL ELSE
    jsonb_build_object('id', p.id, 'externalId', p.external_id, 'name', p.name, 'status', p.status) END AS person,
  (SELECT max(s.seen_at) FROM session s WHERE s.account_id = a.id) AS "seenAt",
  (SELECT max(l.expires_at) FROM account_link l WHERE l.account_id = a.id AND l.kind = 'invitation'
    AND l.used_at IS NULL AND l.expires_at > ${now.toISOString()}::timestamptz) AS "invitedUntil",
  jsonb_build_object(
    'password', a.password_hash IS NOT NULL,
    'app', EXISTS (SELECT FROM totp_secret t WHERE t.account_id = a.id),
    'passkeys', (SELECT count(*) FROM passkey k WHERE k.account_id = a.id),
    'provider', EXISTS (SELECT FROM account_identity i WHERE i.account_id = a.id)) AS "waysIn"`

interface AccountFilter {
  q?: string | undefined
  role?: readonly Role[] | undefined
  status?: readonly AccountStatus[] | undefined
}

/** The accounts of people, by e-mail address. */
export async function findAccounts(
  db: Db,
  { q, role, status }: AccountFilter,
  limit: number,
  after: CursorKey | null,
  now: Date,
): Promise<FoundAccount[]> {
  const conditions: Sql[] = [sql`a.email IS NOT NULL`]
  if (q) {
    const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(sql`(a.email ILIKE ${part} OR a.name ILIKE ${part})`)
  }
  if (role) conditions.push(sql`a.role = ANY(${role}::role[])`)
  if (status) conditions.push(sql`a.status = ANY(${status}::account_status[])`)
  if (after) conditions.push(sql`a.email > ${after[0]}`)
  return await db.query<FoundAccount>(sql`
    SELECT ${columns(now)} FROM account a LEFT JOIN person p ON p.id = a.person_id
    WHERE ${and(conditions)} ORDER BY a.email LIMIT ${limit}`)
}

/** The account of a person, locked for the change that is to come; null when there is none. */
export async function lockAccount(db: Db, id: string) {
  const [row] = await db.query<{
    id: string
    email: string
    name: string
    role: Role
    status: AccountStatus
    personId: string | null
    version: number
  }>(sql`
    SELECT id::text, email, name, role::text, status::text, person_id::text AS "personId", version
    FROM account WHERE id = ${id}::uuid AND email IS NOT NULL FOR UPDATE`)
  return row ?? null
}

/** How many administrators besides this account could still sign in. */
export async function countOtherAdministrators(db: Db, id: string): Promise<number> {
  return await db.prisma.account.count({
    where: { role: 'admin', status: 'active', refusedAt: null, email: { not: null }, NOT: { id } },
  })
}
