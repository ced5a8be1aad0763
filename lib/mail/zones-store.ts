import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { Policy } from '@/lib/settings/model'
import { dayIn, hourIn } from '@/lib/time/calendar'

/** A time zone in which people may be mailed now, and what day it is there. */
interface OpenZone {
  name: string
  day: string
}

/** Where it is late enough in the day for mail. The product's own calendar says so, not that of the database. */
export async function openZones(db: Db, { timeZone, mailHour }: Policy['reviews'], now: Date): Promise<OpenZone[]> {
  const rows = await db.query<{ zone: string }>(sql`
    SELECT DISTINCT time_zone AS zone FROM person WHERE status = 'active' AND time_zone IS NOT NULL`)
  const names = new Set([timeZone, ...rows.map(({ zone }) => zone)])
  return [...names].filter((name) => hourIn(now, name) >= mailHour).map((name) => ({ name, day: dayIn(now, name) }))
}

/** Common table expression `open_zone (name, day)`. */
export const openZoneRows = (zones: readonly OpenZone[]): Sql =>
  sql`open_zone (name, day) AS (SELECT z.name, z.day FROM jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) AS z(name text, day date))`
