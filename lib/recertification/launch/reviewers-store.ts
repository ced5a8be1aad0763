import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { ReviewerReason } from '../model'
import { endByZone } from '../stages/stage-ends-store'
import { type FinderOrder, type RankedFinder, rankFinders } from './finders-store'

/** So many items are asked about in one statement; of more of them never more than this is in memory. */
const chunkMax = 10_000

export interface Asking extends Omit<FinderOrder, 'silentIn'> {
  campaignId: string
  stage: number
  /** Ids of items, or all open ones of the stage that have no open reviewer. */
  items: readonly string[] | 'open'
  /** Why they are asked, when it is not the strategy. */
  because?: ReviewerReason | null
  note?: string | null
  /** The last day to answer, which ends at midnight where each reviewer is. */
  dueOn: string
  now: Date
  /** Where the day ends for those whose own time zone nobody knows. */
  timeZone: string
  /** Whether somebody may be asked about what they answer for themselves. */
  selfReview: boolean
  silentIn?: string | null
}

/**
 * Finds reviewers for items and asks them, inside the transaction of the caller. Never asks somebody who has left, who
 * was asked about the item in this stage already, or who answers for it themselves (unless `selfReview`). An item whose
 * strategy finds only people who are being asked already needs nobody else.
 * @returns how many items have somebody to review them now, and how many nobody was found for.
 */
export async function askReviewers(db: Db, asking: Asking): Promise<{ asked: number; without: number }> {
  const finders = await findersOf(db, asking)
  const dueAt = await endByZone(db, asking.dueOn, asking.timeZone)
  let asked = 0
  let without = 0
  for await (const ids of chunksOf(db, asking)) {
    let rest = ids
    for (const finder of finders) {
      if (rest.length > 0) rest = await askBy(db, finder, rest, dueAt, asking)
    }
    asked += ids.length - rest.length
    without += rest.length
  }
  return { asked, without }
}

async function findersOf(db: Db, asking: Asking): Promise<RankedFinder[]> {
  const campaign = await db.prisma.campaign.findUniqueOrThrow({
    where: { id: asking.campaignId },
    select: { kind: true },
  })
  return rankFinders(campaign.kind, { ...asking, silentIn: asking.silentIn ?? null })
}

async function* chunksOf(db: Db, { campaignId, stage, items }: Asking): AsyncGenerator<string[]> {
  if (items !== 'open') {
    for (let start = 0; start < items.length; start += chunkMax) yield items.slice(start, start + chunkMax)
    return
  }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db.query<{ id: string }>(sql`
      SELECT i.id::text FROM review_item i
      WHERE i.campaign_id = ${campaignId}::uuid AND i.state = 'open' AND i.stage = ${stage} AND i.id > ${after}::uuid
        AND NOT EXISTS (SELECT FROM item_reviewer r WHERE r.item_id = i.id AND r.stage = ${stage} AND r.state = 'open')
      ORDER BY i.id LIMIT ${chunkMax}`)
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ id }) => id)
    if (rows.length < chunkMax) return
    after = last.id
  }
}

/** Asks whom the finder finds; returns the items for which it found nobody. */
async function askBy(
  db: Db,
  finder: RankedFinder,
  ids: readonly string[],
  dueAt: string,
  asking: Asking,
): Promise<string[]> {
  const { campaignId, stage, now, timeZone, selfReview } = asking
  const because = asking.because ?? finder.because
  const rest = await db.query<{ id: string }>(sql`
    WITH s AS MATERIALIZED (
      SELECT i.id, i.binding_id, i.assignment_id, i.agent_id, i.accountable_id FROM review_item i
      WHERE i.id = ANY(${ids}::uuid[])
    ), keyed AS MATERIALIZED (SELECT s.id, s.accountable_id, ${finder.key} AS key FROM s),
    candidate AS MATERIALIZED (
      SELECT DISTINCT k.id AS item_id, p.id AS person_id, COALESCE(p.time_zone, ${timeZone}::text) AS time_zone
      FROM keyed k JOIN (${finder.people}) c ON c.key = k.key JOIN person p ON p.id = c.person_id
      WHERE p.status = 'active' AND (${selfReview}::boolean OR p.id IS DISTINCT FROM k.accountable_id)
    ), added AS (
      INSERT INTO item_reviewer (item_id, stage, person_id, campaign_id, because, is_fallback, due_at, added_at, note)
      SELECT c.item_id, ${stage}::int, c.person_id, ${campaignId}::uuid, ${because}::reviewer_reason, ${finder.isFallback}::boolean,
        COALESCE(${dueAt}::jsonb ->> c.time_zone, ${dueAt}::jsonb ->> ${timeZone}::text)::timestamptz, ${now}::timestamptz, ${asking.note ?? null}::text
      FROM candidate c ORDER BY c.item_id, c.person_id
      ON CONFLICT (item_id, stage, person_id) DO NOTHING RETURNING item_id
    ), found AS (
      SELECT item_id FROM added
      UNION ALL
      SELECT r.item_id FROM candidate c JOIN item_reviewer r ON r.item_id = c.item_id AND r.person_id = c.person_id
      WHERE r.stage = ${stage} AND r.state = 'open'
    )
    SELECT s.id::text FROM s WHERE s.id NOT IN (SELECT item_id FROM found)`)
  return rest.map(({ id }) => id)
}
