import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

/** Ends the assignments whose time has run out: they supply nothing any more, and now say so. Returns how many. */
export async function endExpired(db: Db, now: Date): Promise<number> {
  return await db.execute(sql`
    UPDATE assignment SET state = 'ended', version = version + 1
    WHERE state IN ('proposed', 'accepted') AND valid_to <= ${now}`)
}
