import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { RiskTier } from '@/lib/registry/model'
import type { ItemState, Outcome } from '../model'
import type { Flow } from './ending'
import { endByZone, endForAll } from './stage-ends-store'

const campaignsMax = 100

/** Ids of running campaigns, for the job to look after. */
export async function campaignsRunning(db: Db): Promise<string[]> {
  const rows = await db.prisma.campaign.findMany({
    where: { state: 'running' },
    orderBy: [{ launchedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Ids of campaigns whose stages and challenge period are over and of which nothing is contested. */
export async function campaignsReadyToClose(db: Db, now: Date): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT c.id::text FROM campaign c
    WHERE c.state = 'settled' AND (c.challenge_ends_at IS NULL OR c.challenge_ends_at <= ${now})
      AND c.definition ->> 'closes' = 'by_itself'
      AND NOT EXISTS (SELECT FROM campaign_count k WHERE k.campaign_id = c.id AND k.state = 'contested' AND k.items > 0)
    ORDER BY c.id LIMIT ${campaignsMax}`)
  return rows.map(({ id }) => id)
}

/** The stage a campaign is in; null before the first. */
export const stageOf = (db: Db, campaignId: string, number: number) =>
  db.prisma.campaignStage.findUnique({ where: { campaignId_number: { campaignId, number } } })

export interface StageCount {
  state: ItemState
  outcome: Outcome | null
  items: number
}

/** How many items there are in a stage by state and outcome. */
export async function countsIn(db: Db, campaignId: string, stage: number): Promise<StageCount[]> {
  return await db.query<StageCount>(sql`
    SELECT state::text, NULLIF(outcome, '') AS outcome, sum(items)::int AS items FROM campaign_count
    WHERE campaign_id = ${campaignId}::uuid AND stage = ${stage} GROUP BY 1, 2 HAVING sum(items) > 0`)
}

/** How many items of a campaign are in a state, whatever their stage. */
export async function countInState(db: Db, campaignId: string, state: ItemState, outcome?: Outcome): Promise<number> {
  const also = outcome === undefined ? sql`` : sql`AND outcome = ${outcome}`
  const [row] = await db.query<{ items: number }>(sql`
    SELECT COALESCE(sum(items), 0)::int AS items FROM campaign_count
    WHERE campaign_id = ${campaignId}::uuid AND state = ${state}::review_item_state ${also}`)
  return row?.items ?? 0
}

/** How many items of a campaign came to an outcome, whatever their state and stage. */
export async function countAnyStage(db: Db, campaignId: string, outcome: Outcome): Promise<number> {
  const [row] = await db.query<{ items: number }>(sql`
    SELECT COALESCE(sum(items), 0)::int AS items FROM campaign_count
    WHERE campaign_id = ${campaignId}::uuid AND outcome = ${outcome}`)
  return row?.items ?? 0
}

/** Whether somebody who has left is asked about something in a stage. By the counters, so that looking costs nothing. */
export async function hasLeavers(db: Db, campaignId: string, stage: number): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT FROM reviewer_count k JOIN person p ON p.id = k.person_id
      WHERE k.campaign_id = ${campaignId}::uuid AND k.stage = ${stage} AND k.state = 'open' AND k.items > 0 AND p.status = 'left') AS found`)
  return row?.found ?? false
}

/** Asks those who have left no more; returns the items that nobody is asked about now. */
export async function lapseLeavers(
  db: Db,
  campaignId: string,
  stage: number,
): Promise<{ items: string[]; left: string[] }> {
  const rows = await db.query<{ item: string; name: string; alone: boolean }>(sql`
    WITH gone AS (
      UPDATE item_reviewer r SET state = 'lapsed', note = 'Has left' FROM person p
      WHERE p.id = r.person_id AND p.status = 'left' AND r.campaign_id = ${campaignId}::uuid AND r.stage = ${stage} AND r.state = 'open'
      RETURNING r.item_id, r.person_id, p.name)
    SELECT g.item_id::text AS item, g.name, NOT EXISTS (
      SELECT FROM item_reviewer o WHERE o.item_id = g.item_id AND o.stage = ${stage} AND o.state = 'open'
        AND o.person_id NOT IN (SELECT x.person_id FROM gone x WHERE x.item_id = g.item_id)) AS alone
    FROM gone g ORDER BY g.item_id`)
  return {
    items: [...new Set(rows.filter(({ alone }) => alone).map(({ item }) => item))],
    left: [...new Set(rows.map(({ name }) => name))].sort(),
  }
}

/** Records that the non-response policy revokes what nobody answered, as a decision that no person made. */
export async function decideSilence(
  db: Db,
  { campaignId, stage, batch, now }: { campaignId: string; stage: number; batch: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    INSERT INTO review_decision (id, campaign_id, item_id, stage, person_name, verdict, comment, at, batch_id, batch_size, seen)
    SELECT gen_random_uuid(), i.campaign_id, i.id, i.stage, 'Non-response policy', 'revoke',
      'Nobody answered in time; this campaign revokes what goes unanswered.', ${now}, ${batch}::uuid, count(*) OVER (), '{}'
    FROM review_item i WHERE i.campaign_id = ${campaignId}::uuid AND i.state = 'open' AND i.stage = ${stage}`)
}

/** Moves the items of a stage on, and asks nobody in it any more. */
export async function moveItems(db: Db, campaignId: string, stage: number, flows: readonly Flow[]): Promise<void> {
  await db.execute(sql`
    UPDATE item_reviewer SET state = 'lapsed' WHERE campaign_id = ${campaignId}::uuid AND stage = ${stage} AND state = 'open'`)
  // What flows on is open again, in another stage, so that no later flow takes it up.
  for (const { from, to } of flows) {
    await db.execute(sql`
      UPDATE review_item SET state = ${to.state}::review_item_state, stage = ${to.stage}, outcome = ${to.outcome}::review_outcome,
        escalations = 0, deferred_until = NULL, was_deferred = FALSE, second_look = NULL, version = version + 1
      WHERE campaign_id = ${campaignId}::uuid AND stage = ${stage} AND state = ${from.state}::review_item_state
        AND outcome IS NOT DISTINCT FROM ${from.outcome}::review_outcome`)
  }
}

/** Ends a stage, and begins the next where there is one. */
export async function turnStage(
  db: Db,
  campaignId: string,
  number: number,
  now: Date,
  next: { dueOn: string; endsAt: Date } | null,
): Promise<void> {
  await db.prisma.campaignStage.update({ where: { campaignId_number: { campaignId, number } }, data: { endedAt: now } })
  if (!next) return
  const { dueOn, endsAt } = next
  await db.prisma.campaignStage.create({
    data: { campaignId, number: number + 1, startedAt: now, dueOn: new Date(dueOn), endsAt },
  })
}

/** Moves the last day of a stage for everybody who has not answered. */
export async function moveDueDay(
  db: Db,
  stage: { campaignId: string; number: number; dueOn: string; timeZone: string; endsAt: Date; isByPolicy: boolean },
): Promise<void> {
  const { campaignId, number, dueOn, timeZone, endsAt, isByPolicy } = stage
  const ends = await endByZone(db, dueOn, timeZone)
  await db.execute(sql`
    UPDATE item_reviewer r
    SET due_at = COALESCE(${ends}::jsonb ->> p.time_zone, ${ends}::jsonb ->> ${timeZone}::text)::timestamptz
    FROM person p WHERE p.id = r.person_id AND r.campaign_id = ${campaignId}::uuid AND r.stage = ${number} AND r.state = 'open'`)
  await db.prisma.campaignStage.update({
    where: { campaignId_number: { campaignId, number } },
    data: { dueOn: new Date(dueOn), endsAt, ...(isByPolicy && { extended: true }) },
  })
}

/** Lets a stage last until the day has ended for whoever was asked meanwhile as well. */
export async function stretchStage(
  db: Db,
  stage: { campaignId: string; stage: number; dueOn: string; timeZone: string },
): Promise<void> {
  const endsAt = await endForAll(db, stage)
  await db.execute(sql`
    UPDATE campaign_stage SET ends_at = GREATEST(ends_at, ${endsAt})
    WHERE campaign_id = ${stage.campaignId}::uuid AND number = ${stage.stage}`)
}

/** Asks about nothing of a campaign any more. Decisions stay on record. */
export async function withdrawItems(db: Db, campaignId: string): Promise<void> {
  await db.execute(sql`
    UPDATE item_reviewer SET state = 'lapsed' WHERE campaign_id = ${campaignId}::uuid AND state = 'open'`)
  await db.execute(sql`
    UPDATE review_item SET state = 'withdrawn', version = version + 1
    WHERE campaign_id = ${campaignId}::uuid AND state NOT IN ('applied', 'withdrawn')`)
}

export interface FirstItem {
  id: string
  subject: string
  risk: RiskTier
}

/** The first items of a campaign in a state and outcome, by name. */
export async function firstItems(
  db: Db,
  campaignId: string,
  { state, outcome, stage }: { state: ItemState; outcome: Outcome | null; stage?: number },
  limit: number,
): Promise<FirstItem[]> {
  const inStage = stage === undefined ? sql`` : sql`AND stage = ${stage}`
  return await db.query<FirstItem>(sql`
    SELECT id::text, subject_slug AS subject, risk::text FROM review_item
    WHERE campaign_id = ${campaignId}::uuid AND state = ${state}::review_item_state
      AND outcome IS NOT DISTINCT FROM ${outcome}::review_outcome ${inStage}
    ORDER BY subject_slug, id LIMIT ${limit}`)
}
