import type { Db } from '@/lib/db/client'
import { and, join, type Sql, sql } from '@/lib/db/sql'
import type { CursorKey } from '@/lib/http/cursor'
import type { ActorKind, AuditFilter } from './filter'
import type { Door, Json } from './model'

/** One event, or in a history one record that it changed. */
export interface EventRow {
  id: string
  sequence: number
  /** The change of the event that the row shows; 0 for the event as a whole. */
  change: number
  at: string
  actorKind: ActorKind
  actorId: string | null
  actorName: string | null
  action: string
  subjectType: string
  subjectId: string
  before: Json
  after: Json
  reason: string | null
  requestId: string
  door: Door | null
}

/** What narrows a list, its thing looked up already: null where it has a history by its subject alone. */
export interface FoundFilter extends Omit<AuditFilter, 'about'> {
  thing?: string
}

const isoMs = (column: Sql) => sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Personal values stand apart from an event; what was erased shows as the commitment to it. */
const actorName = sql`coalesce(e.actor_name, audit_opened_text(e.id, e.actor_name_committed))`
const reason = sql`coalesce(e.reason, audit_opened_text(e.id, e.reason_committed))`
const opened = (value: Sql) => sql`audit_opened(e.id, ${value})`

const common = sql`e.id::text, e.sequence::float8, ${isoMs(sql`e.at`)} AS at, e.actor_kind::text AS "actorKind",
  e.actor_id::text AS "actorId", ${actorName} AS "actorName", e.action, ${reason} AS reason, e.request_id AS "requestId", e.door::text`

const whole = sql`${common}, 0 AS change, e.subject_type AS "subjectType", e.subject_id AS "subjectId",
  ${opened(sql`e.before`)} AS before, ${opened(sql`e.after`)} AS after`

/** Events about a thing, one row for each of their changes: of `audit_about` a, the change where there is one, else the event itself. */
export const eventsAbout = {
  from: sql`audit_about a JOIN audit_event e ON e.sequence = a.sequence
    LEFT JOIN audit_change c ON c.event_id = e.id AND c.id = a.change_id`,
  subjectType: sql`coalesce(c.subject_type, e.subject_type)`,
  subjectId: sql`coalesce(c.subject_id::text, e.subject_id)`,
  before: opened(sql`CASE WHEN c.id IS NULL THEN e.before ELSE c.before END`),
  after: opened(sql`CASE WHEN c.id IS NULL THEN e.after ELSE c.after END`),
}

const single = sql`${common}, a.change_id::float8 AS change, ${eventsAbout.subjectType} AS "subjectType",
  ${eventsAbout.subjectId} AS "subjectId", ${eventsAbout.before} AS before, ${eventsAbout.after} AS after`

function actionCondition(actions: readonly string[]): Sql {
  const groups = actions.filter((action) => action.endsWith('.*')).map((action) => action.slice(0, -2))
  const exact = actions.filter((action) => !action.endsWith('.*'))
  const conditions = [
    ...(groups.length > 0 ? [anyOf(sql`split_part(e.action, '.', 1)`, groups, sql`text`)] : []),
    ...(exact.length > 0 ? [anyOf(sql`e.action`, exact, sql`text`)] : []),
  ]
  return sql`(${join(conditions, ' OR ')})`
}

/** One value is compared by itself: only then is an index on it also in the order of the list. */
const anyOf = (column: Sql, values: readonly string[], type: Sql): Sql =>
  values.length === 1 ? sql`${column} = ${values[0]}::${type}` : sql`${column} = ANY(${[...values]}::${type}[])`

function doorCondition(named: readonly string[]): Sql {
  const known = named.filter((door) => door !== 'unknown')
  const conditions = [
    ...(known.length > 0 ? [anyOf(sql`e.door`, known, sql`audit_door`)] : []),
    ...(known.length < named.length ? [sql`e.door IS NULL`] : []),
  ]
  return sql`(${join(conditions, ' OR ')})`
}

/** The name of a part of Pentarch itself stands in the clear; people are found by their accounts. */
const actorCondition = (actor: string): Sql =>
  uuidPattern.test(actor)
    ? sql`e.actor_id = ${actor}::uuid`
    : sql`e.actor_kind = 'system'::actor_kind AND e.actor_name = ${actor}`

/** What narrows events `e`; the time is that of `by`, which in a history is a column of its index. */
export function conditionsOf(filter: FoundFilter, by: Sql): Sql[] {
  const { actor, actorKind, action, subjectType, subjectId, door, from, until, requestId, after } = filter
  return [
    ...(actor === undefined ? [] : [actorCondition(actor)]),
    ...(actorKind?.length ? [anyOf(sql`e.actor_kind`, actorKind, sql`actor_kind`)] : []),
    ...(action?.length ? [actionCondition(action)] : []),
    ...(subjectType === undefined ? [] : [sql`e.subject_type = ${subjectType}`]),
    ...(subjectId === undefined ? [] : [sql`e.subject_id = ${subjectId}`]),
    ...(door?.length ? [doorCondition(door)] : []),
    ...(from === undefined ? [] : [sql`${by}.at >= ${from}::timestamptz`]),
    ...(until === undefined ? [] : [sql`${by}.at < ${until}::timestamptz`]),
    ...(requestId === undefined ? [] : [sql`e.request_id = ${requestId}`]),
    ...(after === undefined ? [] : [sql`e.sequence > ${after}`]),
  ]
}

interface PageWanted {
  start: CursorKey | null
  /** The oldest first. */
  ascending: boolean
  limit: number
}

/** Events in the order of their time, and within one instant in that of their recording. */
export async function findEvents(db: Db, filter: FoundFilter, page: PageWanted): Promise<EventRow[]> {
  return filter.thing === undefined
    ? await findInLog(db, filter, page)
    : await findAbout(db, filter, filter.thing, page)
}

async function findInLog(db: Db, filter: FoundFilter, { start, ascending, limit }: PageWanted): Promise<EventRow[]> {
  const conditions = conditionsOf(filter, sql`e`)
  if (start) {
    const [at, sequence] = [sql`${start[0]}::timestamptz`, sql`${start[1]}::bigint`]
    conditions.push(
      ascending ? sql`(e.at, e.sequence) > (${at}, ${sequence})` : sql`(e.at, e.sequence) < (${at}, ${sequence})`,
    )
  }
  const order = ascending ? sql`e.at, e.sequence` : sql`e.at DESC, e.sequence DESC`
  return await db.query<EventRow>(sql`SELECT ${whole} FROM (
    SELECT * FROM audit_event e WHERE ${and(conditions)} ORDER BY ${order} LIMIT ${limit}) AS e ORDER BY ${order}`)
}

async function findAbout(
  db: Db,
  filter: FoundFilter,
  thing: string,
  { start, ascending, limit }: PageWanted,
): Promise<EventRow[]> {
  const conditions = [sql`a.thing_id = ${thing}::uuid`, ...conditionsOf(filter, sql`a`)]
  if (start) {
    const key = sql`(${start[0]}::timestamptz, ${start[1]}::bigint, ${start[2]}::bigint)`
    conditions.push(
      ascending ? sql`(a.at, a.sequence, a.change_id) > ${key}` : sql`(a.at, a.sequence, a.change_id) < ${key}`,
    )
  }
  const order = ascending ? sql`a.at, a.sequence, a.change_id` : sql`a.at DESC, a.sequence DESC, a.change_id DESC`
  return await db.query<EventRow>(sql`
    SELECT ${single} FROM ${eventsAbout.from}
    WHERE ${and(conditions)} ORDER BY ${order} LIMIT ${limit}`)
}

/** How many events there are, counted no further than `max`. */
export async function countEvents(db: Db, filter: FoundFilter, max: number): Promise<number> {
  const { thing } = filter
  const selection =
    thing === undefined
      ? sql`SELECT FROM audit_event e WHERE ${and(conditionsOf(filter, sql`e`))}`
      : sql`SELECT FROM audit_about a JOIN audit_event e ON e.sequence = a.sequence
          WHERE ${and([sql`a.thing_id = ${thing}::uuid`, ...conditionsOf(filter, sql`a`)])}`
  const [row] = await db.query<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM (${selection} LIMIT ${max}) AS counted`,
  )
  return row?.count ?? 0
}

/** One event with the first of the records that it changed. */
export async function findEvent(
  db: Db,
  id: string,
  changesMax: number,
): Promise<{ event: EventRow; changes: EventRow[] } | null> {
  const [event] = await db.query<EventRow>(sql`SELECT ${whole} FROM audit_event e WHERE e.id = ${id}::uuid`)
  if (!event) return null
  const changes = await db.query<EventRow>(sql`
    SELECT ${common}, c.id::float8 AS change, c.subject_type AS "subjectType", c.subject_id::text AS "subjectId",
      ${opened(sql`c.before`)} AS before, ${opened(sql`c.after`)} AS after
    FROM audit_event e JOIN audit_change c ON c.event_id = e.id
    WHERE e.id = ${id}::uuid ORDER BY c.id LIMIT ${changesMax}`)
  return { event, changes }
}

/** Accounts by a part of their name, for whoever looks for what somebody did. */
export async function findAccounts(db: Db, pattern: string, limit: number): Promise<{ id: string; name: string }[]> {
  return await db.query(sql`
    SELECT id::text, name FROM account WHERE name ILIKE ${pattern} ORDER BY name, id LIMIT ${limit}`)
}
