import 'server-only'
import { sql } from '@/lib/db/sql'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { StoredCampaign } from '../campaign-store'
import { digestKind } from './model'

/** Notes that people with open items are to be reminded; one of them, where a person is given. */
export async function askReminders(
  { db, now, actor }: UseCaseContext,
  { id, stage }: Pick<StoredCampaign, 'id' | 'stage'>,
  personId: string | null,
): Promise<{ reminded: number; tomorrow: number }> {
  const whom = personId === null ? sql`TRUE` : sql`k.person_id = ${personId}::uuid`
  const [row] = await db.query<{ reminded: number; tomorrow: number }>(sql`
    WITH asked AS (
      INSERT INTO review_reminder (campaign_id, person_id, asked_at, asked_by)
      SELECT k.campaign_id, k.person_id, ${now}::timestamptz, ${actor.name} FROM reviewer_count k
      WHERE k.campaign_id = ${id}::uuid AND k.stage = ${stage} AND k.state = 'open' AND k.items > 0 AND ${whom}
      ORDER BY k.person_id
      ON CONFLICT (person_id, campaign_id) DO UPDATE SET asked_at = EXCLUDED.asked_at, asked_by = EXCLUDED.asked_by
      RETURNING person_id)
    SELECT count(*)::int AS reminded, (count(*) FILTER (WHERE EXISTS (
      SELECT FROM mail m WHERE m.person_id = a.person_id AND m.kind = ${digestKind} AND m.state IN ('sent', 'kept')
        AND m.day >= (${now}::timestamptz AT TIME ZONE 'UTC')::date)))::int AS tomorrow
    FROM asked a`)
  return row ?? { reminded: 0, tomorrow: 0 }
}
