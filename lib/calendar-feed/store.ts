import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'

const noteEveryMs = 3_600_000

/** The feed of a person; null when they have none. */
export async function findFeed(db: Db, personId: string) {
  return await db.prisma.calendarFeed.findUnique({
    where: { personId },
    select: { createdAt: true, lastReadAt: true },
  })
}

/** Gives a person a feed under a new address; an earlier one holds no more. */
export async function putFeed(db: Db, personId: string, tokenHash: string, now: Date): Promise<void> {
  const data = { tokenHash, createdAt: now, lastReadAt: null }
  await db.prisma.calendarFeed.upsert({ where: { personId }, create: { personId, ...data }, update: data })
}

/** Takes the feed of a person away; whether there was one. */
export async function removeFeed(db: Db, personId: string): Promise<boolean> {
  const { count } = await db.prisma.calendarFeed.deleteMany({ where: { personId } })
  return count > 0
}

/** Whose feed this is; null when it is nobody's any more. Notes now and then that it is read. */
export async function readerOf(db: Db, tokenHash: string, now: Date) {
  const feed = await db.prisma.calendarFeed.findUnique({ where: { tokenHash } })
  const person =
    feed &&
    (await db.prisma.person.findUnique({
      where: { id: feed.personId },
      select: { id: true, status: true, timeZone: true },
    }))
  if (person?.status !== 'active') return null
  const before = new Date(now.getTime() - noteEveryMs)
  await db.execute(sql`
    UPDATE calendar_feed SET last_read_at = ${now} WHERE person_id = ${person.id}::uuid
      AND (last_read_at IS NULL OR last_read_at < ${before})`)
  return person
}

const remediationsMax = 200

/** What is to be seen to by somebody, the soonest first. */
export async function openRemediationsOf(db: Db, personId: string) {
  return await db.prisma.remediation.findMany({
    where: { assigneeId: personId, state: { in: ['open', 'reopened'] } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
    take: remediationsMax,
    select: { id: true, bindingSlug: true, dueAt: true },
  })
}
