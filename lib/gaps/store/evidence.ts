import 'server-only'
import { empty, type Sql, sql } from '@/lib/db/sql'
import { disagreementsNamedMax } from '../disagreement'

/** Which tools evidence is asked of: all of them, or those with these ids. */
export type OfTools = readonly string[] | null

const among = (column: Sql, tools: OfTools): Sql =>
  tools === null ? empty : sql`AND ${column} = ANY(${[...tools]}::uuid[])`

/** The latest attestation of each point and tool, with the contract it names. */
export const latestAttestations = (tools: OfTools): Sql => sql`(
  SELECT DISTINCT ON (x.tool_id, x.point_id) x.id, x.tool_id, x.point_id, x.at, c.digest, c.version
  FROM attestation x JOIN contract c ON c.id = x.contract_id
  WHERE TRUE ${among(sql`x.tool_id`, tools)}
  ORDER BY x.tool_id, x.point_id, x.at DESC, x.received_at DESC, x.id DESC)`

/** The first few of a sorted aggregate, as JSON. */
const named = (aggregate: Sql): Sql => sql`to_json((${aggregate})[1:${disagreementsNamedMax}::int])`

/** What the latest finished run of each tool asked each point: when, with which contract, and the answers that were wrong. */
const lastAsked = (tools: OfTools): Sql => sql`
  SELECT r.tool_id, n.point_id, r.finished_at, r.digest,
    count(*) FILTER (WHERE n.decision IS DISTINCT FROM n.expected) AS wrong,
    ${named(sql`array_agg(json_build_object('vector', n.vector_name, 'expected', n.expected, 'decision', n.decision, 'error', n.error)
      ORDER BY n.vector) FILTER (WHERE n.decision IS DISTINCT FROM n.expected)`)} AS first_wrong
  FROM (
    SELECT DISTINCT ON (r.tool_id) r.id, r.tool_id, r.finished_at, c.digest
    FROM parity_run r JOIN contract c ON c.id = r.contract_id
    WHERE r.state = 'finished' ${among(sql`r.tool_id`, tools)}
    ORDER BY r.tool_id, r.finished_at DESC, r.id DESC
  ) r JOIN parity_answer n ON n.run_id = r.id
  GROUP BY r.tool_id, n.point_id, r.finished_at, r.digest`

/** The decisions of each point's own log that contradict the contract in force. */
const contradicting = (tools: OfTools): Sql => sql`
  SELECT x.tool_id, x.point_id, count(*) AS wrong,
    ${named(sql`array_agg(x.contradiction ORDER BY x.decided_at DESC, x.id DESC)`)} AS first_wrong
  FROM decision_sample x JOIN contract c ON c.id = x.contract_id AND c.state = 'in_force'
  WHERE x.contradiction IS NOT NULL ${among(sql`x.tool_id`, tools)}
  GROUP BY x.tool_id, x.point_id`

/** What is known of how each point decides for each tool: from the latest parity run, and from its log. */
export const parities = (tools: OfTools): Sql => sql`(
  SELECT COALESCE(a.tool_id, l.tool_id) AS tool_id, COALESCE(a.point_id, l.point_id) AS point_id, a.finished_at, a.digest,
    COALESCE(a.wrong, 0) AS answers, COALESCE(a.first_wrong, '[]') AS first_answers,
    COALESCE(l.wrong, 0) AS decisions, COALESCE(l.first_wrong, '[]') AS first_decisions
  FROM (${lastAsked(tools)}) a FULL JOIN (${contradicting(tools)}) l ON l.tool_id = a.tool_id AND l.point_id = a.point_id)`

/** How many decision vectors a contract's limits hold. */
export const vectorCount = (limits: Sql): Sql =>
  sql`CASE jsonb_typeof(${limits}->'vectors') WHEN 'array' THEN jsonb_array_length(${limits}->'vectors') ELSE 0 END`
