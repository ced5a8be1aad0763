import type { Pool } from 'pg'

interface InboxByHand {
  reviewer: string
  /** The column of `i` by which items stand together. */
  order: string
  risk?: string
}

/**
 * A page of an inbox as one would write it by hand: the reviewer's open items in order, how many there are of each
 * group, and for those of the page all that a row says, with the picture now beside the one that was taken.
 */
export async function inboxByHand(
  pool: Pool,
  { reviewer, order, risk }: InboxByHand,
  limit: number,
): Promise<{ id: string; count: number }[]> {
  const { rows } = await pool.query<{ id: string; count: number }>(
    `WITH placed AS MATERIALIZED (
       SELECT i.id, ${order} AS key, i.subject_slug, count(*) OVER (PARTITION BY ${order})::int AS count, r.because, r.due_at, r.note
       FROM item_reviewer r JOIN review_item i ON i.id = r.item_id AND i.stage = r.stage
       JOIN campaign c ON c.id = i.campaign_id AND c.state = 'running'
       WHERE r.person_id = $1 AND r.state = 'open' AND i.state = 'open' AND (i.deferred_until IS NULL OR i.deferred_until <= now())
         ${risk === undefined ? '' : 'AND i.risk = $2'}
       ORDER BY ${order}, i.subject_slug, i.id LIMIT ${limit}
     )
     SELECT i.*, c.slug, c.name, c.kind, g.name AS agent_name, g.purpose, g.autonomy,
       t.name AS tool_name, t.classification, s.name AS sponsor_name, s.status AS sponsor_status, b.*, prior.picture AS previous, d.verdict,
       path.steps, owners.cells, gaps.open, peers.alike, peers.holding, p.because, p.due_at, p.note, p.key, p.count, p.id::text AS id
     FROM placed p JOIN review_item i ON i.id = p.id JOIN campaign c ON c.id = i.campaign_id
     LEFT JOIN agent g ON g.id = i.agent_id LEFT JOIN tool t ON t.id = i.tool_id LEFT JOIN person s ON s.id = g.sponsor_id
     LEFT JOIN binding b ON b.id = i.binding_id
     LEFT JOIN review_item prior ON prior.id = i.previous_item_id
     LEFT JOIN review_decision d ON d.item_id = i.id AND d.stage = i.stage AND d.undone_at IS NULL
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('point', e.slug, 'mode', x.mode) ORDER BY x.position) AS steps
       FROM path_step x JOIN enforcement_point e ON e.id = x.point_id WHERE x.binding_id = b.id
     ) path
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('layer', o.layer, 'status', o.status, 'team', team.name, 'person', person.name)) AS cells
       FROM effective_owner o LEFT JOIN assignment a ON a.id = o.assignment_id
       LEFT JOIN team ON team.id = a.team_id LEFT JOIN person ON person.id = a.person_id
       WHERE o.binding_id = b.id
     ) owners
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object('rule', gap.rule, 'severity', gap.severity)) AS open
       FROM gap_binding gb JOIN gap ON gap.id = gb.gap_id WHERE gb.binding_id = b.id AND gap.state <> 'resolved'
     ) gaps
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS alike, count(*) FILTER (WHERE EXISTS (
         SELECT FROM binding y WHERE y.agent_id = x.id AND y.tool_id = i.tool_id AND y.state = 'active'))::int AS holding
       FROM agent x WHERE x.sponsor_id = g.sponsor_id AND x.id <> g.id AND x.lifecycle = 'active'
     ) peers
     ORDER BY p.key, p.subject_slug, p.id`,
    risk === undefined ? [reviewer] : [reviewer, risk],
  )
  return rows
}
