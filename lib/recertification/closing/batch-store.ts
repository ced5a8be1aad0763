import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { DecidedItem } from './decided'

/**
 * The next items of a campaign that is being closed, alike by alike: what is alike is written in one go. The campaign is
 * locked, so nobody else takes them.
 */
export async function nextDecided(db: Db, campaignId: string, limit: number): Promise<DecidedItem[]> {
  return await db.query<DecidedItem>(sql`
    WITH i AS (
      SELECT id, outcome, stage, subject_slug, binding_id, assignment_id FROM review_item
      WHERE campaign_id = ${campaignId}::uuid AND state = 'settled' ORDER BY outcome, id LIMIT ${limit})
    SELECT i.id::text, i.outcome::text, i.subject_slug AS subject,
      CASE
        WHEN c.id IS NOT NULL THEN json_build_object('by', c.decided_by, 'at', ${ms(sql`c.decided_at`)}, 'comment', c.note)
        WHEN d.id IS NOT NULL THEN json_build_object('by', d.person_name, 'at', ${ms(sql`d.at`)}, 'comment', d.comment)
      END AS decision,
      CASE WHEN t.id IS NOT NULL THEN json_build_object(
        'team', json_build_object('id', t.id, 'name', t.name, 'isActive', t.status = 'active'),
        'person', CASE WHEN p.id IS NOT NULL
          THEN json_build_object('id', p.id, 'name', p.name, 'isActive', p.status = 'active') END) END AS to,
      CASE WHEN b.id IS NOT NULL THEN json_build_object('id', b.id, 'slug', b.slug, 'state', b.state, 'risk', b.risk,
        'activeSince', ${ms(sql`b.active_since`)}) END AS binding,
      CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id, 'layer', a.layer, 'scope', a.scope,
        'subjectId', CASE WHEN a.scope <> 'organisation' THEN a.subject_id END,
        'subjectSlug', NULLIF(split_part(i.subject_slug, ':', 3), ''), 'state', a.state,
        'wasUnanswered', a.unanswered_at IS NOT NULL) END AS assignment
    FROM i
    LEFT JOIN review_decision d ON d.item_id = i.id AND d.stage = i.stage AND d.undone_at IS NULL
      AND d.verdict::text = i.outcome::text
    LEFT JOIN LATERAL (
      SELECT id, decided_by, decided_at, note FROM review_challenge x
      WHERE x.item_id = i.id AND x.state = 'overturned' AND i.outcome = 'certify' AND d.id IS NULL
      ORDER BY x.decided_at DESC LIMIT 1) c ON TRUE
    LEFT JOIN team t ON t.id = d.to_team_id
    LEFT JOIN person p ON p.id = d.to_person_id
    LEFT JOIN binding b ON b.id = i.binding_id
    LEFT JOIN assignment a ON a.id = i.assignment_id
    ORDER BY i.outcome, i.id`)
}

const ms = (instant: ReturnType<typeof sql>) => sql`(extract(epoch FROM ${instant}) * 1000)::bigint`

/** Notes what became of items. */
export async function markApplied(
  db: Db,
  campaignId: string,
  items: readonly { id: string; notApplied: string | null }[],
  now: Date,
): Promise<void> {
  await db.execute(sql`
    UPDATE review_item i SET state = 'applied', applied_at = ${now}, not_applied = r."notApplied", version = i.version + 1
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb) AS r(id uuid, "notApplied" text) WHERE i.id = r.id`)
  await db.execute(sql`
    UPDATE campaign SET items_applied = items_applied + ${items.length}, trouble = NULL, updated_at = ${now}
    WHERE id = ${campaignId}::uuid`)
}

/** How many items of a campaign are neither applied nor withdrawn. By the counters: nobody counts the items themselves. */
export async function unfinishedItems(db: Db, campaignId: string): Promise<number> {
  const [row] = await db.query<{ items: number }>(sql`
    SELECT COALESCE(sum(items), 0)::int AS items FROM campaign_count
    WHERE campaign_id = ${campaignId}::uuid AND state NOT IN ('applied', 'withdrawn')`)
  return row?.items ?? 0
}

/** The campaigns that wait to be applied, the oldest first. */
export async function campaignsClosing(db: Db): Promise<{ id: string; slug: string }[]> {
  return await db.prisma.campaign.findMany({
    where: { state: 'closing' },
    orderBy: [{ launchedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, slug: true },
    take: 100,
  })
}

/** Notes why a campaign does not get on, for those who look at its page. */
export async function noteTrouble(db: Db, campaignId: string, trouble: string): Promise<void> {
  await db.execute(sql`UPDATE campaign SET trouble = ${trouble} WHERE id = ${campaignId}::uuid AND state = 'closing'`)
}
