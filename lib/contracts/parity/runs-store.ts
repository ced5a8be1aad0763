import 'server-only'
import type { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byId, cappedCount, seek } from '@/lib/registry/filters'
import { pointRef } from '@/lib/registry/refs-sql'
import { bounded, isoOf, nestedMax } from '@/lib/registry/shapes'
import { parseLimits } from './limits'
import type { listRunsInput, RunDetail, RunRow, ToolParity } from './model'
import { outcomeOf, tallyOf } from './outcome'
import { pointsOf } from './store'

interface StoredRun extends Omit<RunRow, 'startedAt' | 'finishedAt'> {
  startedAt: Date
  finishedAt: Date | null
}

const runColumns: Sql = sql`
  r.id, jsonb_build_object('version', c.version, 'digest', c.digest) AS contract, r.state, r.trigger, r.by,
  r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.failure,
  (SELECT jsonb_build_object(
      'agrees', count(*) FILTER (WHERE n.decision = n.expected),
      'disagrees', count(*) FILTER (WHERE n.decision <> n.expected),
      'no_answer', count(*) FILTER (WHERE n.decision IS NULL))
    FROM parity_answer n WHERE n.run_id = r.id) AS answers,
  (SELECT count(DISTINCT n.point_id)::int FROM parity_answer n WHERE n.run_id = r.id) AS points`

const shown = (run: StoredRun): RunRow => ({
  ...run,
  startedAt: run.startedAt.toISOString(),
  finishedAt: isoOf(run.finishedAt),
})

/** A page of a tool's runs, newest first. */
export async function findRuns(db: Db, toolId: string, { cursor, limit }: z.output<typeof listRunsInput>) {
  const list = listName('parity', { toolId })
  const byStart = { column: sql`r.started_at`, value: (part: string | number | null) => sql`${part}::timestamptz` }
  const { after, orderBy } = seek([byStart, byId(sql`r.id`)], true, startOf(list, cursor))
  const rows = await db.query<StoredRun>(sql`
    SELECT ${runColumns} FROM parity_run r JOIN contract c ON c.id = r.contract_id
    WHERE r.tool_id = ${toolId}::uuid AND ${after} ORDER BY ${orderBy} LIMIT ${limit + 1}`)
  return cutPage(list, rows.map(shown), limit, (run) => [run.startedAt, run.id])
}

/** A run with all its answers; null when there is none. */
export async function describeRun(db: Db, id: string): Promise<RunDetail | null> {
  const [found] = await db.query<StoredRun & { toolId: string }>(sql`
    SELECT ${runColumns}, r.tool_id AS "toolId" FROM parity_run r JOIN contract c ON c.id = r.contract_id
    WHERE r.id = ${id}::uuid`)
  if (!found) return null
  const { toolId, ...run } = found
  const [tool, answers, contract, onPath] = await Promise.all([
    db.prisma.tool.findUniqueOrThrow({
      where: { id: toolId },
      select: { id: true, slug: true, name: true, kind: true, lifecycle: true },
    }),
    db.prisma.parityAnswer.findMany({
      where: { runId: id },
      orderBy: [{ vector: 'asc' }, { pointId: 'asc' }],
      include: { point: { select: { id: true, slug: true, name: true, kind: true } } },
    }),
    db.prisma.contract.findFirst({ where: { parityRuns: { some: { id } } }, select: { limits: true } }),
    pointsOf(db, toolId),
  ])
  const place = new Map(onPath.map((point, index) => [point.id, index]))
  const placeOf = (pointId: string) => place.get(pointId) ?? onPath.length
  const asked = [...new Map(answers.map(({ point }) => [point.id, point])).values()].sort(
    (one, other) => placeOf(one.id) - placeOf(other.id) || one.slug.localeCompare(other.slug),
  )
  const questions = parseLimits(contract?.limits).vectors ?? []
  const rows = new Map<number, typeof answers>()
  for (const answer of answers) rows.set(answer.vector, [...(rows.get(answer.vector) ?? []), answer])
  const vectors = [...rows].map(([vector, given]) => {
    const { vectorName, expected } = given[0] ?? { vectorName: '', expected: false }
    const source = questions[vector]
    const { name, decision: _, ...question } = source ?? { name: null, decision: null }
    return {
      vector,
      name: vectorName,
      expected,
      // An imported run knows the name alone; the contract tells what was asked when it still says the same.
      question: source && name === vectorName && 'subject' in question ? question : null,
      answers: asked.map((point) => {
        const answer = given.find(({ pointId }) => pointId === point.id)
        if (!answer) return null
        const { decision, error, milliseconds } = answer
        return { decision, error, milliseconds, outcome: outcomeOf(answer) }
      }),
    }
  })
  return {
    ...shown(run),
    tool,
    asked: asked.map((point) => ({
      ...point,
      answers: tallyOf(answers.filter(({ pointId }) => pointId === point.id)),
    })),
    vectors,
  }
}

/** The newest run of a tool that has ended. */
export async function latestEnded(db: Db, toolId: string): Promise<string | null> {
  const run = await db.prisma.parityRun.findFirst({
    where: { toolId, state: { not: 'running' } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  return run?.id ?? null
}

/** Logged decisions that contradict the contract in force, newest first, and how many were held against it at all. */
export async function contradictionsOf(
  db: Db,
  toolId: string,
): Promise<Pick<ToolParity, 'contradictions' | 'samples'>> {
  type Row = Omit<ToolParity['contradictions']['rows'][number], 'decidedAt'> & { decidedAt: Date }
  const [rows, [counted]] = await Promise.all([
    db.query<Row>(sql`
      SELECT x.id, ${pointRef(sql`e`)} AS point,
        CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('slug', a.slug, 'name', a.name) END AS agent,
        x.decision, x.decided_at AS "decidedAt", x.source, x.contradiction, x.request
      FROM decision_sample x JOIN contract c ON c.id = x.contract_id AND c.state = 'in_force'
      JOIN enforcement_point e ON e.id = x.point_id LEFT JOIN agent a ON a.id = x.agent_id
      WHERE x.tool_id = ${toolId}::uuid AND x.contradiction IS NOT NULL
      ORDER BY x.decided_at DESC, x.id DESC LIMIT ${nestedMax + 1}`),
    db.query<{ samples: number }>(sql`
      SELECT ${cappedCount(sql`SELECT 1 FROM decision_sample WHERE tool_id = ${toolId}::uuid`)} AS samples`),
  ])
  const told = rows.map((row) => ({ ...row, decidedAt: row.decidedAt.toISOString() }))
  return { contradictions: bounded(told), samples: counted?.samples ?? 0 }
}
