import 'server-only'
import { type Sql, sql } from '@/lib/db/sql'
import type { RuleContext } from '../model'
import { dayMs } from '../wording'

/**
 * Condition on `a` (assignment): a rule may find something wrong with it, depending on what it reaches. One that is
 * confirmed or still in time, credible and not left without an answer, or declined when somebody else stands there by now, has no finding whatever
 * it reaches, so what it reaches need not be loaded.
 * An organisation-wide owner reaches everything: without this, every small change would load the whole estate.
 * Scalar subqueries, because the planner would hash all teams and people for an EXISTS.
 */
export function mayFire({ now, policy }: RuleContext): Sql {
  const namedBefore = new Date(now - policy.acceptWithinDays * dayMs)
  return sql`((a.state = 'declined' AND (SELECT TRUE FROM assignment s
      WHERE s.scope = a.scope AND s.subject_id = a.subject_id AND s.layer = a.layer AND s.state IN ('proposed', 'accepted')
        AND (s.valid_to IS NULL OR s.valid_to > ${new Date(now)}) LIMIT 1) IS NULL)
    OR (a.state = 'proposed' AND a.proposed_at < ${namedBefore})
    OR (a.state IN ('proposed', 'accepted') AND a.unanswered_at IS NOT NULL)
    OR (a.state IN ('proposed', 'accepted') AND (
      (SELECT t.status FROM team t WHERE t.id = a.team_id) <> 'active'
      OR (SELECT p.status FROM person p WHERE p.id = a.person_id) <> 'active'
      OR (SELECT TRUE FROM membership m JOIN person p ON p.id = m.person_id
          WHERE m.team_id = a.team_id AND p.status = 'active' LIMIT 1) IS NULL)))`
}
