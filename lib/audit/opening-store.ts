import { randomBytes } from 'node:crypto'
import { Prisma } from '@/lib/db/generated/client'
import type { Reader } from '@/lib/db/reading'
import { type Sql, sql } from '@/lib/db/sql'
import { isCommitted, saltBytes } from '@/lib/transparency/committed'
import type { Json } from './model'
import type { KeptOpening, NewSalt } from './personal'

/** A salt that nobody can guess. */
export const randomSalt: NewSalt = () => randomBytes(saltBytes)

/** Keeps what opens the commitments of an event: a part of the statement that writes them. */
export const insertOpenings = (eventId: string, openings: readonly KeptOpening[]): Sql => sql`
  INSERT INTO audit_opening (event_id, digest, pointer, salt, value)
  SELECT ${eventId}::uuid, o.digest, o.pointer, decode(o.salt, 'hex'), to_jsonb(o.value)
  FROM jsonb_to_recordset(${JSON.stringify(openings)}::jsonb) AS o(digest text, pointer text, salt text, value text)`

/** What is shown for a name that was erased. */
export const erased = '(erased)'

/**
 * The columns of `audit_event` as people read them, personal values opened, for an event under this alias. A name that
 * was erased is `(erased)`, an erased reason is null; in `before` and `after` the commitment is left.
 */
export function openedColumns(alias: string): Record<'actorName' | 'reason' | 'before' | 'after', Sql> {
  const e = Prisma.raw(alias)
  return {
    actorName: sql`COALESCE(${e}.actor_name, audit_opened_text(${e}.id, ${e}.actor_name_committed), ${erased})`,
    reason: sql`audit_opened_text(${e}.id, ${e}.reason_committed)`,
    before: sql`audit_opened(${e}.id, ${e}.before)`,
    after: sql`audit_opened(${e}.id, ${e}.after)`,
  }
}

interface Hidden {
  id: string
  actorName: string | null
  actorNameCommitted: string | null
  reasonCommitted: string | null
  before: Prisma.JsonValue
  after: Prisma.JsonValue
}

/** What an event holds once it is opened. */
interface Opened {
  actorName: string
  reason: string | null
  before: Json
  after: Json
}

/** A value with its commitments opened, null for those that were erased. */
function withOpened(value: Prisma.JsonValue, opened: ReadonlyMap<string, Json>): Json {
  if (isCommitted(value)) return opened.get(value.$committed) ?? null
  if (Array.isArray(value)) return value.map((each) => withOpened(each, opened))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withOpened(each ?? null, opened)]))
}

/** Events with the personal values that stand apart from them; what was erased is null, a name `(erased)`. */
export async function openEvents<Event extends Hidden>(
  db: Reader,
  events: readonly Event[],
): Promise<(Omit<Event, keyof Opened> & Opened)[]> {
  const ids = events.map(({ id }) => id)
  const openings =
    ids.length === 0
      ? []
      : await db.query<{ digest: string; value: Json }>(
          sql`SELECT digest, value FROM audit_opening WHERE event_id = ANY(${ids}::uuid[])`,
        )
  const opened = new Map(openings.map(({ digest, value }) => [digest, value]))
  const textOf = (digest: string | null) => {
    const value = digest === null ? undefined : opened.get(digest)
    return typeof value === 'string' ? value : null
  }
  return events.map((event) => ({
    ...event,
    actorName: event.actorName ?? textOf(event.actorNameCommitted) ?? erased,
    reason: textOf(event.reasonCommitted),
    before: withOpened(event.before, opened),
    after: withOpened(event.after, opened),
  }))
}
