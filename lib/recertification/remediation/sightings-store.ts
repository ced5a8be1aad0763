import 'server-only'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import type { RemediationState } from '../model'

/** What a source shows about revoked access: that it is gone, or that it is still there or back. */
export interface Sighting {
  id: string
  bindingId: string
  state: RemediationState
  event: 'seen_gone' | 'seen_back'
  note: string
  /** In milliseconds. */
  aboutAt: number
  /** What was noted last; a source that says the same again adds nothing. */
  lastNote: string | null
}

/** Whether there is anything that could be verified or come back: without it, looking costs nothing. */
export async function anyRemediation(db: Db): Promise<boolean> {
  const [row] = await db.query<{ any: boolean }>(
    sql`SELECT EXISTS (SELECT FROM remediation WHERE state <> 'cancelled') AS any`,
  )
  return row?.any ?? false
}

const lastNote = sql`(
  SELECT e.note FROM remediation_event e WHERE e.remediation_id = r.id ORDER BY e.received_at DESC, e.id DESC LIMIT 1) AS "lastNote"`

/** Of several remediations of one binding, what comes back reopens the newest. */
const isNewest = sql`NOT EXISTS (
  SELECT FROM remediation n WHERE n.binding_id = r.binding_id AND n.state <> 'cancelled' AND (n.created_at, n.id) > (r.created_at, r.id))`

/** What an import says about access, by the names of its file. */
export interface NamedAccess {
  kind: string
  /** The bindings it names, each with the state it says, null where it says none. */
  bindings: readonly { slug: string; state: string | null }[]
  /** The agents and tools that it knows of: where it speaks of neither, its silence about a binding says nothing. */
  agents: readonly string[]
  tools: readonly string[]
}

/** What an import shows about access that was revoked. Called when the import is written. */
export async function sightedByImport(db: Db, access: NamedAccess, now: Date): Promise<Sighting[]> {
  const { kind, bindings, agents, tools } = access
  const columns = (event: Sighting['event'], note: string): Sql => sql`
    r.id::text, r.binding_id::text AS "bindingId", r.state::text, ${event}::text AS event, ${note}::text AS note, ${lastNote}`
  const rows = await db.query<Omit<Sighting, 'aboutAt'>>(sql`
    WITH named AS MATERIALIZED (
      SELECT * FROM unnest(${bindings.map(({ slug }) => slug)}::text[], ${bindings.map(({ state }) => state)}::text[]) AS n(slug, state)
    ),
    r AS (
      SELECT r.*, b.slug, b.state AS binding_state, b.source, b.tool_slug, split_part(b.slug, '/', 1) AS agent_slug
      FROM remediation r JOIN binding b ON b.id = r.binding_id WHERE r.state <> 'cancelled'
    )
    SELECT ${columns('seen_gone', `An import (${kind}) names it as revoked`)}
    FROM r JOIN named n ON n.slug = r.slug AND n.state = 'revoked' WHERE r.state <> 'verified'
    UNION ALL
    SELECT ${columns('seen_gone', `An import (${kind}) that used to name it does not name it any more`)}
    FROM r WHERE r.state <> 'verified' AND r.source = ${kind} AND NOT EXISTS (SELECT FROM named n WHERE n.slug = r.slug)
      AND (r.agent_slug = ANY(${[...agents]}::text[]) OR r.tool_slug = ANY(${[...tools]}::text[]))
    UNION ALL
    SELECT ${columns('seen_back', `An import (${kind}) names it as active`)}
    FROM r JOIN named n ON n.slug = r.slug AND n.state = 'active' WHERE r.binding_state = 'revoked' AND ${isNewest}`)
  return rows.map((row) => ({ ...row, aboutAt: now.getTime() }))
}

/** A decision about an agent and a tool. */
export interface LoggedAccess {
  agentId: string
  toolId: string
  allowed: boolean
  at: Date
}

/**
 * What decisions show about access that was revoked: an allow after the revocation, and after what last showed that it
 * is gone, shows it to be back, whatever else was denied; without one, a deny shows it to be gone. Logs do not say in
 * which environment an agent called, so they say nothing while it may use the tool in another.
 */
export async function sightedByDecisions(
  db: Db,
  decisions: readonly LoggedAccess[],
  source: string,
): Promise<Sighting[]> {
  return await db.query<Sighting>(sql`
    WITH d AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) AS d("agentId" uuid, "toolId" uuid, allowed boolean, at timestamptz)
    ),
    seen AS (
      SELECT r.id, bool_or(d.allowed) AS allowed, max(d.at) FILTER (WHERE d.allowed) AS allowed_at, max(d.at) AS last_at
      FROM (SELECT DISTINCT "agentId", "toolId" FROM d) p
      JOIN binding b ON b.agent_id = p."agentId" AND b.tool_id = p."toolId" AND b.state = 'revoked'
      JOIN remediation r ON r.binding_id = b.id AND r.state <> 'cancelled'
      JOIN d ON d."agentId" = p."agentId" AND d."toolId" = p."toolId"
      WHERE ${isNewest} AND d.at > GREATEST(r.created_at, (
          -- Evidence is about a whole day.
          SELECT max(CASE WHEN e.source = 'person' THEN e.about_at + interval '1 day' ELSE e.about_at END)
          FROM remediation_event e WHERE e.remediation_id = r.id AND e.to_state IN ('evidenced', 'verified')))
        AND NOT EXISTS (SELECT FROM binding o WHERE o.agent_id = b.agent_id AND o.tool_id = b.tool_id AND o.state = 'active')
      GROUP BY r.id
    )
    SELECT r.id::text, r.binding_id::text AS "bindingId", r.state::text,
      CASE WHEN s.allowed THEN 'seen_back' ELSE 'seen_gone' END AS event,
      CASE WHEN s.allowed THEN 'A decision log shows that it was used' ELSE 'A decision log shows that it is denied' END
        || ${` (${source})`}::text AS note,
      (extract(epoch FROM COALESCE(s.allowed_at, s.last_at)) * 1000)::bigint::float8 AS "aboutAt", ${lastNote}
    FROM seen s JOIN remediation r ON r.id = s.id`)
}
