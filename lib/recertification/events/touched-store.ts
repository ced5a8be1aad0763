import { type Sql, sql } from '@/lib/db/sql'
import type { CampaignKind } from '../model'

/** How many agents deep a delegation chain is followed. It bounds the walk where a chain loops, too. */
const chainDepthMax = 5

/** The events that wait, up to one, as `e`. */
export const waitingEvents = (upTo: bigint): Sql => sql`
  e AS (SELECT * FROM certification_event WHERE handled_at IS NULL AND id <= ${upTo})`

/**
 * The active bindings that each waiting event touches, as rows (event_id, at, id):
 * - somebody left: those of agents they sponsored, and those with a layer they answered for on the binding, its agent,
 *   its tool or its application. Not all that an owner for the whole organisation answers for: no certification rests
 *   on them alone, and the succession of an owner is a review of its own;
 * - risk raised, privileges widened, a tool that joined a chain: the very binding;
 * - a tool gained privileges of its own: every binding to it;
 * - somebody may delegate to an agent now: those of the agent and of all it delegates to in turn.
 */
const touchedBindings = sql`
  chain (event_id, at, agent_id, depth) AS (
    SELECT e.id, e.at, e.agent_id, 1 FROM e WHERE e.kind = 'chain_extended' AND e.binding_id IS NULL
    UNION SELECT c.event_id, c.at, d.to_agent_id, c.depth + 1 FROM chain c
    JOIN delegation d ON d.from_agent_id = c.agent_id WHERE c.depth < ${chainDepthMax}
  ), reached (event_id, at, id) AS (
    SELECT e.id, e.at, e.binding_id FROM e WHERE e.binding_id IS NOT NULL
    UNION SELECT e.id, e.at, b.id FROM e JOIN binding b ON b.tool_id = e.tool_id
    WHERE e.kind = 'independent_privileges_gained'
    UNION SELECT e.id, e.at, b.id FROM e JOIN agent g ON g.sponsor_id = e.person_id JOIN binding b ON b.agent_id = g.id
    WHERE e.kind = 'owner_left'
    UNION SELECT e.id, e.at, o.binding_id FROM e JOIN assignment a ON a.person_id = e.person_id
    JOIN effective_owner o ON o.assignment_id = a.id WHERE e.kind = 'owner_left' AND a.scope <> 'organisation'
    UNION SELECT c.event_id, c.at, b.id FROM chain c JOIN binding b ON b.agent_id = c.agent_id
  ), touched AS (SELECT r.event_id, r.at, r.id FROM reached r JOIN binding b ON b.id = r.id WHERE b.state = 'active')`

/** The accepted assignments that each waiting event touches: those of somebody who left, wherever they answered for a layer. */
const touchedAssignments = sql`
  touched (event_id, at, id) AS (
    SELECT e.id, e.at, a.id FROM e JOIN assignment a ON a.person_id = e.person_id
    WHERE e.kind = 'owner_left' AND a.state = 'accepted' AND (a.valid_to IS NULL OR a.valid_to > e.at))`

/** Tables for a WITH RECURSIVE, the last of which is `touched`: what the waiting events touch, of the kind a campaign asks about. */
export const touchedBy = (kind: CampaignKind, upTo: bigint): Sql =>
  sql`${waitingEvents(upTo)}, ${kind === 'access' ? touchedBindings : touchedAssignments}`

/** Condition on `t` (touched) and `b` (binding): its certification was given before the event took it away. */
export const wasCertified = sql`b.certified_at >= COALESCE(b.active_since, b.certified_at) AND b.certified_at <= t.at`
