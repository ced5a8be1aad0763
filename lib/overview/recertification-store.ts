import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { CadenceDays } from '@/lib/recertification/cadence'
import { cadenceSql } from '@/lib/recertification/cadence-store'
import { type RiskTier, riskTiers } from '@/lib/registry/model'
import { campaignsShownMax, fallingDueDays, fallingDueMax, type Overview } from './model'

type Recertification = Overview['recertification']

/** The campaigns under way, first what is due first, with how far they are, from the counters that the database keeps. */
export async function findCampaignsUnderWay(db: Db): Promise<Recertification['campaigns']> {
  return await db.query<Recertification['campaigns'][number]>(sql`
    SELECT c.slug, c.name, c.trigger, c.because, s.due_on::text AS "dueOn", c.items,
      COALESCE((SELECT sum(k.items) FROM campaign_count k
        WHERE k.campaign_id = c.id AND k.state = 'open'), 0)::int AS open
    FROM campaign c LEFT JOIN campaign_stage s ON s.campaign_id = c.id AND s.number = c.stage
    WHERE c.state IN ('launching', 'running', 'settled', 'closing')
    ORDER BY s.ends_at NULLS FIRST, c.id LIMIT ${campaignsShownMax}`)
}

/** How many items wait for this person in running campaigns. */
export async function countOpenReviews(db: Db, personId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    SELECT COALESCE(sum(k.items), 0)::int AS count FROM reviewer_count k JOIN campaign c ON c.id = k.campaign_id
    WHERE k.person_id = ${personId}::uuid AND k.state = 'open' AND k.stage = c.stage AND c.state = 'running'`)
  return row?.count ?? 0
}

/** How many active bindings lose their certification in the next days, by risk, counted no further than is shown. */
export async function countFallingDue(db: Db, cadence: CadenceDays, now: Date): Promise<Recertification['fallingDue']> {
  const rows = await db.query<{ risk: RiskTier; count: number }>(sql`
    SELECT r.risk, (SELECT count(*)::int FROM (
      SELECT FROM binding b WHERE b.state = 'active' AND b.risk = r.risk
        AND b.certified_at >= ${now}::timestamptz - ${cadenceSql(cadence, sql`r.risk`)}
        AND b.certified_at < ${now}::timestamptz + make_interval(hours => ${24 * fallingDueDays}::int) - ${cadenceSql(cadence, sql`r.risk`)}
        AND b.certified_at >= COALESCE(b.active_since, b.certified_at)
        AND (b.certification_lost_at IS NULL OR b.certification_lost_at < b.certified_at)
      LIMIT ${fallingDueMax + 1}) x) AS count
    FROM unnest(enum_range(NULL::risk_tier)) AS r (risk)`)
  const countOf = (risk: RiskTier) => rows.find((row) => row.risk === risk)?.count ?? 0
  return Object.fromEntries(riskTiers.map((risk) => [risk, countOf(risk)])) as Record<RiskTier, number>
}
