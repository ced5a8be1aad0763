import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { nestedMax } from '@/lib/registry/shapes'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { StoredCampaign } from '../campaign-store'
import { standInsAt } from '../reviews/handover-store'
import { digestKind } from './model'

/** Whom a reminder is about: those with open items in the stage a campaign is in, or one of them. */
export interface Reminding {
  campaign: Pick<StoredCampaign, 'id' | 'stage'>
  personId: string | null
  /** Where the day ends for those whose own time zone nobody knows. */
  timeZone: string
  now: Date
}

/**
 * Common table expression `reached (asked_id, told_id, open, has_heard)`: everybody with something to answer now, who
 * hears of it (whoever stands in for them), and whether that one had a mail on the day that it is where they are. What
 * was put off is not to be answered yet. Goes after WITH RECURSIVE.
 */
const reachedBy = ({ campaign: { id, stage }, personId, timeZone, now }: Reminding): Sql => sql`
  ${standInsAt(now)}, waiting AS (
    SELECT k.person_id AS asked_id, k.items - (
        SELECT count(*) FROM review_item i JOIN item_reviewer r ON r.item_id = i.id AND r.stage = i.stage
        WHERE i.campaign_id = k.campaign_id AND i.was_deferred AND i.deferred_until > ${now} AND i.state = 'open'
          AND r.stage = k.stage AND r.person_id = k.person_id AND r.state = 'open')::int AS open,
      COALESCE((SELECT s.to_id FROM stand_in s WHERE s.from_id = k.person_id ORDER BY s.hops DESC LIMIT 1), k.person_id) AS told_id
    FROM reviewer_count k
    WHERE k.campaign_id = ${id}::uuid AND k.stage = ${stage} AND k.state = 'open' AND k.items > 0
      AND ${personId === null ? sql`TRUE` : sql`k.person_id = ${personId}::uuid`}
  ), reached AS (
    SELECT w.asked_id, w.told_id, w.open, EXISTS (
      SELECT FROM mail m WHERE m.person_id = p.id AND m.kind = ${digestKind} AND m.state IN ('sent', 'kept', 'failed')
        AND m.day >= (${now}::timestamptz AT TIME ZONE COALESCE(p.time_zone, ${timeZone}::text))::date) AS has_heard
    FROM waiting w JOIN person p ON p.id = w.told_id AND p.status = 'active' WHERE w.open > 0
  )`

export interface ReachedRow {
  person: { externalId: string; name: string }
  standIn: { externalId: string; name: string } | null
  open: number
  hears: 'today' | 'tomorrow'
}

const countOf = sql`count(*)::int AS reminded, (count(*) FILTER (WHERE has_heard))::int AS tomorrow`

/** Whom a reminder would reach, those with most to answer first, and how many there are. Writes nothing. */
export async function findReached(db: Db, reminding: Reminding) {
  const reached = reachedBy(reminding)
  const rows = await db.query<ReachedRow>(sql`
    WITH RECURSIVE ${reached}
    SELECT json_build_object('externalId', a.external_id, 'name', a.name) AS person,
      CASE WHEN t.id <> a.id THEN json_build_object('externalId', t.external_id, 'name', t.name) END AS "standIn",
      r.open, CASE WHEN r.has_heard THEN 'tomorrow' ELSE 'today' END AS hears
    FROM reached r JOIN person a ON a.id = r.asked_id JOIN person t ON t.id = r.told_id
    ORDER BY r.open DESC, a.name, a.id LIMIT ${nestedMax + 1}`)
  const [counts] = await db.query<{ reminded: number; tomorrow: number }>(sql`
    WITH RECURSIVE ${reached} SELECT ${countOf} FROM reached`)
  return { rows, ...(counts ?? { reminded: 0, tomorrow: 0 }) }
}

/** Notes that those whom a reminder reaches are to be told with their next mail. */
export async function askReminders(
  { db, now, actor }: UseCaseContext,
  reminding: Reminding,
): Promise<{ reminded: number; tomorrow: number }> {
  const [counts] = await db.query<{ reminded: number; tomorrow: number }>(sql`
    WITH RECURSIVE ${reachedBy(reminding)}, asked AS (
      INSERT INTO review_reminder (campaign_id, person_id, asked_at, asked_by)
      SELECT ${reminding.campaign.id}::uuid, r.asked_id, ${now}::timestamptz, ${actor.name} FROM reached r ORDER BY r.asked_id
      ON CONFLICT (person_id, campaign_id) DO UPDATE SET asked_at = EXCLUDED.asked_at, asked_by = EXCLUDED.asked_by)
    SELECT ${countOf} FROM reached`)
  return counts ?? { reminded: 0, tomorrow: 0 }
}
