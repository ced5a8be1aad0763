import 'server-only'
import type { Db } from '@/lib/db/client'
import type { ExportSchedule, ExportScheduleRun } from '@/lib/db/generated/client'
import { sql } from '@/lib/db/sql'
import { type Plan, planSchema } from './plan'
import { nextRun, retryAt } from './when'

export type StoredSchedule = ExportSchedule
export type StoredScheduleRun = ExportScheduleRun

/** A run that was taken so long ago belongs to a process that is gone. */
const takenMsMax = 30 * 60_000
const runsKept = 200
const dueMax = 50

export const planOf = ({ plan }: StoredSchedule): Plan => planSchema.parse(plan)

export async function findSchedules(db: Db) {
  return await db.prisma.exportSchedule.findMany({
    orderBy: { slug: 'asc' },
    include: { runs: { orderBy: { id: 'desc' }, take: 1 } },
  })
}

/** The runs of a schedule, newest first. */
export async function findScheduleRuns(db: Db, scheduleId: string, limit: number): Promise<StoredScheduleRun[]> {
  return await db.prisma.exportScheduleRun.findMany({ where: { scheduleId }, orderBy: { id: 'desc' }, take: limit })
}

/** Queues a run. */
export async function queueRun(
  db: Db,
  { id, scheduleId, dueAt, now }: { id: string; scheduleId: string; dueAt: Date; now: Date },
) {
  await db.prisma.exportScheduleRun.create({ data: { id, scheduleId, dueAt, nextAttemptAt: now } })
  await db.execute(sql`
    DELETE FROM export_schedule_run WHERE schedule_id = ${scheduleId}::uuid AND state IN ('done', 'failed') AND id < (
      SELECT id FROM export_schedule_run WHERE schedule_id = ${scheduleId}::uuid
      ORDER BY id DESC OFFSET ${runsKept} LIMIT 1)`)
}

/** Queues what is due, each once however many instances look: whoever moves the next time on queues the run. */
export async function queueDue(db: Db, now: Date, newId: () => string): Promise<void> {
  const due = await db.prisma.exportSchedule.findMany({
    where: { paused: false, nextAt: { lte: now } },
    orderBy: { nextAt: 'asc' },
    take: dueMax,
  })
  for (const schedule of due) {
    const { count } = await db.prisma.exportSchedule.updateMany({
      where: { id: schedule.id, nextAt: schedule.nextAt },
      data: { nextAt: nextRun(planOf(schedule), now) },
    })
    if (count === 1) await queueRun(db, { id: newId(), scheduleId: schedule.id, dueAt: schedule.nextAt, now })
  }
}

/** Takes the run that waits longest, so that no other instance does; one that a process left unfinished comes again. */
export async function claimScheduledRun(
  db: Db,
  now: Date,
): Promise<(StoredScheduleRun & { schedule: StoredSchedule }) | null> {
  const [claimed] = await db.query<{ id: string }>(sql`
    UPDATE export_schedule_run SET state = 'running', started_at = ${now}, attempts = attempts + 1
    WHERE id = (
      SELECT id FROM export_schedule_run
      WHERE (state = 'queued' AND next_attempt_at <= ${now})
        OR (state = 'running' AND started_at < ${new Date(now.getTime() - takenMsMax)})
      ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id::text`)
  if (!claimed) return null
  return await db.prisma.exportScheduleRun.findUniqueOrThrow({ where: { id: claimed.id }, include: { schedule: true } })
}

/** What came of a run that went well. */
export interface Outcome {
  rows: number
  bytes: number
  sha256: string
  place: string
}

export async function finishScheduledRun(db: Db, id: string, { rows, bytes, sha256, place }: Outcome, now: Date) {
  await db.prisma.exportScheduleRun.updateMany({
    where: { id, state: 'running' },
    data: { state: 'done', rows, bytes, sha256, place, problem: null, finishedAt: now },
  })
}

/** Notes why a run did not go well; `again` says whether trying again may help. */
export async function failScheduledRun(db: Db, run: StoredScheduleRun, problem: string, again: boolean, now: Date) {
  const nextAttemptAt = again ? retryAt(run.attempts, now) : null
  await db.prisma.exportScheduleRun.updateMany({
    where: { id: run.id, state: 'running' },
    data: nextAttemptAt ? { state: 'queued', nextAttemptAt, problem } : { state: 'failed', problem, finishedAt: now },
  })
}
