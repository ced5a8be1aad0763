import 'server-only'
import type { Db } from '@/lib/db/client'
import { and, join, type Sql, sql } from '@/lib/db/sql'
import { entitlementLayer } from '@/lib/layers'
import type { CadenceDays } from '../cadence'
import { certifiedUntilSql } from '../cadence-store'
import type { CertificationFilter, CertificationRow } from './certification-model'
import { iso } from './record-store'

interface Population {
  filter: CertificationFilter
  cadence: CadenceDays
  now: Date
}

interface Wanted extends Population {
  /** The row that they come after. */
  after: string | null
  limit: number
}

/** A row, and what a page goes on after. */
export type StoredCertification = CertificationRow & { key: string }

/** What filters say about the row `x` and its review item `i`. */
function certifiedAs(x: Sql, { since, until, campaign }: CertificationFilter): Sql[] {
  return [
    ...(since ? [sql`${x}.certified_at >= ${new Date(since)}`] : []),
    ...(until ? [sql`${x}.certified_at < ${new Date(until)}`] : []),
    ...(campaign ? [sql`i.campaign_id = (SELECT id FROM campaign WHERE slug = ${campaign})`] : []),
  ]
}

const standingIs = (standing: Sql, wanted: CertificationFilter['standing']): Sql[] =>
  wanted ? [sql`${standing} IN (${join(wanted.map((each) => sql`${each}`))})`] : []

/** Active bindings and those that were ever certified. */
export function bindingCertifications({ filter, cadence, now }: Population, more: readonly Sql[] = []): Sql {
  const until = certifiedUntilSql(cadence)
  // The twin of certificationStanding (lib/recertification/cadence.ts).
  const standing = sql`CASE WHEN b.state = 'revoked' THEN 'revoked' WHEN ${until} IS NULL THEN 'never' WHEN b.certification_lost_at >= b.certified_at THEN 'lost'
    WHEN ${until} >= ${now} THEN 'certified' ELSE 'expired' END`
  const conditions = [
    sql`(b.state = 'active' OR b.certified_at IS NOT NULL)`,
    ...certifiedAs(sql`b`, filter),
    ...standingIs(standing, filter.standing),
    ...(filter.agent ? [sql`b.agent_id = (SELECT id FROM agent WHERE slug = ${filter.agent})`] : []),
    ...(filter.tool ? [sql`b.tool_id = (SELECT id FROM tool WHERE slug = ${filter.tool})`] : []),
    ...(filter.team ? [sql`t.slug = ${filter.team}`] : []),
    ...more,
  ]
  return sql`
    SELECT b.slug AS key, 'access' AS kind, b.slug AS subject, split_part(b.slug, '/', 1) AS agent, b.tool_slug AS tool, NULL AS layer,
      t.slug AS team, b.risk::text, b.state::text, ${standing} AS standing, ${iso(sql`b.certified_at`)} AS "certifiedAt",
      b.certified_by AS "certifiedBy", ${iso(until)} AS "certifiedUntil", ${iso(sql`b.certification_lost_at`)} AS "lostAt",
      c.slug AS campaign, i.outcome::text, i.id::text AS item, ${iso(sql`b.unanswered_at`)} AS "unansweredAt"
    FROM binding b LEFT JOIN review_item i ON i.id = b.certified_item_id LEFT JOIN campaign c ON c.id = i.campaign_id
    LEFT JOIN effective_owner o ON o.binding_id = b.id AND o.layer = ${entitlementLayer}
    LEFT JOIN team t ON t.id = o.team_id
    WHERE ${and(conditions)}`
}

/** They in the order of their slugs. */
export async function findBindingCertifications(db: Db, { after, limit, ...population }: Wanted) {
  const rows = bindingCertifications(population, after === null ? [] : [sql`b.slug > ${after}`])
  return await db.query<StoredCertification>(sql`${rows} ORDER BY b.slug LIMIT ${limit}`)
}

/** Ownership that is proposed or accepted, or was ever certified. */
export function ownershipCertifications({ filter }: Population, more: readonly Sql[] = []): Sql {
  const standing = sql`CASE WHEN a.certified_at IS NULL THEN 'never' ELSE 'certified' END`
  const conditions = [
    sql`(a.state IN ('proposed', 'accepted') OR a.certified_at IS NOT NULL)`,
    ...certifiedAs(sql`a`, filter),
    ...standingIs(standing, filter.standing),
    ...(filter.agent ? [sql`COALESCE(g.slug, split_part(b.slug, '/', 1)) = ${filter.agent}`] : []),
    ...(filter.tool ? [sql`COALESCE(l.slug, b.tool_slug) = ${filter.tool}`] : []),
    ...(filter.team ? [sql`t.slug = ${filter.team}`] : []),
    ...more,
  ]
  return sql`
    SELECT a.id::text AS key, 'ownership' AS kind,
      concat_ws(':', a.layer, a.scope, COALESCE(g.slug, l.slug, e.slug, b.slug)) AS subject,
      COALESCE(g.slug, split_part(b.slug, '/', 1)) AS agent, COALESCE(l.slug, b.tool_slug) AS tool, a.layer, t.slug AS team,
      NULL AS risk, a.state::text, ${standing} AS standing, ${iso(sql`a.certified_at`)} AS "certifiedAt",
      a.certified_by AS "certifiedBy", NULL AS "certifiedUntil", NULL AS "lostAt", c.slug AS campaign, i.outcome::text,
      i.id::text AS item, ${iso(sql`a.unanswered_at`)} AS "unansweredAt"
    FROM assignment a JOIN team t ON t.id = a.team_id LEFT JOIN agent g ON g.id = a.agent_id LEFT JOIN tool l ON l.id = a.tool_id
    LEFT JOIN enforcement_point e ON e.id = a.point_id LEFT JOIN binding b ON b.id = a.binding_id
    LEFT JOIN review_item i ON i.id = a.certified_item_id LEFT JOIN campaign c ON c.id = i.campaign_id
    WHERE ${and(conditions)}`
}

/** It in the order of the assignments' ids. */
export async function findOwnershipCertifications(db: Db, { after, limit, ...population }: Wanted) {
  const rows = ownershipCertifications(population, after === null ? [] : [sql`a.id > ${after}::uuid`])
  return await db.query<StoredCertification>(sql`${rows} ORDER BY a.id LIMIT ${limit}`)
}
