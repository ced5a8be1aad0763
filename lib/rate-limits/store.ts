import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { MinuteCount } from './counts'

/** Minutes that are kept beyond the present one. */
const keptMinutes = 5

/** Adds what one instance has counted to what all have, and answers with the totals. */
export async function addCounts(db: Db, counts: readonly MinuteCount[]): Promise<MinuteCount[]> {
  if (counts.length === 0) return []
  // In one order, so that two instances never wait for each other's rows.
  const sorted = counts.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const keys = sorted.map(({ key }) => key)
  const minutes = sorted.map(({ minute }) => minute)
  const requests = sorted.map((count) => count.requests)
  return await db.query<MinuteCount>(sql`
    INSERT INTO request_count AS counted (key, minute, requests)
    SELECT * FROM unnest(${keys}::text[], ${minutes}::int[], ${requests}::int[])
    ON CONFLICT (key, minute) DO UPDATE SET requests = counted.requests + excluded.requests
    RETURNING key, minute, requests`)
}

/** Takes away minutes that are over. */
export async function sweepCounts(db: Db, minute: number): Promise<void> {
  await db.execute(sql`DELETE FROM request_count WHERE minute < ${minute - keptMinutes}`)
}
