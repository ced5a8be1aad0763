import 'server-only'
import type { Db } from '@/lib/db/client'
import type { CampaignTemplate, Prisma } from '@/lib/db/generated/client'
import { sql } from '@/lib/db/sql'
import { firstFree } from '@/lib/registry/slug'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { type CampaignTrigger, type Definition, definitionSchema, type Schedule, scheduleSchema } from '../model'
import type { NextLaunch } from './next-launch'

/** A template that launches by itself, with its definition and schedule read. */
export type ScheduledTemplate = Omit<CampaignTemplate, 'definition' | 'schedule'> & {
  definition: Definition
  schedule: Schedule
}

const read = (row: CampaignTemplate): ScheduledTemplate => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
  schedule: scheduleSchema.parse(row.schedule),
})

/** The templates whose day has come, and those that were never planned, the longest waiting first. */
export async function findDue(db: Db, now: Date, limit: number): Promise<{ id: string }[]> {
  return await db.prisma.campaignTemplate.findMany({
    where: {
      enabled: true,
      launch: { in: ['recurring', 'cadence'] },
      OR: [{ nextAt: null }, { nextAt: { lte: now } }],
    },
    orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
    take: limit,
  })
}

/** The enabled templates that launch on events. */
export async function findOnEvents(db: Db): Promise<ScheduledTemplate[]> {
  const rows = await db.prisma.campaignTemplate.findMany({
    where: { enabled: true, launch: 'event' },
    orderBy: { id: 'asc' },
  })
  return rows.map(read)
}

/** The template, nobody else launching from it until the end of the transaction; null when somebody does already, or it is gone or switched off. */
export async function lockTemplate(db: Db, id: string): Promise<ScheduledTemplate | null> {
  const locked = await db.query(sql`
    SELECT FROM campaign_template WHERE id = ${id}::uuid AND enabled AND launch <> 'hand' FOR UPDATE SKIP LOCKED`)
  if (locked.length === 0) return null
  return read(await db.prisma.campaignTemplate.findUniqueOrThrow({ where: { id } }))
}

/** Notes when the template launches next. It is no edit: whoever has the template open may still save. */
export async function planNext(db: Db, id: string, { on, at }: NextLaunch): Promise<void> {
  await db.prisma.campaignTemplate.update({ where: { id }, data: { nextOn: new Date(on), nextAt: at } })
}

/** The occurrence that comes next of those that share a key: the first has the key's own name. */
export async function nextPart(db: Db, templateId: string, key: string): Promise<string> {
  const parts = await db.prisma.campaign.count({
    where: { templateId, OR: [{ occurrence: key }, { occurrence: { startsWith: `${key}/` } }] },
  })
  return parts === 0 ? key : `${key}/${parts + 1}`
}

/** Whether a campaign is being launched about things that nobody can name yet. One that does not get on is not waited for. */
export async function isLaunching(db: Db): Promise<boolean> {
  const [row] = await db.query<{ launching: boolean }>(sql`
    SELECT EXISTS (
      SELECT FROM campaign WHERE state = 'launching' AND trouble IS NULL AND NOT definition ? 'only'
    ) AS launching`)
  return row?.launching ?? false
}

interface Launched {
  /** The day in its name. */
  day: string
  occurrence: string
  trigger: CampaignTrigger
  definition: Definition
  because: string | null
}

/** Starts a campaign of the template: the job that launches does the rest. Null when this occurrence was launched already. */
export async function insertLaunching(
  { db, now, newId, actor }: UseCaseContext,
  template: ScheduledTemplate,
  { day, occurrence, trigger, definition, because }: Launched,
): Promise<{ id: string; slug: string; name: string } | null> {
  const { id: templateId, description, kind, ownerId } = template
  if (await db.prisma.campaign.findUnique({ where: { templateId_occurrence: { templateId, occurrence } } })) return null
  const owner = ownerId === null ? null : await db.prisma.account.findUnique({ where: { id: ownerId } })
  const base = `${template.slug}-${day}`
  const taken = await db.query<{ slug: string }>(sql`SELECT slug FROM campaign WHERE starts_with(slug, ${base})`)
  return await db.prisma.campaign.create({
    data: {
      id: newId(),
      slug: firstFree(base, new Set(taken.map(({ slug }) => slug))),
      name: `${template.name}, ${day}`,
      description,
      kind,
      state: 'launching',
      trigger,
      because,
      definition: definition satisfies Prisma.InputJsonValue,
      templateId,
      occurrence,
      ownerId: owner?.id ?? null,
      ownerName: owner?.name ?? 'Nobody',
      startsAt: now,
      createdAt: now,
      createdBy: actor.name,
      updatedAt: now,
    },
    select: { id: true, slug: true, name: true },
  })
}
