import 'server-only'
import type { Db } from '@/lib/db/client'
import type { Binding } from '@/lib/db/generated/client'
import { type Sql, sql } from '@/lib/db/sql'
import { type CadenceDays, certificationStanding, certifiedUntil } from '../cadence'
import { eventNames, namesOfEvent } from '../events/names-store'
import { eventWords, type NamedEvent } from '../events/words'
import { type CertificationView, type HistoryEntry, historyMax } from './model'

type CertifiedColumns = Pick<
  Binding,
  | 'risk'
  | 'state'
  | 'activeSince'
  | 'certifiedAt'
  | 'certifiedBy'
  | 'certifiedItemId'
  | 'certificationLostAt'
  | 'unansweredAt'
  | 'unansweredIn'
>

/** How a binding is certified at an instant, by whom and in which campaign. */
export async function certificationOf(
  db: Db,
  binding: CertifiedColumns,
  cadenceDays: CadenceDays,
  now: Date,
): Promise<CertificationView> {
  const { risk, activeSince, certifiedAt, certifiedBy, certifiedItemId, certificationLostAt, unansweredAt } = binding
  const ms = (instant: Date | null) => instant?.getTime() ?? null
  const known = { risk, activeSince: ms(activeSince), certifiedAt: ms(certifiedAt), lostAt: ms(certificationLostAt) }
  const isRevoked = binding.state === 'revoked'
  const until = isRevoked ? null : certifiedUntil(known, cadenceDays)
  return {
    standing: isRevoked ? 'revoked' : certificationStanding(known, cadenceDays, now.getTime()),
    until: until === null ? null : new Date(until).toISOString(),
    at: certifiedAt?.toISOString() ?? null,
    by: certifiedBy,
    campaign: certifiedItemId === null ? null : await campaignOf(db, certifiedItemId),
    lostAt: certificationLostAt?.toISOString() ?? null,
    unanswered:
      unansweredAt === null ? null : { at: unansweredAt.toISOString(), campaign: binding.unansweredIn ?? 'a campaign' },
  }
}

async function campaignOf(db: Db, itemId: string): Promise<{ slug: string; name: string } | null> {
  const item = await db.prisma.reviewItem.findUnique({
    where: { id: itemId },
    select: { campaign: { select: { slug: true, name: true } } },
  })
  return item?.campaign ?? null
}

type AskedRow = Omit<Extract<HistoryEntry, { type: 'asked' }>, 'type' | 'at'> & { at: Date }

/** The campaigns that asked, whichever binding or assignment the condition on `i` (review_item) is about, newest first. */
async function findAsked(db: Db, condition: Sql): Promise<HistoryEntry[]> {
  const rows = await db.query<AskedRow>(sql`
    SELECT i.id::text AS item, i.layer, json_build_object('slug', c.slug, 'name', c.name) AS campaign, c.because, i.state, i.outcome,
      COALESCE(d.at, c.launched_at, c.created_at) AS at, d.answer
    FROM review_item i JOIN campaign c ON c.id = i.campaign_id
    LEFT JOIN LATERAL (
      SELECT r.at, json_build_object('verdict', r.verdict, 'by', r.person_name, 'comment', r.comment) AS answer
      FROM review_decision r
      WHERE r.item_id = i.id AND r.undone_at IS NULL AND r.verdict IN ('certify', 'reassign', 'revoke')
      ORDER BY r.at DESC, r.id DESC LIMIT 1) d ON TRUE
    WHERE ${condition} AND c.state <> 'launching'
    ORDER BY at DESC, i.id DESC LIMIT ${historyMax}`)
  return rows.map(({ at, ...row }) => ({ type: 'asked', at: at.toISOString(), ...row }))
}

type EventRow = NamedEvent & { at: Date; campaign: { slug: string; name: string } | null }

/** What happened to a binding, its tool, and those who answer for it now, newest first. */
async function findEvents(db: Db, bindingId: string): Promise<HistoryEntry[]> {
  const rows = await db.query<EventRow>(sql`
    WITH b AS (SELECT b.id, b.tool_id, g.sponsor_id FROM binding b JOIN agent g ON g.id = b.agent_id WHERE b.id = ${bindingId}::uuid),
    answering AS (
      SELECT sponsor_id AS person_id FROM b
      UNION SELECT a.person_id FROM effective_owner o JOIN assignment a ON a.id = o.assignment_id
      WHERE o.binding_id = ${bindingId}::uuid AND a.scope <> 'organisation'
    ), e AS (
      SELECT e.* FROM certification_event e JOIN b ON e.binding_id = b.id
      UNION SELECT e.* FROM certification_event e JOIN b ON e.tool_id = b.tool_id
      UNION SELECT e.* FROM certification_event e JOIN answering w ON e.person_id = w.person_id)
    SELECT e.at, ${eventNames},
      CASE WHEN c.id IS NOT NULL THEN json_build_object('slug', c.slug, 'name', c.name) END AS campaign
    FROM e ${namesOfEvent} LEFT JOIN campaign c ON c.id = e.campaign_id
    ORDER BY e.at DESC, e.id DESC LIMIT ${historyMax}`)
  return rows.map((row) => ({
    type: 'event',
    at: row.at.toISOString(),
    kind: row.kind,
    words: eventWords(row),
    campaign: row.campaign,
  }))
}

/** Every campaign that asked about a binding and what came of it, and what took its certification away, newest first. */
export async function historyOfBinding(db: Db, bindingId: string): Promise<HistoryEntry[]> {
  const asked = await findAsked(db, sql`i.binding_id = ${bindingId}::uuid`)
  const events = await findEvents(db, bindingId)
  return [...asked, ...events].sort((one, other) => other.at.localeCompare(one.at))
}

/** Every campaign that asked about the owners named for an agent itself, those of the past included, newest first. */
export const historyOfAgent = (db: Db, agentId: string): Promise<HistoryEntry[]> =>
  findAsked(db, sql`i.assignment_id IN (SELECT a.id FROM assignment a WHERE a.agent_id = ${agentId}::uuid)`)

/** Every campaign that asked about an assignment and what came of it, newest first. */
export const historyOfAssignment = (db: Db, assignmentId: string): Promise<HistoryEntry[]> =>
  findAsked(db, sql`i.assignment_id = ${assignmentId}::uuid`)
