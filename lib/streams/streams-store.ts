import 'server-only'
import type { Db } from '@/lib/db/client'
import type { EventStream } from '@/lib/db/generated/client'
import { sql } from '@/lib/db/sql'
import { nextAttemptAt } from './states'

export type StoredStream = EventStream

/** How far a stream is behind is counted up to here. */
export const lagMax = 10_000

export const findStreams = async (db: Db): Promise<StoredStream[]> =>
  await db.prisma.eventStream.findMany({ orderBy: { slug: 'asc' } })

/** Streams with their lag: how many items they have not delivered, at most `lagMax` + 1. */
export async function lagOf(db: Db, position: bigint): Promise<number> {
  const [row] = await db.query<{ lag: number }>(sql`
    SELECT (SELECT count(*)::int FROM (
        SELECT 1 FROM event_stream_item WHERE position > ${position} LIMIT ${lagMax + 1}) behind)
      + (SELECT count(*)::int FROM (SELECT 1 FROM event_stream_pending LIMIT ${lagMax + 1}) pending) AS lag`)
  return Math.min(row?.lag ?? 0, lagMax + 1)
}

/** Those that have something to do now: not paused, and not waiting for another try. */
export async function streamsToServe(db: Db, now: Date): Promise<StoredStream[]> {
  return await db.prisma.eventStream.findMany({
    where: { paused: false, OR: [{ nextAttemptAt: null }, { nextAttemptAt: { lte: now } }] },
    orderBy: { slug: 'asc' },
  })
}

/**
 * Moves a stream on to where it has delivered. False when it is not where the caller found it any more: another
 * instance has taken over, or it was paused or removed.
 */
export async function moveOn(db: Db, id: string, from: bigint, to: bigint, now: Date): Promise<boolean> {
  const { count } = await db.prisma.eventStream.updateMany({
    where: { id, position: from, paused: false },
    data: { position: to, deliveredAt: now, attempts: 0, nextAttemptAt: null, error: null },
  })
  return count === 1
}

/** Notes why a batch did not arrive, and when it is tried again. */
export async function noteFailure(db: Db, { id, position, attempts }: StoredStream, error: string, now: Date) {
  await db.prisma.eventStream.updateMany({
    where: { id, position },
    data: { attempts: attempts + 1, nextAttemptAt: nextAttemptAt(attempts + 1, now), error },
  })
}
