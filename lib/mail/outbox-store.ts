import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { Policy } from '@/lib/settings/model'
import type { Handed } from './transport'
import { openZoneRows, openZones } from './zones-store'

/** A mail that this instance is to write and hand over, and nobody else until `leaseMs` are over. */
export interface ClaimedMail {
  id: string
  personId: string
  kind: string
  attempts: number
  createdAt: Date
}

/** What stands in a mail. */
export interface MailContent {
  subject: string
  html: string
  text: string
}

/** Longer than handing over can take; then whoever claimed it is taken for dead. */
const leaseMs = 5 * 60_000

/**
 * Queues a mail of a kind for each person, on their day. Somebody who has one on that day already gets no other,
 * whichever instance is quicker; one that was cancelled for want of anything to say has its place taken.
 */
export async function queueMails(
  db: Db,
  { kind, now, newId }: { kind: string; now: Date; newId: () => string },
  people: readonly { personId: string; day: string }[],
): Promise<void> {
  if (people.length === 0) return
  const rows = JSON.stringify(people.map((row) => ({ ...row, id: newId() })))
  await db.execute(sql`
    INSERT INTO mail (id, kind, person_id, day, subject, html, text, state, next_attempt_at, created_at)
    SELECT r.id, ${kind}, r."personId", r.day, '', '', '', 'queued', ${now}, ${now}
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id uuid, "personId" uuid, day date) ORDER BY r."personId"
    ON CONFLICT (person_id, day, kind) DO UPDATE SET state = 'queued', attempts = 0, next_attempt_at = ${now}, created_at = ${now}
    WHERE mail.state = 'cancelled'`)
}

/**
 * Claims the next mail that is due, if it is a time of day for mail where its reader is; it counts for their present
 * day from then on. Claimed in a statement of its own and only then handed over: a process that dies between the two
 * leaves a mail that is sent again when the claim has run out. If the server had taken it already, that makes two with
 * one Message-ID; whoever sends by SMTP cannot know better (RFC 5321, section 4.5.4.1 and 6.1), and losing a mail is worse.
 */
export async function claimMail(db: Db, reviews: Policy['reviews'], now: Date): Promise<ClaimedMail | null> {
  const zones = await openZones(db, reviews, now)
  if (zones.length === 0) return null
  const [row] = await db.query<ClaimedMail>(sql`
    WITH ${openZoneRows(zones)}, next AS (
      SELECT m.id, z.day FROM mail m JOIN person p ON p.id = m.person_id
      JOIN open_zone z ON z.name = COALESCE(p.time_zone, ${reviews.timeZone}::text)
      WHERE m.state = 'queued' AND m.next_attempt_at <= ${now}
      ORDER BY m.next_attempt_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED
    )
    UPDATE mail m SET attempts = m.attempts + 1, day = next.day, next_attempt_at = ${new Date(now.getTime() + leaseMs)}
    FROM next WHERE m.id = next.id
    RETURNING m.id::text, m.person_id::text AS "personId", m.kind, m.attempts, m.created_at AS "createdAt"`)
  return row ?? null
}

/** Ends a mail that was handed over, or that is kept to be read here. */
export async function completeMail(
  db: Db,
  id: string,
  mail: MailContent & { state: 'sent' | 'kept'; address: string | null; error: string | null; at: Date },
): Promise<void> {
  const { state, subject, html, text, address, error, at } = mail
  await db.prisma.mail.update({
    where: { id },
    data: { state, subject, html, text, address, error, sentAt: state === 'sent' ? at : null, nextAttemptAt: null },
    select: { id: true },
  })
}

/** Ends a mail that had nothing left to say. */
export async function cancelMail(db: Db, id: string): Promise<void> {
  const data = { state: 'cancelled', nextAttemptAt: null, error: null } as const
  await db.prisma.mail.update({ where: { id }, data, select: { id: true } })
}

/** Notes that a mail could not be handed over: for another try at `next`, or for good when that is null. */
export async function noteFailure(
  db: Db,
  id: string,
  mail: MailContent & { address: string; error: Exclude<Handed, { result: 'sent' }>['error']; next: Date | null },
): Promise<void> {
  const { subject, html, text, address, error, next } = mail
  const data = { subject, html, text, address, error, nextAttemptAt: next, state: next ? 'queued' : 'failed' } as const
  await db.prisma.mail.update({ where: { id }, data, select: { id: true } })
}
