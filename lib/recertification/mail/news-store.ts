import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { dayMs } from '@/lib/gaps/wording'
import { askedLayer } from '../launch/finders-store'
import type { DigestNews } from './model'

/** What is older is no news, whether somebody was told of it or not. */
const freshDays = 14

/**
 * Those whom a revocation affects hear that they may contest it and until when, as long as nobody has: the agent's
 * sponsor and the leads of the team that answers for entitlement, or for an ownership its team's leads and whoever is
 * accountable. Not the one who revoked it.
 */
const contestable = (now: Date, timeZone: string): Sql => sql`
  SELECT w.person_id, 'may_contest', i.id, i.subject_slug,
    d.person_name || COALESCE(': ' || d.comment, '') || ' (until '
      || to_char((c.challenge_ends_at - interval '1 second') AT TIME ZONE ${timeZone}, 'FMDD FMMonth') || ')', i.id::text
  FROM campaign c JOIN review_item i ON i.campaign_id = c.id AND i.state = 'settled' AND i.outcome = 'revoke'
  JOIN LATERAL (
    SELECT x.person_id, x.person_name, x.comment FROM review_decision x
    WHERE x.item_id = i.id AND x.verdict = 'revoke' AND x.undone_at IS NULL ORDER BY x.stage DESC LIMIT 1) d ON TRUE
  CROSS JOIN LATERAL (
    SELECT g.sponsor_id AS person_id FROM agent g WHERE g.id = i.agent_id AND i.binding_id IS NOT NULL
    UNION SELECT m.person_id FROM effective_owner o JOIN membership m ON m.team_id = o.team_id AND m.role = 'lead'
      WHERE o.binding_id = i.binding_id AND o.layer = ${askedLayer}
    UNION SELECT m.person_id FROM assignment a JOIN membership m ON m.team_id = a.team_id AND m.role = 'lead'
      WHERE a.id = i.assignment_id
    UNION SELECT a.person_id FROM assignment a WHERE a.id = i.assignment_id
  ) w
  WHERE c.state = 'settled' AND c.challenge_ends_at > ${now} AND w.person_id IS DISTINCT FROM d.person_id
    AND NOT EXISTS (SELECT FROM review_challenge x WHERE x.item_id = i.id)`

/**
 * Common table expression `fresh (person_id, news, subject_id, subject, said, place)`: what happened to what somebody has
 * decided, contested, leads or runs. A second look is news about an item that stands in the mail anyway.
 */
export function freshNews(now: Date, timeZone: string): Sql {
  const since = new Date(now.getTime() - freshDays * dayMs)
  const challenge = sql`review_challenge x JOIN review_item i ON i.id = x.item_id`
  const revoker = sql`review_decision d ON d.item_id = i.id AND d.verdict = 'revoke' AND d.undone_at IS NULL AND d.person_id IS NOT NULL`
  return sql`fresh (person_id, news, subject_id, subject, said, place) AS (
    SELECT d.person_id, 'contested', x.id, i.subject_slug, x.person_name || ': ' || x.reason, i.id::text
    FROM ${challenge} JOIN ${revoker} WHERE x.at > ${since} AND x.state = 'open'
    UNION
    SELECT a.person_id, 'contest_to_decide', x.id, i.subject_slug, x.person_name || ': ' || x.reason, c.slug
    FROM ${challenge} JOIN campaign c ON c.id = x.campaign_id JOIN account a ON a.id = c.owner_id
    WHERE x.at > ${since} AND x.state = 'open' AND a.person_id IS NOT NULL
    UNION
    SELECT w.person_id, CASE WHEN x.state = 'upheld' THEN 'contest_upheld' ELSE 'contest_overturned' END, x.id, i.subject_slug,
      x.decided_by || COALESCE(': ' || x.note, ''), i.id::text
    FROM ${challenge} CROSS JOIN LATERAL (
      SELECT x.person_id UNION SELECT d.person_id FROM review_decision d WHERE d.item_id = i.id AND d.verdict = 'revoke' AND d.undone_at IS NULL
    ) w WHERE x.at > ${since} AND x.state <> 'open' AND w.person_id IS NOT NULL
    UNION
    SELECT m.person_id, 'ownership_proposed', a.id,
      a.layer || ' of ' || COALESCE(g.name, t.name, e.name, b.slug, 'the organisation'), tm.name, tm.slug
    FROM assignment a JOIN team tm ON tm.id = a.team_id AND tm.status = 'active'
    JOIN membership m ON m.team_id = a.team_id AND m.role = 'lead'
    LEFT JOIN agent g ON g.id = a.agent_id LEFT JOIN tool t ON t.id = a.tool_id
    LEFT JOIN enforcement_point e ON e.id = a.point_id LEFT JOIN binding b ON b.id = a.binding_id
    WHERE a.state = 'proposed' AND a.proposed_at > ${since} AND EXISTS (
      SELECT FROM review_item i WHERE i.binding_id = a.binding_id AND i.outcome = 'reassign' AND i.applied_at = a.proposed_at
      UNION ALL
      SELECT FROM assignment o JOIN review_item i ON i.assignment_id = o.id
      WHERE o.layer = a.layer AND o.scope = a.scope AND o.subject_id IS NOT DISTINCT FROM a.subject_id
        AND i.outcome = 'reassign' AND i.applied_at = a.proposed_at)
    UNION
    SELECT r.person_id, 'second_look', i.id, i.subject_slug, i.second_look, i.id::text
    FROM campaign c JOIN review_item i ON i.campaign_id = c.id AND i.second_look IS NOT NULL AND i.state = 'open'
    JOIN item_reviewer r ON r.item_id = i.id AND r.stage = i.stage AND r.state = 'open'
    WHERE c.state = 'running'
    UNION
    ${contestable(now, timeZone)}
  )`
}

/** Of what is fresh (row `f`), what somebody has not been told. */
export const untold: Sql = sql`NOT EXISTS (
  SELECT FROM news_told n WHERE n.person_id = f.person_id AND n.news = f.news AND n.subject_id = f.subject_id)`

const newsMax = 50

/** What is news to somebody. */
export async function newsFor(db: Db, personId: string, timeZone: string, now: Date): Promise<DigestNews[]> {
  return await db.query<DigestNews>(sql`
    WITH ${freshNews(now, timeZone)}
    SELECT f.news, f.subject_id::text AS "subjectId", f.subject, f.said, f.place FROM fresh f
    WHERE f.person_id = ${personId}::uuid AND ${untold} ORDER BY f.news, f.subject, f.subject_id LIMIT ${newsMax}`)
}
