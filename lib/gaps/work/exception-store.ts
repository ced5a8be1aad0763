import 'server-only'
import type { Actor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import { findRule } from '../rules'
import { mayDecide, mayWithdraw, type StandingException, standingOf } from './exception-states'
import type { ExceptionStanding, GapException } from './model'

export interface ExceptionFilter {
  state?: readonly ExceptionStanding[] | undefined
  rule?: readonly string[] | undefined
  /** In force, and running out before this. */
  expiresBefore?: Date | undefined
  id?: string
}

type ExceptionRow = Omit<GapException, 'title' | 'state' | 'expires' | 'askedAt' | 'decidedAt' | 'can'> &
  StandingException & { createdAt: Date; decidedAt: Date | null; rank: number; key: number }

/** Waiting ones first, then in force by expiry, then what is over, the newest first. */
const rank = (
  now: Date,
): Sql => sql`(CASE WHEN x.state = 'asked' THEN 0 WHEN x.state = 'approved' AND x.expires > ${now} THEN 1
  WHEN x.state = 'approved' THEN 2 ELSE 3 END)`
const key = (now: Date): Sql =>
  sql`((CASE WHEN ${rank(now)} < 2 THEN 1 ELSE -1 END) * extract(epoch FROM x.expires) * 1000)::bigint`

function inStanding(standing: ExceptionStanding, now: Date): Sql {
  switch (standing) {
    case 'in_force':
      return sql`(x.state = 'approved' AND x.expires > ${now})`
    case 'expired':
      return sql`(x.state = 'approved' AND x.expires <= ${now})`
    default:
      return sql`x.state = ${standing}::exception_state`
  }
}

function conditionsOf({ state, rule, expiresBefore, id }: ExceptionFilter, now: Date): Sql[] {
  const conditions: Sql[] = []
  if (id) conditions.push(sql`x.id = ${id}::uuid`)
  if (state) {
    const any = state.map((standing) => inStanding(standing, now))
    conditions.push(any.reduce((all, next) => sql`${all} OR ${next}`, sql`FALSE`))
  }
  if (rule) conditions.push(sql`x.rule = ANY(${rule}::text[])`)
  if (expiresBefore) conditions.push(sql`${inStanding('in_force', now)} AND x.expires < ${expiresBefore}`)
  return conditions.map((condition) => sql`(${condition})`)
}

/** A page of exceptions, those that wait for a decision first. */
export async function findExceptions(
  db: Db,
  filter: ExceptionFilter,
  take: number,
  start: CursorKey | null,
  reader: { actor: Actor; now: Date },
): Promise<{ row: GapException; key: CursorKey }[]> {
  const { now } = reader
  const order = sql`${rank(now)}, ${key(now)}, x.id`
  const after = start
    ? sql`(${order}) > (${start[0] ?? null}::int, ${start[1] ?? null}::bigint, ${start[2] ?? null}::uuid)`
    : sql`TRUE`
  const rows = await db.query<ExceptionRow>(sql`
    SELECT x.id, x.rule, json_build_object('type', x.subject_type, 'slug', x.subject) AS subject, x.layer, x.reason, x.state,
      x.expires, x.asked_by_id AS "askedById", x.asked_by AS "askedBy", x.created_at AS "createdAt",
      x.decided_by AS "decidedBy", x.decided_at AS "decidedAt", x.decision_note AS "decisionNote", x.version,
      (SELECT json_build_object('slug', slug, 'name', name) FROM enforcement_point WHERE id = x.point_id) AS point,
      (SELECT g.id FROM gap g WHERE ${covers} ORDER BY g.state = 'resolved', g.severity DESC, g.id LIMIT 1) AS gap,
      ${rank(now)} AS rank, ${key(now)}::float8 AS key
    FROM gap_exception x WHERE ${and([...conditionsOf(filter, now), after])} ORDER BY ${order} LIMIT ${take}`)
  return rows.map((row) => ({ row: exceptionOf(row, reader), key: [row.rank, row.key, row.id] }))
}

/** The exception `x` covers the gap `g`. */
const covers = sql`g.subject_type = x.subject_type AND g.subject_id = x.subject_id AND g.rule = x.rule
  AND (x.layer IS NULL OR x.layer = g.layer) AND (x.point_id IS NULL OR x.point_id = g.point_id)`

function exceptionOf(row: ExceptionRow, { actor, now }: { actor: Actor; now: Date }): GapException {
  const { rank: _rank, key: _key, askedById: _asker, createdAt, state: _state, ...rest } = row
  return {
    ...rest,
    title: findRule(row.rule)?.title ?? row.rule,
    state: standingOf(row, now),
    expires: row.expires.toISOString(),
    askedAt: createdAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    can: { decide: mayDecide(row, actor, now), withdraw: mayWithdraw(row, actor, now) },
  }
}

/** Of these gaps those that an exception covers which is asked for or in force, each with what that is. */
export async function coveredAlready(
  db: Db,
  gapIds: readonly string[],
  now: Date,
): Promise<{ gap: string; state: 'asked' | 'approved' }[]> {
  return await db.query(sql`
    SELECT g.id AS gap, x.state FROM gap g JOIN gap_exception x ON ${covers}
    WHERE g.id = ANY(${gapIds}::uuid[]) AND (x.state = 'asked' OR (x.state = 'approved' AND x.expires > ${now}))
    ORDER BY g.id LIMIT 1`)
}

/** The gaps that an exception covers, unless they are resolved. */
export async function gapsCovered(db: Db, exceptionId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    SELECT g.id FROM gap_exception x JOIN gap g ON ${covers}
    WHERE x.id = ${exceptionId}::uuid AND g.state <> 'resolved' ORDER BY g.id`)
  return rows.map(({ id }) => id)
}
