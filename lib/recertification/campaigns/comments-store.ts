import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { CampaignComment } from './comments'

/** A page of what was said about a campaign or one of its items, the newest first. */
export async function findComments(
  db: Db,
  { campaignId, itemId }: { campaignId: string; itemId: string | undefined },
  take: number,
  start: CursorKey | null,
): Promise<CampaignComment[]> {
  const after = start ? sql`(k.at, k.id) < (${start[0] ?? null}::timestamptz, ${start[1] ?? null}::uuid)` : sql`TRUE`
  const about = itemId === undefined ? sql`TRUE` : sql`k.item_id = ${itemId}::uuid`
  const rows = await db.query<Omit<CampaignComment, 'at'> & { at: Date }>(sql`
    SELECT k.id, k.at, k.author_name AS author, k.text,
      CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('id', i.id, 'subject', i.subject_slug) END AS item
    FROM campaign_comment k LEFT JOIN review_item i ON i.id = k.item_id
    WHERE k.campaign_id = ${campaignId}::uuid AND ${about} AND ${after} ORDER BY k.at DESC, k.id DESC LIMIT ${take}`)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** What an item of a campaign is about; null when the campaign has no such item. */
export async function itemOf(db: Db, campaignId: string, itemId: string) {
  const item = await db.prisma.reviewItem.findFirst({
    where: { id: itemId, campaignId },
    select: { id: true, subjectSlug: true },
  })
  return item && { id: item.id, subject: item.subjectSlug }
}

export async function insertComment(
  { db, actor, now, newId }: UseCaseContext,
  campaignId: string,
  item: { id: string; subject: string } | null,
  text: string,
): Promise<CampaignComment> {
  const id = newId()
  await db.prisma.campaignComment.create({
    data: { id, campaignId, itemId: item?.id ?? null, at: now, accountId: actor.id, authorName: actor.name, text },
  })
  return { id, at: now.toISOString(), author: actor.name, text, item }
}
