import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { StoredCampaign } from '../campaign-store'
import { rankFinders } from '../launch/finders-store'
import type { ReviewerStrategy } from '../model'

/** Open items of a stage that have had this many escalation steps. */
export async function itemsEscalated(db: Db, campaignId: string, stage: number, steps: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT id::text FROM review_item WHERE campaign_id = ${campaignId}::uuid AND state = 'open' AND stage = ${stage}
      AND escalations = ${steps} ORDER BY id`)
  return rows.map(({ id }) => id)
}

/** Notes that items have had this escalation step. */
export async function noteEscalation(db: Db, items: readonly string[], step: number): Promise<void> {
  await db.execute(sql`
    UPDATE review_item SET escalations = ${step}, version = version + 1 WHERE id = ANY(${items}::uuid[])`)
}

/**
 * Leaves items to those whom a strategy finds and who are asked, by this step or before it: whoever else was asked is so
 * no more. Items about which it finds nobody to ask stay with whom they are.
 */
export async function leaveTo(
  db: Db,
  { kind, stage }: Pick<StoredCampaign, 'kind' | 'stage'>,
  items: readonly string[],
  to: ReviewerStrategy,
): Promise<void> {
  const [finder] = rankFinders(kind, { strategies: [to], fallbacksFrom: 1, ownerPersonId: null, silentIn: null })
  if (!finder) return
  await db.execute(sql`
    WITH keyed AS MATERIALIZED (SELECT s.id, ${finder.key} AS key FROM review_item s WHERE s.id = ANY(${items}::uuid[])),
    target AS MATERIALIZED (
      SELECT r.item_id, r.person_id FROM keyed k JOIN (${finder.people}) c ON c.key = k.key
      JOIN item_reviewer r ON r.item_id = k.id AND r.stage = ${stage} AND r.person_id = c.person_id AND r.state = 'open'
    )
    UPDATE item_reviewer r SET state = 'passed_on', note = 'Handed on by escalation'
    WHERE r.item_id IN (SELECT item_id FROM target) AND r.stage = ${stage} AND r.state = 'open'
      AND NOT EXISTS (SELECT FROM target t WHERE t.item_id = r.item_id AND t.person_id = r.person_id)`)
}
