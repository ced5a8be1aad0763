import 'server-only'
import { sql } from '@/lib/db/sql'
import type { BindingFact } from '../picture'
import { ms } from './instants'

/**
 * A binding as the database hands it over. There are a hundred times more of them than of anything else: without the
 * names of the fields, building and reading them takes two thirds of the time and the memory.
 */
export type BindingRow = [
  id: string,
  slug: string,
  agentId: string,
  toolId: string,
  state: BindingFact['state'],
  risk: BindingFact['risk'],
  activeSince: number | null,
  intentText: string | null,
  intentApprovedAt: number | null,
  decisionMode: BindingFact['decisionMode'],
  credentialType: BindingFact['credentialType'],
  credentialLifetimeSeconds: number | null,
  boundary: string | null,
  allowlistPresent: boolean | null,
  allowlistReviewedAt: number | null,
  certifiedAt: number | null,
  certificationLostAt: number | null,
  unansweredAt: number | null,
  unansweredIn: string | null,
  remediationDueAt: number | null,
  path: [pointId: string, mode: BindingFact['path'][number]['mode']][] | null,
]

/** Makes a `BindingRow` of `b` (binding). */
export const bindingRow = sql`json_build_array(
  b.id, b.slug, b.agent_id, b.tool_id, b.state, b.risk, ${ms(sql`b.active_since`)}, b.intent_text, ${ms(sql`b.intent_approved_at`)},
  b.decision_mode, b.credential_type, b.credential_lifetime_seconds, b.boundary, b.allowlist_present,
  ${ms(sql`b.allowlist_reviewed_at`)}, ${ms(sql`b.certified_at`)},
  ${ms(sql`b.certification_lost_at`)}, ${ms(sql`b.unanswered_at`)}, b.unanswered_in, ${ms(sql`b.remediation_due_at`)},
  (SELECT json_agg(json_build_array(s.point_id, s.mode) ORDER BY s.position) FROM path_step s WHERE s.binding_id = b.id))`

/** Gives a string back as the one that was equal to it and came first. */
export type Share = (text: string) => string

/** A hundred thousand bindings name few agents, tools and points, and JSON makes a copy of each name each time. */
export function sharedStrings(): Share {
  const first = new Map<string, string>()
  return (text) => {
    const known = first.get(text)
    if (known !== undefined) return known
    first.set(text, text)
    return text
  }
}

/** The fact that a row tells. */
export function bindingOf(row: BindingRow, share: Share): BindingFact {
  return {
    id: row[0],
    slug: row[1],
    agentId: share(row[2]),
    toolId: share(row[3]),
    state: row[4],
    risk: row[5],
    activeSince: row[6],
    intentText: row[7],
    intentApprovedAt: row[8],
    decisionMode: row[9],
    credentialType: row[10],
    credentialLifetimeSeconds: row[11],
    boundary: row[12],
    allowlistPresent: row[13],
    allowlistReviewedAt: row[14],
    certifiedAt: row[15],
    certificationLostAt: row[16],
    unansweredAt: row[17],
    unansweredIn: row[18],
    remediationDueAt: row[19],
    path: row[20]?.map(([pointId, mode]) => ({ pointId: share(pointId), mode })) ?? noPath,
  }
}

const noPath: BindingFact['path'] = []
