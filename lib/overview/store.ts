import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { type Severity, severities } from '@/lib/gaps/model'
import { findRule } from '@/lib/gaps/rules'
import { gapsOfTeams } from '@/lib/gaps/store/concerning'
import { type LayerId, layerIds } from '@/lib/layers'
import type { OwnerStatus } from '@/lib/ownership/model'
import { type Overview, ownGapsMax, proposalsMax, trendDays } from './model'

/** How many agents and bindings are active, and how many tools are in use: not retired. */
export async function countTotals(db: Db): Promise<Overview['totals']> {
  const [totals] = await db.query<Overview['totals']>(sql`
    SELECT
      (SELECT count(*)::int FROM agent WHERE lifecycle = 'active') AS agents,
      (SELECT count(*)::int FROM tool WHERE lifecycle = 'active') AS tools,
      (SELECT count(*)::int FROM binding WHERE state = 'active') AS bindings`)
  return totals ?? { agents: 0, tools: 0, bindings: 0 }
}

type Coverage = Overview['coverage'][number]

/** How the cells of the active bindings stand, from the counters that the database keeps. */
export async function countCoverage(db: Db): Promise<Coverage[]> {
  const rows = await db.query<{ layer: LayerId; status: OwnerStatus; count: number }>(sql`
    SELECT layer, status, sum(cells)::int AS count FROM cell_count WHERE state = 'active' GROUP BY layer, status`)
  const countOf = (layer: LayerId, status: OwnerStatus) =>
    rows.find((row) => row.layer === layer && row.status === status)?.count ?? 0
  return layerIds.map((layer) => ({
    layer,
    owned: countOf(layer, 'owned'),
    unconfirmed: countOf(layer, 'unconfirmed'),
    orphaned: countOf(layer, 'orphaned'),
    unowned: countOf(layer, 'unowned'),
  }))
}

const unsettled = sql`g.state IN ('open', 'acknowledged', 'remediating')`

/** The gaps by severity and by rule, the rule with most first. */
export async function countGaps(db: Db): Promise<Pick<Overview['gaps'], 'bySeverity' | 'byRule'>> {
  const rows = await db.query<{ rule: string; severity: Severity; count: number }>(
    sql`SELECT g.rule, g.severity, count(*)::int AS count FROM gap g WHERE ${unsettled} GROUP BY g.rule, g.severity`,
  )
  const sumOf = (matching: typeof rows) => matching.reduce((sum, row) => sum + row.count, 0)
  const sumOfSeverity = (severity: Severity) => sumOf(rows.filter((row) => row.severity === severity))
  const byRule = [...new Set(rows.map((row) => row.rule))].map((rule) => {
    return { rule, title: findRule(rule)?.title ?? rule, count: sumOf(rows.filter((row) => row.rule === rule)) }
  })
  return {
    bySeverity: Object.fromEntries(severities.map((severity) => [severity, sumOfSeverity(severity)])) as Record<
      Severity,
      number
    >,
    byRule: byRule.sort((one, other) => other.count - one.count || one.rule.localeCompare(other.rule)),
  }
}

/** How many gaps opened (or reopened) and resolved on each of the last days, the oldest first. */
export async function countTrend(db: Db, now: Date): Promise<Overview['gaps']['trend']> {
  return await db.query<Overview['gaps']['trend'][number]>(sql`
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day, COALESCE(e.opened, 0) AS opened, COALESCE(e.resolved, 0) AS resolved
    FROM generate_series(
      date_trunc('day', ${now}::timestamptz, 'UTC') - make_interval(days => ${trendDays - 1}::int),
      date_trunc('day', ${now}::timestamptz, 'UTC'), interval '1 day') WITH ORDINALITY AS s(start, position)
    CROSS JOIN LATERAL (SELECT (s.start AT TIME ZONE 'UTC')::date AS day) d
    LEFT JOIN (
      SELECT (at AT TIME ZONE 'UTC')::date AS day, count(*) FILTER (WHERE to_state = 'open' AND (from_state IS NULL OR from_state IN ('resolved', 'excepted')))::int AS opened,
        count(*) FILTER (WHERE to_state = 'resolved')::int AS resolved
      FROM gap_event
      WHERE at >= date_trunc('day', ${now}::timestamptz, 'UTC') - make_interval(days => ${trendDays - 1}::int)
      GROUP BY 1
    ) e ON e.day = d.day
    ORDER BY d.day`)
}

type Mine = NonNullable<Overview['mine']>

/** The assignments that wait for an answer of these teams, longest first. */
export async function findProposals(db: Db, teams: readonly string[], now: Date): Promise<Mine['proposals']> {
  if (teams.length === 0) return []
  const rows = await db.query<Omit<Mine['proposals'][number], 'proposedAt'> & { proposedAt: Date }>(sql`
    SELECT a.id, a.layer, a.scope, a.version, a.proposed_at AS "proposedAt", json_build_object('slug', t.slug, 'name', t.name) AS team,
      CASE a.scope
        WHEN 'agent' THEN (SELECT json_build_object('slug', slug, 'name', name) FROM agent WHERE id = a.agent_id)
        WHEN 'tool' THEN (SELECT json_build_object('slug', slug, 'name', name) FROM tool WHERE id = a.tool_id)
        WHEN 'enforcement_point' THEN (
          SELECT json_build_object('slug', slug, 'name', name) FROM enforcement_point WHERE id = a.point_id)
        WHEN 'binding' THEN (SELECT json_build_object('slug', slug, 'name', slug) FROM binding WHERE id = a.binding_id)
      END AS subject
    FROM assignment a JOIN team t ON t.id = a.team_id
    WHERE a.team_id = ANY(${[...teams]}::uuid[]) AND a.state = 'proposed' AND (a.valid_to IS NULL OR a.valid_to > ${now})
    ORDER BY a.proposed_at, a.id LIMIT ${proposalsMax}`)
  return rows.map(({ proposedAt, ...row }) => ({ ...row, proposedAt: proposedAt.toISOString() }))
}

/** How many gaps concern the teams that this person is in, counted no further than is shown. */
export async function countOwnGaps(db: Db, personId: string): Promise<number> {
  const teams = sql`ARRAY(SELECT team_id FROM membership WHERE person_id = ${personId}::uuid)`
  const [row] = await db.query<{ count: number }>(sql`
    SELECT count(*)::int AS count FROM (
      SELECT FROM gap g WHERE ${unsettled} AND g.id IN (${gapsOfTeams(teams)}) LIMIT ${ownGapsMax + 1}
    ) counted`)
  return row?.count ?? 0
}
