import 'server-only'
import { openedColumns } from '@/lib/audit/opening-store'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { StoredCampaign } from '../campaign-store'
import type { CampaignReport } from './model'
import { challengeOf, iso } from './record-store'

/** Challenges of a campaign, the latest first. */
export async function findChallenges(db: Db, campaignId: string, limit: number) {
  const rows = await db.query<{ challenge: CampaignReport['challenges']['rows'][number] }>(sql`
    SELECT ${challengeOf} || jsonb_build_object('subject', i.subject_slug) AS challenge
    FROM review_challenge c JOIN review_item i ON i.id = c.item_id WHERE c.campaign_id = ${campaignId}::uuid
    ORDER BY c.at DESC, c.id LIMIT ${limit}`)
  return rows.map(({ challenge }) => challenge)
}

/** What was said about the campaign as a whole, oldest first. */
export async function findCampaignComments(db: Db, campaignId: string, limit: number) {
  return await db.query<CampaignReport['comments']['rows'][number]>(sql`
    SELECT ${iso(sql`m.at`)} AS at, m.author_name AS author, m.text FROM campaign_comment m
    WHERE m.campaign_id = ${campaignId}::uuid AND m.item_id IS NULL ORDER BY m.at, m.id LIMIT ${limit}`)
}

const told = openedColumns('e')

/** What was done to the campaign as a whole, oldest first: the audit log without what reviewers did item by item. */
export async function findCourse(db: Db, campaignId: string, limit: number) {
  return await db.query<CampaignReport['course']['rows'][number]>(sql`
    SELECT ${iso(sql`e.at`)} AS at, ${told.actorName} AS actor, e.action, ${told.reason} AS reason FROM audit_event e
    WHERE e.subject_type = 'campaign' AND e.subject_id = ${campaignId} AND e.action NOT LIKE 'reviews.%'
    ORDER BY e.sequence LIMIT ${limit}`)
}

const named = { select: { slug: true, name: true } } as const
const iterationsMax = 20

/** What the campaign was made from, what it asks about again, and what asks again about it. */
export async function relativesOf(db: Db, campaign: StoredCampaign) {
  const row = await db.prisma.campaign.findUniqueOrThrow({
    where: { id: campaign.id },
    select: {
      template: named,
      parent: named,
      iterations: { ...named, orderBy: { createdAt: 'asc' }, take: iterationsMax },
      stages: { orderBy: { number: 'asc' } },
    },
  })
  return row
}

/** Whether the account that owns a campaign can still sign in. */
export async function ownerIsThere(db: Db, { ownerId }: StoredCampaign): Promise<boolean> {
  if (ownerId === null) return false
  return (await db.prisma.account.count({ where: { id: ownerId, status: 'active' } })) > 0
}
