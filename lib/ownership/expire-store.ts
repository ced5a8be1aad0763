import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

const expired = (now: Date) => sql`state IN ('proposed', 'accepted') AND valid_to <= ${now}`

/** Whether the time of an assignment has run out that does not say so yet. */
export async function anyExpired(db: Db, now: Date): Promise<boolean> {
  const [row] = await db.query<{ any: boolean }>(
    sql`SELECT EXISTS (SELECT FROM assignment WHERE ${expired(now)}) AS any`,
  )
  return row?.any ?? false
}

/** Ends the assignments whose time has run out: they supply nothing any more, and now say so. Returns how many. */
export async function endExpired(db: Db, now: Date): Promise<number> {
  return await db.execute(sql`
    UPDATE assignment SET state = 'ended', version = version + 1 WHERE ${expired(now)}`)
}
