import 'server-only'
import { v7 } from 'uuid'
import type { Database, Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { policyOf } from '@/lib/settings/store'
import { dayAfter, dayIn } from '@/lib/time/calendar'
import { lockCampaign, type StoredCampaign } from '../campaign-store'
import type { CampaignState } from '../model'
import { endForAll } from '../stages/stage-ends-store'
import { firstOrderOf, silentIn } from './order-store'
import { insertAccessItems } from './picture-access-store'
import { insertOwnershipItems } from './picture-ownership-store'
import { itemId } from './picture-sql-store'
import { askReviewers } from './reviewers-store'
import { subjectsOf } from './scope-store'

/** So many items are asked about in one transaction, unless a test wants fewer. */
const batchMax = 10_000

/**
 * So many items are written in one statement. Each reads owners, paths and gaps of the whole estate once, so few are
 * better than many, as long as what it sorts fits in memory.
 */
const insertMax = 100_000

/** So much of each item's id is the same in a campaign; the rest is its number. */
const prefixLength = 24

/** So many campaigns at most are taken up in one run. */
const launchesMax = 100

/** How far a step has brought a launch. */
type PictureStep = 'pictured' | 'empty' | 'not_launching'
type AskingStep = 'asked' | 'all_asked' | 'not_launching'

/** Ids of campaigns in a state, those that have waited longest first. */
export async function campaignsLaunching(db: Db): Promise<string[]> {
  const rows = await db.prisma.campaign.findMany({
    where: { state: 'launching' },
    orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: launchesMax,
  })
  return rows.map(({ id }) => id)
}

/** Ids of scheduled campaigns whose time has come. */
export async function campaignsDue(db: Db, now: Date): Promise<string[]> {
  const rows = await db.prisma.campaign.findMany({
    where: { state: 'scheduled', startsAt: { lte: now } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: launchesMax,
  })
  return rows.map(({ id }) => id)
}
/**
 * Takes the picture: every item with what is true now, all of one instant, or nothing. A second instance waits for the
 * campaign, and finds it pictured.
 */
export async function takePicture(database: Database, id: string, now: Date): Promise<PictureStep> {
  return await database.transaction(async (db) => {
    await db.execute(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`)
    await db.execute(sql`SET LOCAL work_mem = '128MB'`)
    const campaign = await lockCampaign(db, id)
    if (campaign.state !== 'launching') return 'not_launching'
    if (campaign.picturedAt !== null) return 'pictured'
    const items = await insertItems(db, campaign, now)
    if (items === 0) return 'empty'
    await db.prisma.campaign.update({
      where: { id },
      data: { picturedAt: now, items, itemsReady: 0, trouble: null, updatedAt: now },
    })
    return 'pictured'
  })
}

/**
 * Writes all items, a part in each statement: half a million pictures sorted and joined in one would not fit in
 * memory, and take twice as long by way of the disk. @returns how many there are.
 */
async function insertItems(db: Db, campaign: StoredCampaign, now: Date): Promise<number> {
  const { id, definition, kind } = campaign
  const subjects = await subjectsOf(db, { definition, silentIn: silentIn(campaign) }, now)
  await db.execute(sql`
    CREATE TEMPORARY TABLE campaign_subject ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY x.slug, x.assignment_id)::int AS n, x.* FROM (${subjects}) x`)
  await db.execute(sql`ALTER TABLE campaign_subject ADD PRIMARY KEY (n)`)
  await db.execute(sql`ANALYZE campaign_subject`)
  const insert = kind === 'access' ? insertAccessItems : insertOwnershipItems
  const idPrefix = v7().slice(0, prefixLength)
  let items = 0
  for (let written = insertMax; written === insertMax; items += written)
    written = await db.execute(
      insert(id, idPrefix, sql`SELECT * FROM campaign_subject WHERE n BETWEEN ${items + 1} AND ${items + insertMax}`),
    )
  return items
}

/** Asks the reviewers of the next items, which are asked about in the order of their numbers. */
export async function askNext(database: Database, id: string, now: Date, batch = batchMax): Promise<AskingStep> {
  return await database.transaction(async (db) => {
    const campaign = await lockCampaign(db, id)
    if (campaign.state !== 'launching') return 'not_launching'
    const { items: all, itemsReady } = campaign
    if (itemsReady === all) return 'all_asked'
    const ready = Math.min(itemsReady + batch, all)
    const items = await itemsNumbered(db, id, itemsReady + 1, ready)
    await askReviewers(db, { campaignId: id, stage: 1, items, now, ...(await firstStageOf(db, campaign)) })
    await db.prisma.campaign.update({ where: { id }, data: { itemsReady: ready, trouble: null, updatedAt: now } })
    return 'asked'
  })
}

/** Ids of the items with these numbers, of which `itemId` makes ids. */
async function itemsNumbered(db: Db, campaignId: string, from: number, to: number): Promise<string[]> {
  const [any] = await db.query<{ prefix: string }>(sql`
    SELECT left(id::text, ${prefixLength}) AS prefix FROM review_item WHERE campaign_id = ${campaignId}::uuid LIMIT 1`)
  if (!any) throw new Error('A campaign that is pictured has items')
  const numbered = (n: number) => itemId(any.prefix, sql`${n}::int`)
  const rows = await db.query<{ id: string }>(sql`
    SELECT id::text FROM review_item
    WHERE id BETWEEN ${numbered(from)} AND ${numbered(to)} AND campaign_id = ${campaignId}::uuid AND state = 'open' ORDER BY id`)
  return rows.map(({ id }) => id)
}

async function firstStageOf(db: Db, campaign: StoredCampaign) {
  const { timeZone } = (await policyOf(db)).reviews
  const { definition, picturedAt } = campaign
  const [stage] = definition.stages
  if (!stage || picturedAt === null) throw new Error('A campaign is pictured before anybody is asked')
  return {
    ...(await firstOrderOf(db, campaign)),
    selfReview: definition.selfReview,
    timeZone,
    // Counted from the picture, so that every batch of a launch gets the same day, whenever its turn comes.
    dueOn: dayAfter(dayIn(picturedAt, timeZone), stage.duration),
  }
}

/** Begins the first stage. Everybody has been asked. */
export async function beginFirstStage(db: Db, campaign: StoredCampaign, now: Date, state: CampaignState) {
  const { dueOn, timeZone } = await firstStageOf(db, campaign)
  const endsAt = await endForAll(db, { campaignId: campaign.id, stage: 1, dueOn, timeZone })
  await db.prisma.campaignStage.create({
    data: { campaignId: campaign.id, number: 1, startedAt: now, dueOn: new Date(dueOn), endsAt },
  })
  await db.prisma.campaign.update({
    where: { id: campaign.id },
    data: { state, stage: 1, launchedAt: now, trouble: null, updatedAt: now, version: { increment: 1 } },
  })
  return { dueOn, endsAt }
}

/** How many people are asked in the first stage, and about how many items nobody. */
export async function askedInFirstStage(db: Db, id: string): Promise<{ reviewers: number; without: number }> {
  const [row] = await db.query<{ reviewers: number; without: number }>(sql`
    SELECT (SELECT count(*)::int FROM reviewer_count WHERE campaign_id = ${id}::uuid AND stage = 1) AS reviewers,
      (SELECT count(*)::int FROM review_item i WHERE i.campaign_id = ${id}::uuid
        AND NOT EXISTS (SELECT FROM item_reviewer r WHERE r.item_id = i.id AND r.stage = 1)) AS without`)
  return row ?? { reviewers: 0, without: 0 }
}

/** Moves a campaign, which the caller has locked and asked states.ts about. */
export async function moveCampaign(db: Db, id: string, state: CampaignState, trouble: string | null, now: Date) {
  await db.prisma.campaign.update({
    where: { id },
    data: { state, trouble, updatedAt: now, version: { increment: 1 } },
  })
}

/** Says why a launch does not get on. It is tried again. */
export async function noteTrouble(db: Db, id: string, trouble: string, now: Date): Promise<void> {
  await db.prisma.campaign.updateMany({ where: { id, state: 'launching' }, data: { trouble, updatedAt: now } })
}
