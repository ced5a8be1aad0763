import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { notAskedAbout } from '../asked-store'
import type { CertificationEventKind, Definition } from '../model'
import { inScope } from '../schedules/in-scope-store'
import { eventNames, namesOfEvent } from './names-store'
import { touchedBy, waitingEvents, wasCertified } from './touched-store'
import type { NamedEvent } from './words'

/** So many events are looked at in one run; more of them wait for the next. */
const eventsMax = 5_000

/** The last of the events that wait and are looked at now; null when none waits. */
export async function lastWaiting(db: Db): Promise<bigint | null> {
  const [row] = await db.query<{ id: bigint | null }>(sql`
    SELECT max(w.id) AS id FROM (
      SELECT id FROM certification_event WHERE handled_at IS NULL ORDER BY id LIMIT ${eventsMax}) w`)
  return row?.id == null ? null : BigInt(row.id)
}

/** What a micro-campaign asks about, and the events that call for it. */
export interface ToAsk {
  items: string[]
  events: bigint[]
}

/**
 * The items within the definition's scope that these kinds of events touched and no running campaign asks about, at most
 * `limit`. Access that was never certified is left to the campaigns by cadence, but for a tool that is new in a chain.
 */
export async function findToAsk(
  db: Db,
  definition: Definition,
  kinds: readonly CertificationEventKind[],
  { upTo, now }: { upTo: bigint; now: Date },
  limit: number,
): Promise<ToAsk> {
  const { kind } = definition
  const scope = await inScope(db, definition, sql`t.id`, now)
  const isAccess = kind === 'access'
  const subject = isAccess ? sql`JOIN binding b ON b.id = t.id` : sql``
  const counts = isAccess ? sql`((${wasCertified}) OR (e.kind = 'chain_extended' AND e.binding_id = b.id))` : sql`TRUE`
  const rows = await db.query<{ id: string; events: (bigint | string)[] }>(sql`
    WITH RECURSIVE ${touchedBy(kind, upTo)}
    SELECT t.id::text, array_agg(DISTINCT e.id) AS events FROM touched t JOIN e ON e.id = t.event_id ${subject}
    WHERE e.kind = ANY(${[...kinds]}::certification_event_kind[]) AND ${counts} AND ${scope}
      AND ${notAskedAbout(kind, sql`t.id`, 'answered')}
    GROUP BY t.id ORDER BY t.id LIMIT ${limit}`)
  const events = new Set(rows.flatMap((row) => row.events.map(BigInt)))
  return { items: rows.map(({ id }) => id), events: [...events].sort((one, other) => (one < other ? -1 : 1)) }
}

/** These events with the names of what they happened to, in the order in which they did. */
export async function nameEvents(db: Db, ids: readonly bigint[]): Promise<NamedEvent[]> {
  return await db.query<NamedEvent>(sql`
    SELECT ${eventNames} FROM certification_event e ${namesOfEvent}
    WHERE e.id = ANY(${[...ids]}::bigint[]) ORDER BY e.id`)
}

/** Notes which campaign an event called for. */
export async function linkEvents(db: Db, ids: readonly bigint[], campaignId: string): Promise<void> {
  await db.execute(sql`
    UPDATE certification_event SET campaign_id = ${campaignId}::uuid
    WHERE id = ANY(${[...ids]}::bigint[]) AND campaign_id IS NULL`)
}

/** Takes the certifications away that the waiting events touch, from when each first happened. Returns the bindings. */
export async function loseCertifications(db: Db, upTo: bigint): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    WITH RECURSIVE ${touchedBy('access', upTo)},
    lost AS (
      SELECT t.id, min(t.at) AS at FROM touched t JOIN binding b ON b.id = t.id
      WHERE ${wasCertified} AND (b.certification_lost_at IS NULL OR b.certification_lost_at < b.certified_at)
      GROUP BY t.id)
    UPDATE binding b SET certification_lost_at = l.at FROM lost l WHERE b.id = l.id RETURNING b.id::text`)
  return rows.map(({ id }) => id)
}

/** Notes that the events were acted upon; those about something that a running campaign asked about already are linked to it. */
export async function handleEvents(db: Db, upTo: bigint, now: Date): Promise<number> {
  return await db.execute(sql`
    WITH RECURSIVE ${touchedBy('access', upTo)},
    asked AS (
      SELECT DISTINCT ON (t.event_id) t.event_id, i.campaign_id FROM touched t
      JOIN review_item i ON i.binding_id = t.id AND i.state = 'open'
      JOIN campaign c ON c.id = i.campaign_id AND c.state = 'running' ORDER BY t.event_id, c.launched_at, c.id)
    UPDATE certification_event v
    SET handled_at = ${now}, campaign_id = COALESCE(v.campaign_id, (SELECT a.campaign_id FROM asked a WHERE a.event_id = v.id))
    WHERE v.handled_at IS NULL AND v.id <= ${upTo}`)
}

/** How many of the waiting events there are of each kind. */
export async function countWaiting(db: Db, upTo: bigint): Promise<Partial<Record<CertificationEventKind, number>>> {
  const rows = await db.query<{ kind: CertificationEventKind; count: number }>(sql`
    WITH ${waitingEvents(upTo)} SELECT e.kind, count(*)::int AS count FROM e GROUP BY e.kind ORDER BY e.kind`)
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]))
}
