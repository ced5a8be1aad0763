import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { MailState } from './model'

export interface MailRow {
  id: string
  personId: string
  personExternalId: string
  personName: string
  address: string | null
  subject: string
  state: MailState
  attempts: number
  createdAt: Date
  sentAt: Date | null
  nextAttemptAt: Date | null
  error: string | null
}

const columns = sql`
  m.id::text, m.person_id::text AS "personId", p.external_id AS "personExternalId", p.name AS "personName", m.address, m.subject,
  m.state::text, m.attempts, m.created_at AS "createdAt", m.sent_at AS "sentAt", m.next_attempt_at AS "nextAttemptAt", m.error`

/** Mails, the newest first: those to one person, or to everybody. Those with nothing to say are left out. */
export async function findMails(
  db: Db,
  filter: { personId: string | null; state?: readonly MailState[] | undefined },
  limit: number,
  after: CursorKey | null,
): Promise<MailRow[]> {
  const conditions: Sql[] = [
    filter.state ? sql`m.state = ANY(${filter.state}::mail_state[])` : sql`m.state <> 'cancelled'`,
  ]
  if (filter.personId !== null) conditions.push(sql`m.person_id = ${filter.personId}::uuid`)
  if (after) conditions.push(sql`(m.created_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return await db.query<MailRow>(sql`
    SELECT ${columns} FROM mail m JOIN person p ON p.id = m.person_id
    WHERE ${and(conditions)} ORDER BY m.created_at DESC, m.id DESC LIMIT ${limit}`)
}

/** One mail with what it says; null when there is none. */
export async function getMail(db: Db, id: string): Promise<(MailRow & { html: string; text: string }) | null> {
  const [row] = await db.query<MailRow & { html: string; text: string }>(sql`
    SELECT ${columns}, m.html, m.text FROM mail m JOIN person p ON p.id = m.person_id WHERE m.id = ${id}::uuid`)
  return row ?? null
}
