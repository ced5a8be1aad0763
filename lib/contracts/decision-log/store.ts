import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { DecisionRequest } from './model'

/** Ids of what a batch names, by slug (agents also by the identifier of their identity). */
export async function namedThings(
  db: Db,
  names: {
    points: readonly string[]
    tools: readonly string[]
    agents: readonly string[]
    subjects: readonly string[]
  },
) {
  const slugged = (slugs: readonly string[]) => ({
    where: { slug: { in: [...slugs] } },
    select: { id: true, slug: true },
  })
  const [points, tools, agents, identities] = await Promise.all([
    db.prisma.enforcementPoint.findMany({
      where: { slug: { in: [...names.points] } },
      select: { id: true, slug: true, name: true, tools: { select: { id: true }, take: 2 } },
    }),
    db.prisma.tool.findMany(slugged(names.tools)),
    db.prisma.agent.findMany(slugged([...names.agents, ...names.subjects])),
    db.prisma.agent.findMany({
      where: { identityId: { in: [...names.subjects] } },
      select: { id: true, identityId: true },
      orderBy: { slug: 'asc' },
    }),
  ])
  return {
    points: new Map(points.map((point) => [point.slug, point])),
    tools: new Map(tools.map(({ slug, id }) => [slug, id])),
    agents: new Map(agents.map(({ slug, id }) => [slug, id])),
    identities: new Map(identities.map(({ identityId, id }) => [identityId ?? '', id])),
  }
}

export interface SampleRow {
  id: string
  pointId: string
  toolId: string
  agentId: string
  requestDigest: string
  request: DecisionRequest
  decision: boolean
  decidedAt: Date
  source: string
  contradiction: string | null
  contractId: string | null
}

/** Keeps the latest decision of each request; an older one that comes late changes nothing. */
export async function keepSamples(db: Db, rows: readonly SampleRow[], now: Date): Promise<void> {
  await db.execute(sql`
    INSERT INTO decision_sample (id, point_id, tool_id, agent_id, request_digest, request, decision, decided_at, received_at,
      source, contradiction, contract_id)
    SELECT r.id, r."pointId", r."toolId", r."agentId", r."requestDigest", r.request, r.decision, r."decidedAt", ${now}::timestamptz,
      r.source, r.contradiction, r."contractId"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, "pointId" uuid, "toolId" uuid, "agentId" uuid,
      "requestDigest" text, request jsonb, decision boolean, "decidedAt" timestamptz, source text, contradiction text, "contractId" uuid)
    ON CONFLICT (point_id, tool_id, request_digest) DO UPDATE SET
      agent_id = excluded.agent_id, decision = excluded.decision, decided_at = excluded.decided_at,
      received_at = excluded.received_at, source = excluded.source, contradiction = excluded.contradiction,
      contract_id = excluded.contract_id
    WHERE decision_sample.decided_at <= excluded.decided_at`)
}

/** Notes that the logs of agents were seen, never further back than they were before. */
export async function noteAgentsSeen(
  db: Db,
  seen: readonly { agentId: string; source: string; at: Date }[],
): Promise<void> {
  await db.execute(sql`
    UPDATE agent SET decision_log_source = r.source, decision_log_seen_at = r.at
    FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb) AS r("agentId" uuid, source text, at timestamptz)
    WHERE agent.id = r."agentId" AND (agent.decision_log_seen_at IS NULL OR agent.decision_log_seen_at < r.at)`)
}

/** Samples of a tool after an id, a bounded number of them. */
export async function samplesAfter(db: Db, toolId: string, after: string | null, limit: number) {
  return await db.prisma.decisionSample.findMany({
    where: { toolId, ...(after !== null && { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true, requestDigest: true, request: true, decision: true },
  })
}

/** Writes anew what the contract in force says about samples. */
export async function keepVerdicts(
  db: Db,
  contractId: string | null,
  verdicts: readonly { id: string; contradiction: string | null }[],
): Promise<void> {
  await db.execute(sql`
    UPDATE decision_sample SET contradiction = r.contradiction, contract_id = ${contractId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) AS r(id uuid, contradiction text)
    WHERE decision_sample.id = r.id`)
}

/** Forgets decisions made before an instant. */
export async function forgetSamples(db: Db, before: Date): Promise<number> {
  return await db.execute(sql`DELETE FROM decision_sample WHERE decided_at < ${before}`)
}
