import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { RiskTier } from '@/lib/registry/model'
import { readCampaign, type StoredCampaign } from '../campaign-store'
import type { Definition } from '../model'
import { type FinderOrder, rankFinders } from './finders-store'
import { isOfGroup, reachOf } from './reach-store'
import { subjectsOf } from './scope-store'

/** So many campaigns at most are looked through. */
const scheduledMax = 50
const shownMax = 10

/** Scheduled campaigns in the order in which they start. */
export async function scheduledCampaigns(db: Db): Promise<StoredCampaign[]> {
  const rows = await db.prisma.campaign.findMany({
    where: { state: 'scheduled', startsAt: { not: null } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: scheduledMax,
  })
  return rows.map(readCampaign)
}

/** What a campaign would ask one person, were it launched now. */
export async function askedOf(
  db: Db,
  personId: string,
  definition: Definition,
  order: FinderOrder,
  now: Date,
): Promise<{ items: number; first: { slug: string; risk: RiskTier }[] }> {
  const { kind, selfReview } = definition
  const subjects = await subjectsOf(db, { definition, silentIn: order.silentIn }, now)
  const [row] = await db.query<{ items: number; first: { slug: string; risk: RiskTier }[] }>(sql`
    WITH ${reachOf(subjects, rankFinders(kind, order), selfReview)},
    mine AS (SELECT g.* FROM grp g WHERE g.g IN (SELECT a.g FROM asked a WHERE a.person_id = ${personId}::uuid))
    SELECT (SELECT COALESCE(sum(items), 0)::int FROM mine) AS items,
      (SELECT COALESCE(jsonb_agg(jsonb_build_object('slug', s.slug, 'risk', s.risk) ORDER BY s.risk DESC, s.slug), '[]')
        FROM (SELECT s.slug, s.risk FROM subject s JOIN mine g ON ${isOfGroup}
          ORDER BY s.risk DESC, s.slug LIMIT ${shownMax}) s) AS first`)
  return row ?? { items: 0, first: [] }
}
