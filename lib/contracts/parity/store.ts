import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { parseLimits } from './limits'

/** A point on the path of an active binding to a tool, with what it takes to ask it. */
export interface AskablePoint {
  id: string
  slug: string
  name: string
  kind: 'gateway' | 'broker' | 'application'
  decisionEndpoint: string | null
  credentialKind: 'none' | 'bearer' | 'mtls'
  credentialSealed: string | null
  bindings: number
}

/** The tool that a slug names, as its page refers to it. */
export async function findTool(db: Db, slug: string) {
  const select = { id: true, slug: true, name: true, kind: true, lifecycle: true } as const
  return await db.prisma.tool.findUnique({ where: { slug }, select })
}

/** The contract in force of a tool with its vectors; null without one. */
export async function contractInForce(db: Db, toolId: string) {
  const found = await db.prisma.contract.findFirst({
    where: { toolId, state: 'in_force' },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, digest: true, limits: true },
  })
  return found && { ...found, limits: parseLimits(found.limits) }
}

/** The points on paths of active bindings to a tool, in call order: the application last. */
export async function pointsOf(db: Db, toolId: string): Promise<AskablePoint[]> {
  return await db.query<AskablePoint>(sql`
    SELECT e.id, e.slug, e.name, e.kind, e.decision_endpoint AS "decisionEndpoint", e.credential_kind AS "credentialKind",
      e.credential_sealed AS "credentialSealed", count(DISTINCT b.id)::int AS bindings
    FROM binding b JOIN path_step s ON s.binding_id = b.id JOIN enforcement_point e ON e.id = s.point_id
    WHERE b.tool_id = ${toolId}::uuid AND b.state = 'active'
    GROUP BY e.id, e.slug, e.name, e.kind, e.decision_endpoint, e.credential_kind, e.credential_sealed
    ORDER BY e.kind = 'application', avg(s.position), e.slug LIMIT 20`)
}

/** The run of a tool that has not ended. */
export async function runningRun(db: Db, toolId: string) {
  return await db.prisma.parityRun.findFirst({
    where: { toolId, state: 'running' },
    orderBy: { startedAt: 'desc' },
    select: { id: true, startedAt: true },
  })
}

export async function insertRun(
  db: Db,
  run: { id: string; toolId: string; contractId: string; trigger: 'hand' | 'schedule'; by: string; startedAt: Date },
): Promise<void> {
  await db.prisma.parityRun.create({ data: { ...run, state: 'running' } })
}

/** Marks runs as failed that what worked on them has left behind; of one tool, or all. */
export async function failAbandoned(db: Db, startedBefore: Date, now: Date, toolId?: string): Promise<void> {
  await db.prisma.parityRun.updateMany({
    where: { state: 'running', startedAt: { lt: startedBefore }, ...(toolId !== undefined && { toolId }) },
    data: {
      state: 'failed',
      finishedAt: now,
      failure: 'It was interrupted before all answers were there. Run it again.',
    },
  })
}

/** What is needed to put a run's questions and keep its answers. */
export async function runToAsk(db: Db, id: string) {
  const run = await db.prisma.parityRun.findUnique({
    where: { id },
    select: {
      id: true,
      state: true,
      toolId: true,
      contractId: true,
      startedAt: true,
      tool: { select: { slug: true } },
      contract: { select: { version: true, limits: true } },
    },
  })
  return run && { ...run, vectors: parseLimits(run.contract.limits).vectors ?? [] }
}

/** The oldest run asked for by hand that nobody has worked on. */
export async function nextWaiting(db: Db): Promise<string | null> {
  const found = await db.prisma.parityRun.findFirst({
    where: { state: 'running', trigger: 'hand' },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return found?.id ?? null
}

/** Slugs of tools that can be asked and were not since `before`, those asked longest ago first. */
export async function toolsDue(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db.query<{ slug: string }>(sql`
    SELECT t.slug FROM contract c JOIN tool t ON t.id = c.tool_id
    LEFT JOIN LATERAL (SELECT r.started_at FROM parity_run r WHERE r.tool_id = t.id ORDER BY r.started_at DESC LIMIT 1) r ON TRUE
    WHERE c.state = 'in_force' AND jsonb_typeof(c.limits->'vectors') = 'array' AND jsonb_array_length(c.limits->'vectors') > 0
      AND (r.started_at IS NULL OR r.started_at < ${before})
      AND EXISTS (
        SELECT FROM binding b JOIN path_step s ON s.binding_id = b.id JOIN enforcement_point e ON e.id = s.point_id
        WHERE b.tool_id = t.id AND b.state = 'active' AND e.decision_endpoint IS NOT NULL)
    ORDER BY r.started_at NULLS FIRST, t.slug LIMIT ${limit}`)
  return rows.map(({ slug }) => slug)
}

export interface AnswerRow {
  pointId: string
  vector: number
  vectorName: string
  expected: boolean
  decision: boolean | null
  error: string | null
  milliseconds: number | null
}

/** Keeps the answers of a run and ends it. */
export async function finishRun(db: Db, runId: string, answers: readonly AnswerRow[], now: Date): Promise<void> {
  await db.prisma.parityAnswer.createMany({ data: answers.map((answer) => ({ runId, ...answer })) })
  await db.prisma.parityRun.update({ where: { id: runId }, data: { state: 'finished', finishedAt: now } })
}

/** Keeps that points have shown by their answers that they enforce a contract. */
export async function attestByParity(
  db: Db,
  shown: { toolId: string; contractId: string; at: Date; note: string },
  points: readonly { pointId: string; id: string }[],
): Promise<void> {
  await db.prisma.attestation.createMany({
    data: points.map((point) => ({ ...point, ...shown, receivedAt: shown.at, source: 'parity', by: 'Parity run' })),
  })
}
