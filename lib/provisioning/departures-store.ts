import type { Db } from '@/lib/db/client'
import { and, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { personRef } from '@/lib/registry/refs-sql'
import type { PersonRef } from '@/lib/registry/shapes'

/** How many people left or wait to since then, and how many are provisioned as active. */
export async function countDepartures(db: Db, since: Date): Promise<{ departed: number; active: number }> {
  const [row] = await db.query<{ departed: number; active: number }>(sql`
    SELECT (SELECT count(DISTINCT person_id)::int FROM scim_departure WHERE at > ${since} AND state IN ('applied', 'held')) AS departed,
      (SELECT count(*)::int FROM scim_user WHERE active) AS active`)
  return row ?? { departed: 0, active: 0 }
}

interface NewDeparture {
  id: string
  personId: string
  kind: 'deactivated' | 'removed'
  state: 'applied' | 'held'
  at: Date
}

/** Notes that somebody left, or waits to. */
export async function insertDeparture(db: Db, departure: NewDeparture): Promise<void> {
  await db.prisma.scimDeparture.create({ data: departure, select: { id: true } })
}

/** Takes back that a departure of this person waits. @returns whether one did. */
export async function withdrawHeld(db: Db, personId: string, now: Date): Promise<boolean> {
  const { count } = await db.prisma.scimDeparture.updateMany({
    where: { personId, state: 'held' },
    data: { state: 'withdrawn', decidedAt: now },
  })
  return count > 0
}

/** Whether a departure of this person waits. */
export async function isWaiting(db: Db, personId: string): Promise<boolean> {
  return (await db.prisma.scimDeparture.count({ where: { personId, state: 'held' } })) > 0
}

export interface HeldRow {
  id: string
  person: PersonRef
  kind: 'deactivated' | 'removed'
  at: Date
}

/** Departures that wait, the oldest first: those of one person, or all. */
export async function findHeld(
  db: Db,
  person: string | undefined,
  limit: number,
  after: CursorKey | null,
): Promise<HeldRow[]> {
  const conditions = [sql`d.state = 'held'`]
  if (person !== undefined) conditions.push(sql`p.external_id = ${person}`)
  if (after) conditions.push(sql`(d.at, d.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  return await db.query<HeldRow>(sql`
    SELECT d.id::text, ${personRef(sql`p`)} AS person, d.kind::text, d.at
    FROM scim_departure d JOIN person p ON p.id = d.person_id
    WHERE ${and(conditions)} ORDER BY d.at, d.id LIMIT ${limit}`)
}

/** Decides departures that wait; those that do not any more are left out. @returns whose they were. */
export async function decideHeld(
  db: Db,
  ids: readonly string[],
  state: 'confirmed' | 'dismissed',
  now: Date,
): Promise<{ personId: string; externalId: string; status: string }[]> {
  return await db.query(sql`
    UPDATE scim_departure d SET state = ${state}::scim_departure_state, decided_at = ${now} FROM person p
    WHERE p.id = d.person_id AND d.id = ANY(${[...ids]}::uuid[]) AND d.state = 'held'
    RETURNING p.id::text AS "personId", p.external_id AS "externalId", p.status::text AS status`)
}

/** Notes that these people have left. */
export async function markLeft(db: Db, personIds: readonly string[], now: Date): Promise<void> {
  await db.execute(sql`
    UPDATE person SET status = 'left', version = version + 1, updated_at = ${now} WHERE id = ANY(${[...personIds]}::uuid[])`)
}

/** How many people and teams are provisioned, and how many departures wait. */
export async function countProvisioned(db: Db) {
  const [row] = await db.query<{ active: number; inactive: number; teams: number; held: number }>(sql`
    SELECT (SELECT count(*)::int FROM scim_user WHERE active) AS active,
      (SELECT count(*)::int FROM scim_user WHERE NOT active) AS inactive,
      (SELECT count(*)::int FROM scim_group) AS teams,
      (SELECT count(*)::int FROM scim_departure WHERE state = 'held') AS held`)
  return row ?? { active: 0, inactive: 0, teams: 0, held: 0 }
}
