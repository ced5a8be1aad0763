import 'server-only'
import type { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import type { Db } from '@/lib/db/client'
import { type CampaignTemplate, Prisma } from '@/lib/db/generated/client'
import { and, type Sql, sql } from '@/lib/db/sql'
import { cutPage, listName, startOf } from '@/lib/http/page'
import { byId, byText, containing, seek } from '@/lib/registry/filters'
import { personRef } from '@/lib/registry/refs-sql'
import { isoOf } from '@/lib/registry/shapes'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { type Definition, definitionSchema, type Schedule, scheduleSchema } from '../../model'
import type { NextLaunch } from '../../schedules/next-launch'
import { definitionJson, type OwningAccount } from '../campaign-writes-store'
import type { listTemplatesInput, TemplateRow } from './model'

/** A template as it is kept, with its definition and schedule read. */
export type StoredTemplate = Omit<CampaignTemplate, 'definition' | 'schedule'> & {
  definition: Definition
  schedule: Schedule | null
}

const read = (row: CampaignTemplate): StoredTemplate => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
  schedule: scheduleSchema.nullable().parse(row.schedule),
})

/** The template of this slug. @throws DomainError `not_found` */
export async function templateCalled(db: Db, slug: string): Promise<StoredTemplate> {
  const row = await db.prisma.campaignTemplate.findUnique({ where: { slug } })
  if (!row) throw notFound(`The template "${slug}"`)
  return read(row)
}

/** As `templateCalled`, nobody else changing it or launching from it until the end of the transaction. */
export async function lockTemplateCalled(db: Db, slug: string): Promise<StoredTemplate> {
  await db.query(sql`SELECT FROM campaign_template WHERE slug = ${slug} FOR UPDATE`)
  return await templateCalled(db, slug)
}

function conditionsOf({ q, kind, launch }: z.output<typeof listTemplatesInput>): Sql[] {
  const conditions: Sql[] = []
  if (q) conditions.push(sql`(t.name ILIKE ${containing(q)} OR t.slug ILIKE ${containing(q)})`)
  if (kind) conditions.push(sql`t.kind = ANY(${kind}::campaign_kind[])`)
  if (launch) conditions.push(sql`t.launch = ANY(${launch}::campaign_launch[])`)
  return conditions
}

type Row = Omit<TemplateRow, 'nextAt' | 'updatedAt'> & { nextAt: Date | null; updatedAt: Date }

const columns = sql`
  t.id, t.slug, t.name, t.description, t.kind, t.launch, t.schedule, t.enabled, t.next_on::text AS "nextOn",
  t.next_at AS "nextAt", CASE WHEN o.id IS NOT NULL THEN
    jsonb_build_object('name', o.name, 'person', ${personRef(sql`p`)}) END AS owner,
  (SELECT count(*)::int FROM campaign c WHERE c.template_id = t.id) AS campaigns, t.updated_at AS "updatedAt"`
const from = sql`
  campaign_template t LEFT JOIN account o ON o.id = t.owner_id LEFT JOIN person p ON p.id = o.person_id`

const rowOf = (row: Row): TemplateRow => ({
  ...row,
  nextAt: isoOf(row.nextAt),
  updatedAt: row.updatedAt.toISOString(),
})

/** A page of templates by name. */
export async function findTemplates(db: Db, input: z.output<typeof listTemplatesInput>) {
  const { cursor, limit, ...filter } = input
  const list = listName('campaign-templates', filter)
  const { after, orderBy } = seek([byText(sql`t.name`), byId(sql`t.id`)], false, startOf(list, cursor))
  const rows = await db.query<Row>(sql`
    SELECT ${columns} FROM ${from}
    WHERE ${and([...conditionsOf(input), after])} ORDER BY ${orderBy} LIMIT ${limit + 1}`)
  return cutPage(list, rows.map(rowOf), limit, (row) => [row.name, row.id])
}

/** What the list shows of one template. */
export async function describeTemplateRow(db: Db, id: string): Promise<TemplateRow | null> {
  const [row] = await db.query<Row>(sql`SELECT ${columns} FROM ${from} WHERE t.id = ${id}::uuid`)
  return row ? rowOf(row) : null
}

interface TemplateFields {
  name: string
  description: string
  definition: Definition
  schedule: Schedule | null
  enabled: boolean
  owner: OwningAccount
  next: NextLaunch | null
}

const scheduleData = ({ schedule, next }: Pick<TemplateFields, 'schedule' | 'next'>) => ({
  launch: schedule?.launch ?? ('hand' as const),
  schedule: schedule === null ? Prisma.DbNull : (toJson(schedule) as Prisma.InputJsonValue),
  nextOn: next && new Date(next.on),
  nextAt: next?.at ?? null,
})

export async function insertTemplate(
  { db, now, newId }: UseCaseContext,
  slug: string,
  fields: TemplateFields,
): Promise<string> {
  const id = newId()
  const { name, description, definition, enabled, owner } = fields
  await db.prisma.campaignTemplate.create({
    data: {
      ...{ id, slug, name, description, kind: definition.kind, definition: definitionJson(definition), enabled },
      ...{ ...scheduleData(fields), ownerId: owner.id, createdAt: now, updatedAt: now },
    },
  })
  return id
}

/** Writes all fields of an edited template. */
export async function updateTemplateRow(
  { db, now }: UseCaseContext,
  id: string,
  { owner, ...fields }: Omit<TemplateFields, 'owner'> & { owner: OwningAccount | undefined },
): Promise<void> {
  const { name, description, definition, enabled } = fields
  await db.prisma.campaignTemplate.update({
    where: { id },
    data: {
      ...{ name, description, kind: definition.kind, definition: definitionJson(definition), enabled },
      ...{ ...scheduleData(fields), ...(owner && { ownerId: owner.id }), version: { increment: 1 }, updatedAt: now },
    },
  })
}

/** Removes a template. Campaigns made from it stay, and no longer name it. */
export async function deleteTemplate({ db }: UseCaseContext, id: string): Promise<void> {
  await db.prisma.campaignTemplate.delete({ where: { id } })
}
