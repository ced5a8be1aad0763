import 'server-only'
import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { wakeJob } from '@/lib/jobs/wake'
import { slugSchema } from '@/lib/registry/model'
import { seal } from '@/lib/secrets/seal'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { formatFor } from '../file'
import { destinationSchema, scheduledRunStates, scheduledViewSchema } from './model'
import { planSchema } from './plan'
import { findScheduleRuns, findSchedules, planOf, queueRun, type StoredSchedule, type StoredScheduleRun } from './store'
import { nextRun } from './when'

/** The job that runs them. */
export const scheduledExportsJobName = 'exports.scheduled'
const schedulesMax = 50
const runsShown = 100

const instant = z.iso.datetime()

const runSchema = z.object({
  id: z.uuid(),
  dueAt: instant,
  state: z.enum(scheduledRunStates),
  attempts: z.number().int(),
  finishedAt: instant.nullable(),
  rows: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  place: z.string().nullable().describe('Where the file is'),
  problem: z.string().nullable().describe('Why the last try failed'),
})

const rowSchema = z.object({
  slug: z.string(),
  name: z.string(),
  view: scheduledViewSchema,
  plan: planSchema,
  destination: destinationSchema,
  note: z.string().nullable(),
  paused: z.boolean(),
  nextAt: instant,
  createdBy: z.string(),
  last: runSchema.nullable(),
})

const shownRun = (run: StoredScheduleRun): z.input<typeof runSchema> => ({
  id: run.id,
  dueAt: run.dueAt.toISOString(),
  state: run.state,
  attempts: run.attempts,
  finishedAt: run.finishedAt?.toISOString() ?? null,
  rows: run.rows,
  bytes: run.bytes === null ? null : Number(run.bytes),
  sha256: run.sha256,
  place: run.place,
  problem: run.problem,
})

function shown(schedule: StoredSchedule, last: StoredScheduleRun | undefined): z.input<typeof rowSchema> {
  const { slug, name, view, destination, note, paused, nextAt, createdBy } = schedule
  return {
    slug,
    name,
    view: scheduledViewSchema.parse(view),
    plan: planOf(schedule),
    destination: destinationSchema.parse(destination),
    note,
    paused,
    nextAt: nextAt.toISOString(),
    createdBy,
    last: last ? shownRun(last) : null,
  }
}

async function scheduleCalled({ db }: UseCaseContext, slug: string): Promise<StoredSchedule> {
  const schedule = await db.prisma.exportSchedule.findUnique({ where: { slug } })
  if (!schedule) throw notFound(`Scheduled export "${slug}"`)
  return schedule
}

const shownNow = async ({ db }: UseCaseContext, schedule: StoredSchedule) =>
  shown(schedule, (await findScheduleRuns(db, schedule.id, 1))[0])

const bySlug = z.strictObject({ slug: slugSchema })

const listSchedules = defineQuery({
  name: 'exportSchedules.list',
  summary: 'Scheduled exports: what goes where and when, and how the last run went',
  method: 'GET',
  path: '/export-schedules',
  alwaysPresent: true,
  input: z.strictObject({}),
  output: z.object({ rows: z.array(rowSchema) }),
  handler: async ({ db }) => ({
    rows: (await findSchedules(db)).map(({ runs, ...schedule }) => shown(schedule, runs[0])),
  }),
})

const listRuns = defineQuery({
  name: 'exportSchedules.runs',
  summary: 'The runs of a scheduled export, newest first',
  method: 'GET',
  path: '/export-schedules/{slug}/runs',
  alwaysPresent: true,
  input: bySlug,
  output: z.object({ rows: z.array(runSchema) }),
  async handler(context, { slug }) {
    const { id } = await scheduleCalled(context, slug)
    return { rows: (await findScheduleRuns(context.db, id, runsShown)).map(shownRun) }
  },
})

const createSchedule = defineCommand({
  name: 'exportSchedules.create',
  summary: 'Have an export made again and again, and taken to a folder or an S3-compatible bucket',
  method: 'POST',
  path: '/export-schedules',
  confidential: ['secretAccessKey'],
  reauthenticates: true,
  input: z.strictObject({
    slug: slugSchema.describe('Begins the names of its files'),
    name: z.string().trim().min(1).max(100),
    view: scheduledViewSchema,
    plan: planSchema,
    destination: destinationSchema,
    secretAccessKey: z.string().min(1).max(200).optional().describe('Of the access key for a bucket; kept sealed'),
    note: z.string().trim().max(1000).optional().describe('How long the files are kept there, and why'),
  }),
  output: rowSchema,
  async handler(context, { slug, name, view, plan, destination, secretAccessKey, note }) {
    const { db, now, actor } = context
    if (actor.id === null) throw new DomainError('forbidden', 'Scheduled exports belong to an account.')
    formatFor(view)
    // Two admins at once: the second waits, and then finds the first one's.
    await db.prisma.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('export schedules', 0))`
    const present = await findSchedules(db)
    if (present.some((schedule) => schedule.slug === slug))
      throw new DomainError('conflict', `There is a scheduled export "${slug}" already.`)
    if (present.length >= schedulesMax)
      throw new DomainError('refused', `There may be ${schedulesMax} scheduled exports.`)
    if ((destination.kind === 'bucket') !== (secretAccessKey !== undefined))
      throw new DomainError('invalid_input', 'secretAccessKey: A bucket needs one, and nothing else does.')
    const id = context.newId()
    const schedule = await db.prisma.exportSchedule.create({
      data: {
        id,
        slug,
        name,
        accountId: actor.id,
        view,
        plan,
        destination,
        secretSealed: secretAccessKey === undefined ? null : seal(secretAccessKey, id),
        note: note || null,
        nextAt: nextRun(plan, now),
        createdAt: now,
        createdBy: actor.name,
      },
    })
    return {
      output: shown(schedule, undefined),
      event: {
        subjectType: 'export_schedule',
        subjectId: id,
        after: toJson({ slug, name, view, plan, destination, note }),
      },
    }
  },
})

const pauseSchedule = defineCommand({
  name: 'exportSchedules.pause',
  summary: 'Pause a scheduled export, or let it go on with its next time',
  method: 'PUT',
  path: '/export-schedules/{slug}/pause',
  input: bySlug.extend({ paused: z.boolean() }),
  output: rowSchema,
  async handler(context, { slug, paused }) {
    const present = await scheduleCalled(context, slug)
    if (present.paused === paused)
      throw new DomainError('wrong_state', paused ? 'It is paused already.' : 'It is not paused.')
    const schedule = await context.db.prisma.exportSchedule.update({
      where: { id: present.id },
      data: { paused, nextAt: nextRun(planOf(present), context.now) },
    })
    return {
      output: await shownNow(context, schedule),
      event: {
        subjectType: 'export_schedule',
        subjectId: schedule.id,
        before: { slug, paused: !paused },
        after: { slug, paused },
      },
    }
  },
})

const runSchedule = defineCommand({
  name: 'exportSchedules.run',
  summary: 'Make a scheduled export now, besides its times',
  method: 'POST',
  path: '/export-schedules/{slug}/run',
  input: bySlug,
  output: rowSchema,
  async handler(context, { slug }) {
    const { db, now } = context
    const schedule = await scheduleCalled(context, slug)
    await queueRun(db, { id: context.newId(), scheduleId: schedule.id, dueAt: now, now })
    await wakeJob(db, scheduledExportsJobName)
    return {
      output: await shownNow(context, schedule),
      event: { subjectType: 'export_schedule', subjectId: schedule.id, after: { slug, ranAt: now.toISOString() } },
    }
  },
})

const removeSchedule = defineCommand({
  name: 'exportSchedules.remove',
  summary: 'Remove a scheduled export with the list of its runs; its files stay where they are',
  method: 'DELETE',
  path: '/export-schedules/{slug}',
  input: bySlug,
  output: z.object({ slug: z.string() }),
  async handler(context, { slug }) {
    const schedule = await scheduleCalled(context, slug)
    await context.db.prisma.exportSchedule.delete({ where: { id: schedule.id } })
    const { id, name, view, plan, destination } = schedule
    return {
      output: { slug },
      event: { subjectType: 'export_schedule', subjectId: id, before: toJson({ slug, name, view, plan, destination }) },
    }
  },
})

export const exportScheduleUseCases = {
  'exportSchedules.list': listSchedules,
  'exportSchedules.runs': listRuns,
  'exportSchedules.create': createSchedule,
  'exportSchedules.pause': pauseSchedule,
  'exportSchedules.run': runSchedule,
  'exportSchedules.remove': removeSchedule,
}
