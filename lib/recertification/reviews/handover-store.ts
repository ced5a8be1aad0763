import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'

/** Longer chains of handing over are cut off. */
const hopsMax = 5

/**
 * Common table expression `stand_in (from_id, to_id, hops)`: who acts for whom at this instant. Somebody who hands over
 * what was handed to them passes that on too; links to people who have left do not hold. Goes after WITH RECURSIVE.
 */
export const standInsAt = (now: Date): Sql => sql`
  stand_in (from_id, to_id, hops) AS (
    SELECT h.from_person_id, h.to_person_id, 1
    FROM review_handover h JOIN person p ON p.id = h.to_person_id AND p.status = 'active'
    WHERE h.starts_at <= ${now} AND h.ends_at > ${now}
    UNION ALL
    SELECT s.from_id, h.to_person_id, s.hops + 1
    FROM stand_in s JOIN review_handover h ON h.from_person_id = s.to_id
    JOIN person p ON p.id = h.to_person_id AND p.status = 'active'
    WHERE h.starts_at <= ${now} AND h.ends_at > ${now} AND h.to_person_id <> s.from_id AND s.hops < ${hopsMax}
  )`

/** Whether somebody may answer the item `i` of campaign `c`: not what they answer for themselves, unless it says so. */
export const mayReview = (personId: Sql): Sql =>
  sql`(i.accountable_id IS DISTINCT FROM ${personId} OR c.definition ->> 'selfReview' = 'true')`

/**
 * Who holds the row `r` of item_reviewer (item `i`, campaign `c`) at the instant of `stand_in`: the last in the chain who
 * may review it, else the reviewer. That is who hears about it.
 */
export const holderOf: Sql = sql`COALESCE(
  (SELECT s.to_id FROM stand_in s WHERE s.from_id = r.person_id AND ${mayReview(sql`s.to_id`)} ORDER BY s.hops DESC LIMIT 1),
  r.person_id)`

/**
 * The people whose reviews somebody may answer now: their own first, then those of whoever handed over to them. What
 * they may not review themselves is for `mayReview` to leave out.
 */
export async function actsFor(db: Db, personId: string, now: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    WITH RECURSIVE ${standInsAt(now)}
    SELECT DISTINCT from_id::text AS id FROM stand_in WHERE to_id = ${personId}::uuid AND from_id <> ${personId}::uuid ORDER BY 1`)
  return [personId, ...rows.map(({ id }) => id)]
}

/** A period in which somebody's reviews are another's. */
export interface StoredHandover {
  id: string
  from: { id: string; externalId: string; name: string }
  to: { id: string; externalId: string; name: string }
  startsAt: Date
  endsAt: Date
  reason: string
  createdAt: Date
  createdBy: string
}

interface HandoverRow extends Omit<StoredHandover, 'from' | 'to'> {
  fromId: string
  fromExternalId: string
  fromName: string
  toId: string
  toExternalId: string
  toName: string
}

const asHandover = ({
  fromId,
  fromExternalId,
  fromName,
  toId,
  toExternalId,
  toName,
  ...row
}: HandoverRow): StoredHandover => ({
  ...row,
  from: { id: fromId, externalId: fromExternalId, name: fromName },
  to: { id: toId, externalId: toExternalId, name: toName },
})

const selectHandovers = sql`
  SELECT h.id::text, f.id::text AS "fromId", f.external_id AS "fromExternalId", f.name AS "fromName", t.id::text AS "toId",
    t.external_id AS "toExternalId", t.name AS "toName", h.starts_at AS "startsAt", h.ends_at AS "endsAt", h.reason,
    h.created_at AS "createdAt", h.created_by AS "createdBy"
  FROM review_handover h JOIN person f ON f.id = h.from_person_id JOIN person t ON t.id = h.to_person_id`

const handoversMax = 200

/** Hand-overs that are not over, soonest first: those from or to a person, or everybody's. */
export async function findHandovers(db: Db, personId: string | null, now: Date): Promise<StoredHandover[]> {
  const whose = personId ? sql`(h.from_person_id = ${personId}::uuid OR h.to_person_id = ${personId}::uuid)` : sql`TRUE`
  const rows = await db.query<HandoverRow>(
    sql`${selectHandovers} WHERE h.ends_at > ${now} AND ${whose} ORDER BY h.starts_at, h.id LIMIT ${handoversMax}`,
  )
  return rows.map(asHandover)
}

/** One of them, over or not. */
export async function getHandover(db: Db, id: string): Promise<StoredHandover | null> {
  const [row] = await db.query<HandoverRow>(sql`${selectHandovers} WHERE h.id = ${id}::uuid`)
  return row ? asHandover(row) : null
}

/** One made by others at the same time waits until the end of the transaction: chains are looked at as a whole. */
export async function lockHandovers(db: Db): Promise<void> {
  await db.query(sql`SELECT FROM (SELECT pg_advisory_xact_lock(hashtext('review_handover'))) AS held`)
}

/** Whether handing over from one to the other would lead back, by hand-overs that overlap the period. */
export async function leadsBack(
  db: Db,
  { from, to, startsAt, endsAt }: { from: string; to: string; startsAt: Date; endsAt: Date },
): Promise<boolean> {
  const [row] = await db.query<{ circle: boolean }>(sql`
    WITH RECURSIVE onward (person_id) AS (
      SELECT ${to}::uuid
      UNION
      SELECT h.to_person_id FROM onward o JOIN review_handover h ON h.from_person_id = o.person_id
      WHERE h.starts_at < ${endsAt} AND h.ends_at > ${startsAt}
    )
    SELECT EXISTS (SELECT FROM onward WHERE person_id = ${from}::uuid) AS circle`)
  return row?.circle ?? false
}

/** Whether somebody's reviews are handed over already for a part of the period, and to whom. */
export async function overlapping(
  db: Db,
  { from, startsAt, endsAt }: { from: string; startsAt: Date; endsAt: Date },
): Promise<StoredHandover | null> {
  const [row] = await db.query<HandoverRow>(sql`
    ${selectHandovers} WHERE h.from_person_id = ${from}::uuid AND h.starts_at < ${endsAt} AND h.ends_at > ${startsAt}
    ORDER BY h.starts_at LIMIT 1`)
  return row ? asHandover(row) : null
}

export async function insertHandover(db: Db, { from, to, ...row }: StoredHandover): Promise<void> {
  await db.prisma.reviewHandover.create({ data: { ...row, fromPersonId: from.id, toPersonId: to.id } })
}

/** Ends one that has begun. */
export async function stopHandover(db: Db, id: string, now: Date): Promise<void> {
  await db.prisma.reviewHandover.update({ where: { id }, data: { endsAt: now } })
}

/** Takes away one that has not begun. */
export async function removeHandover(db: Db, id: string): Promise<void> {
  await db.prisma.reviewHandover.delete({ where: { id } })
}
