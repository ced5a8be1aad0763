import 'server-only'
import { join, type Sql, sql } from '@/lib/db/sql'
import type { RankedFinder } from './finders-store'

/**
 * Common table expressions that say whom a campaign would ask, without asking. Subjects with the same keys are one group
 * (`grp`: g, keys, accountable_id, items), so that each reviewer is looked up for a few groups and not for every subject.
 * `candidate` (g, rank, person_id, self) has all who could be asked, `first` (g, rank, self_rank) which finder comes to
 * do it: rank null for nobody, self_rank where somebody was found who answers for it themselves.
 */
export function reachOf(subjects: Sql, finders: readonly RankedFinder[], selfReview: boolean): Sql {
  const keys = finders.map(({ key }) => key)
  const found = finders.map(
    ({ people }, rank) => sql`
      SELECT g.g, ${rank}::int AS rank, p.id AS person_id, p.id = g.accountable_id AS self
      FROM grp g JOIN (${people}) c ON c.key = g.keys[${rank + 1}::int] JOIN person p ON p.id = c.person_id
      WHERE p.status = 'active'`,
  )
  return sql`
    subject AS MATERIALIZED (
      SELECT s.slug, s.risk, s.layer, s.certified, s.accountable_id, ARRAY[${join(keys)}]::uuid[] AS keys
      FROM (${subjects}) s
    ), grp AS MATERIALIZED (
      SELECT row_number() OVER ()::int AS g, s.keys, s.accountable_id, count(*)::int AS items
      FROM subject s GROUP BY s.keys, s.accountable_id
    ), candidate AS MATERIALIZED (${join(found, ' UNION ')}),
    first AS MATERIALIZED (
      SELECT g, min(rank) FILTER (WHERE ${selfReview}::boolean OR NOT COALESCE(self, FALSE)) AS rank,
        min(rank) FILTER (WHERE self) AS self_rank
      FROM candidate GROUP BY g
    ), asked AS (
      SELECT c.g, c.rank, c.person_id FROM candidate c JOIN first f ON f.g = c.g AND f.rank = c.rank
      WHERE ${selfReview}::boolean OR NOT COALESCE(c.self, FALSE)
    )`
}

/** Condition that the subject `s` is of the group `g`. */
export const isOfGroup = sql`s.keys = g.keys AND s.accountable_id IS NOT DISTINCT FROM g.accountable_id`
