import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { openZoneRows, openZones } from '@/lib/mail/zones-store'
import type { Policy } from '@/lib/settings/model'
import { dayIn } from '@/lib/time/calendar'
import { holderOf, standInsAt } from '../reviews/handover-store'
import {
  type Digest,
  type DigestCampaign,
  type DigestItem,
  type DigestRemediation,
  digestKind,
  itemsShownMax,
} from './model'
import { freshNews, newsFor, untold } from './news-store'

/** The last one in the chain of those who stand in for the asked person `k.person_id`. */
const standIn = sql`COALESCE(
  (SELECT s.to_id FROM stand_in s WHERE s.from_id = k.person_id ORDER BY s.hops DESC LIMIT 1), k.person_id)`

/**
 * Who is to be mailed now, each on their own day: it is late enough where they are, they had no mail today, and there is
 * something to say: items that are new to them or that they put off until now, a day before the due day on which the campaign reminds, a reminder that
 * the lead asked for, a remediation that is new to them or late, what came of something they decided. Reads counters: one look for each reviewer and campaign.
 */
export async function peopleDue(
  db: Db,
  reviews: Policy['reviews'],
  now: Date,
): Promise<{ personId: string; day: string }[]> {
  const zones = await openZones(db, reviews, now)
  if (zones.length === 0) return []
  return await db.query<{ personId: string; day: string }>(sql`
    WITH RECURSIVE ${standInsAt(now)}, ${openZoneRows(zones)}, ${freshNews(now, reviews.timeZone)}, told AS (
      SELECT ${standIn} AS person_id, k.person_id AS asked_id, c.id AS campaign_id, s.due_on, c.definition -> 'reminderDays' AS days
      FROM reviewer_count k JOIN campaign c ON c.id = k.campaign_id AND c.state = 'running' AND c.stage = k.stage
      JOIN campaign_stage s ON s.campaign_id = c.id AND s.number = c.stage
      WHERE k.state = 'open' AND k.items > 0
    ), wanted AS (
      SELECT t.person_id, z.day FROM told t JOIN person p ON p.id = t.person_id AND p.status = 'active'
      JOIN open_zone z ON z.name = COALESCE(p.time_zone, ${reviews.timeZone}::text)
      LEFT JOIN review_told w ON w.person_id = t.person_id AND w.asked_id = t.asked_id AND w.campaign_id = t.campaign_id
      WHERE t.due_on = z.day OR t.days @> to_jsonb(t.due_on - z.day)
        OR EXISTS (SELECT FROM review_reminder m WHERE m.campaign_id = t.campaign_id AND m.person_id = t.asked_id)
        OR EXISTS (SELECT FROM item_reviewer r WHERE r.campaign_id = t.campaign_id AND r.person_id = t.asked_id AND r.state = 'open'
          AND r.added_at > COALESCE(w.up_to, '-infinity'))
        OR EXISTS (SELECT FROM review_item i JOIN item_reviewer r ON r.item_id = i.id AND r.stage = i.stage AND r.state = 'open'
          WHERE i.campaign_id = t.campaign_id AND i.was_deferred AND i.state = 'open' AND r.person_id = t.asked_id
            AND i.deferred_until <= ${now} AND i.deferred_until > COALESCE(w.up_to, '-infinity'))
      UNION
      SELECT m.assignee_id, z.day FROM remediation m JOIN person p ON p.id = m.assignee_id AND p.status = 'active'
      JOIN open_zone z ON z.name = COALESCE(p.time_zone, ${reviews.timeZone}::text)
      WHERE m.state IN ('open', 'reopened') AND NOT EXISTS (SELECT FROM news_told n WHERE n.person_id = m.assignee_id AND n.subject_id = m.id
        AND n.news = CASE WHEN m.due_at <= ${now} THEN 'remediation_late' ELSE 'remediation_assigned' END)
      UNION
      SELECT p.id, z.day FROM fresh f JOIN person p ON p.id = f.person_id AND p.status = 'active'
      JOIN open_zone z ON z.name = COALESCE(p.time_zone, ${reviews.timeZone}::text)
      WHERE ${untold}
    )
    SELECT DISTINCT w.person_id::text AS "personId", w.day::text FROM wanted w
    WHERE NOT EXISTS (SELECT FROM mail m WHERE m.person_id = w.person_id AND m.kind = ${digestKind}
      AND (m.day = w.day OR m.state = 'queued') AND m.state <> 'cancelled')
    ORDER BY 1`)
}

interface ItemRow extends DigestItem {
  campaignId: string
  open: number
}

/** All that waits for somebody, as it is at this moment. */
export async function digestOf(
  db: Db,
  personId: string,
  { timeZone }: Policy['reviews'],
  now: Date,
): Promise<Digest | null> {
  const person = await db.prisma.person.findUnique({
    where: { id: personId },
    select: { id: true, name: true, email: true, status: true, timeZone: true },
  })
  if (person?.status !== 'active') return null
  const items = await db.query<ItemRow>(sql`
    WITH RECURSIVE ${standInsAt(now)}, mine AS (
      SELECT DISTINCT ON (i.id) i.id, i.campaign_id, i.subject_slug, i.risk, i.standing, i.second_look, r.person_id
      FROM item_reviewer r JOIN review_item i ON i.id = r.item_id AND i.stage = r.stage AND i.state = 'open'
      JOIN campaign c ON c.id = r.campaign_id AND c.state = 'running'
      WHERE r.state = 'open' AND (i.deferred_until IS NULL OR i.deferred_until <= ${now})
        AND r.person_id IN (SELECT ${personId}::uuid UNION SELECT from_id FROM stand_in WHERE to_id = ${personId}::uuid)
        AND ${holderOf} = ${personId}::uuid
      ORDER BY i.id, r.person_id = ${personId}::uuid DESC
    ), ranked AS (
      SELECT m.*, count(*) OVER (PARTITION BY campaign_id)::int AS open,
        row_number() OVER (PARTITION BY campaign_id ORDER BY risk DESC, subject_slug) AS place
      FROM mine m
    )
    SELECT r.id::text, r.campaign_id::text AS "campaignId", r.subject_slug AS subject, r.risk::text, r.standing::text,
      r.second_look AS "secondLook", r.open, CASE WHEN r.person_id <> ${personId}::uuid THEN p.name END AS "for"
    FROM ranked r JOIN person p ON p.id = r.person_id WHERE r.place <= ${itemsShownMax} ORDER BY r.place`)
  const remediations = await db.prisma.remediation.findMany({
    where: { assigneeId: personId, state: { in: ['open', 'reopened'] } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: itemsShownMax,
    select: { id: true, bindingSlug: true, state: true, dueAt: true },
  })
  return {
    person: { id: person.id, name: person.name, address: person.email },
    today: dayIn(now, person.timeZone ?? timeZone),
    campaigns: await campaignsOf(db, items),
    news: await newsFor(db, personId, timeZone, now),
    remediations: remediations.map(
      ({ id, bindingSlug, state, dueAt }): DigestRemediation => ({
        ...{ id, binding: bindingSlug, state, dueAt },
        isLate: dueAt <= now,
      }),
    ),
  }
}

async function campaignsOf(db: Db, items: readonly ItemRow[]): Promise<DigestCampaign[]> {
  const rows = await db.query<Omit<DigestCampaign, 'items' | 'open'>>(sql`
    SELECT c.id::text, c.slug, c.name, c.kind::text, c.owner_name AS "ownerName", s.due_on::text AS "dueOn"
    FROM campaign c JOIN campaign_stage s ON s.campaign_id = c.id AND s.number = c.stage
    WHERE c.id = ANY(${[...new Set(items.map(({ campaignId }) => campaignId))]}::uuid[]) ORDER BY s.due_on, c.name`)
  return rows.map((campaign) => {
    const own = items.filter(({ campaignId }) => campaignId === campaign.id)
    return {
      ...campaign,
      open: own[0]?.open ?? 0,
      items: own.map(({ campaignId: _campaign, open: _open, ...item }) => item),
    }
  })
}

/** Notes what a mail has told, so that it is news no more; reminders that were asked for are done with. */
export async function noteTold(db: Db, { person, campaigns, remediations, news }: Digest, at: Date): Promise<void> {
  const ids = campaigns.map(({ id }) => id)
  await db.execute(sql`
    WITH RECURSIVE ${standInsAt(at)}
    INSERT INTO review_told (person_id, asked_id, campaign_id, up_to)
    SELECT ${person.id}::uuid, a.id, c.id, ${at} FROM unnest(${ids}::uuid[]) AS c(id)
    CROSS JOIN (SELECT ${person.id}::uuid AS id UNION SELECT from_id FROM stand_in WHERE to_id = ${person.id}::uuid) a
    ON CONFLICT (person_id, asked_id, campaign_id) DO UPDATE SET up_to = GREATEST(review_told.up_to, EXCLUDED.up_to)`)
  await db.execute(sql`
    WITH RECURSIVE ${standInsAt(at)}
    DELETE FROM review_reminder m WHERE m.campaign_id = ANY(${ids}::uuid[])
      AND m.person_id IN (SELECT ${person.id}::uuid UNION SELECT from_id FROM stand_in WHERE to_id = ${person.id}::uuid)`)
  await db.prisma.newsTold.createMany({
    data: news.map((one) => ({ personId: person.id, news: one.news, subjectId: one.subjectId, at })),
    skipDuplicates: true,
  })
  await db.prisma.newsTold.createMany({
    data: remediations.flatMap(({ id: subjectId, isLate }) =>
      (isLate ? ['remediation_assigned', 'remediation_late'] : ['remediation_assigned']).map((news) => ({
        ...{ personId: person.id, news, subjectId, at },
      })),
    ),
    skipDuplicates: true,
  })
}
