import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { endOfDay } from '@/lib/time/calendar'

/** When a day has ended for everybody who is asked in a stage, and for those whose time zone nobody knows. */
export async function endForAll(
  db: Db,
  { campaignId, stage, dueOn, timeZone }: { campaignId: string; stage: number; dueOn: string; timeZone: string },
): Promise<Date> {
  const zones = await db.query<{ zone: string }>(sql`
    SELECT DISTINCT p.time_zone AS zone FROM reviewer_count k JOIN person p ON p.id = k.person_id
    WHERE k.campaign_id = ${campaignId}::uuid AND k.stage = ${stage} AND p.time_zone IS NOT NULL`)
  const ends = [timeZone, ...zones.map(({ zone }) => zone)].map((zone) => endOfDay(dueOn, zone).getTime())
  return new Date(Math.max(...ends))
}

/** The end of a day by the name of each time zone that people are in, as JSON for a statement to look up. */
export async function endByZone(db: Db, dueOn: string, timeZone: string): Promise<string> {
  const zones = await db.query<{ zone: string }>(sql`
    SELECT DISTINCT time_zone AS zone FROM person WHERE status = 'active' AND time_zone IS NOT NULL`)
  const names = new Set([timeZone, ...zones.map(({ zone }) => zone)])
  return JSON.stringify(Object.fromEntries([...names].map((name) => [name, endOfDay(dueOn, name)])))
}
