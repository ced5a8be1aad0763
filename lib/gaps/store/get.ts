import 'server-only'
import type { Actor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { controlsOf } from '@/lib/standards/controls'
import { notFound } from '@/lib/use-cases/errors'
import { findRule } from '../rules'
import { type GapDetail, gapNestedMax } from '../shapes'
import { mayWorkOn } from '../work/may'
import { standingOn } from '../work/standing-store'
import { type GapColumns, gapColumns, gapRowOf } from './list'

/** Everything the page of a gap shows to this actor. @throws DomainError `not_found`. */
export async function getGap(db: Db, id: string, actor: Actor, now: Date): Promise<GapDetail> {
  const [found] = await db.query<GapColumns & { resolvedAt: Date | null; version: number; dueByHand: boolean }>(
    sql`SELECT ${gapColumns(now)}, g.resolved_at AS "resolvedAt", g.version, g.due_by_hand AS "dueByHand"
      FROM gap g WHERE g.id = ${id}::uuid`,
  )
  if (!found) throw notFound('The gap')
  const { resolvedAt, version, dueByHand, ...columns } = found
  const rule = findRule(found.rule)
  const [bindings, history, standing] = await Promise.all([
    affectedBindings(db, id),
    eventsOf(db, id),
    standingOn(db, [id], actor),
  ])
  return {
    ...gapRowOf(columns),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    version,
    dueByHand,
    can: mayWorkOn(actor, standing.has(id)),
    when: rule?.when ?? '',
    why: rule?.why ?? '',
    fix: rule?.fix ?? '',
    controls: controlsOf(found.rule),
    bindings,
    history,
  }
}

async function affectedBindings(db: Db, gapId: string): Promise<GapDetail['bindings']> {
  const rows = await db.query<GapDetail['bindings']['rows'][number]>(sql`
    SELECT b.id, b.slug, b.environment, b.state, b.risk,
      json_build_object('slug', a.slug, 'name', a.name) AS agent, json_build_object('slug', t.slug, 'name', t.name) AS tool
    FROM gap_binding x JOIN binding b ON b.id = x.binding_id JOIN agent a ON a.id = b.agent_id JOIN tool t ON t.id = b.tool_id
    WHERE x.gap_id = ${gapId}::uuid ORDER BY b.risk DESC, b.slug LIMIT ${gapNestedMax + 1}`)
  return { rows: rows.slice(0, gapNestedMax), more: rows.length > gapNestedMax }
}

async function eventsOf(db: Db, gapId: string): Promise<GapDetail['history']> {
  const events = await db.prisma.gapEvent.findMany({
    where: { gapId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: gapNestedMax,
  })
  return events.map(({ at, fromState, toState, actor, note }) => ({
    at: at.toISOString(),
    from: fromState,
    to: toState,
    actor,
    note,
  }))
}
