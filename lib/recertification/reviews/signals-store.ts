import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { bulkFrom } from './model'

/** How somebody went about deciding: to see where a second look is worth while, not to shame. */
export interface ReviewerSignals {
  personId: string
  externalId: string
  name: string
  decided: number
  /** Half of what was looked at on the page was before their eyes for no longer; null when the page never said. */
  medianLookedMs: number | null
  /** Of the decisions, between 0 and 1. */
  bulkShare: number
  certifyShare: number
}

const reviewersMax = 1000

/** How each reviewer of a campaign decided, who decided most first. Only what stands counts, and only what people decided. */
export async function reviewerSignals(db: Db, campaignId: string): Promise<ReviewerSignals[]> {
  return await db.query<ReviewerSignals>(sql`
    SELECT s.person_id::text AS "personId", p.external_id AS "externalId", p.name, s.decided,
      s.looked AS "medianLookedMs", s.bulk::float8 / s.decided AS "bulkShare", s.certified::float8 / s.decided AS "certifyShare"
    FROM (
      SELECT d.person_id, count(*)::int AS decided, (percentile_disc(0.5) WITHIN GROUP (ORDER BY d.looked_ms))::int AS looked,
        count(*) FILTER (WHERE d.batch_size >= ${bulkFrom}) AS bulk, count(*) FILTER (WHERE d.verdict = 'certify') AS certified
      FROM review_decision d
      WHERE d.campaign_id = ${campaignId}::uuid AND d.person_id IS NOT NULL AND d.undone_at IS NULL
        AND d.verdict IN ('certify', 'reassign', 'revoke')
      GROUP BY d.person_id
    ) s JOIN person p ON p.id = s.person_id
    ORDER BY s.decided DESC, p.name, p.id LIMIT ${reviewersMax}`)
}
