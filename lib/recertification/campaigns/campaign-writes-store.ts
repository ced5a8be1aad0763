import 'server-only'
import { toJson } from '@/lib/audit/model'
import type { Prisma } from '@/lib/db/generated/client'
import { sql } from '@/lib/db/sql'
import { firstFree, slugBase } from '@/lib/registry/slug'
import type { UseCaseContext } from '@/lib/use-cases/define'
import type { CampaignState, Definition } from '../model'

/** Last parts of addresses that belong to pages. */
const reservedSlugs = ['new', 'templates']

/** A definition as a JSON column takes it. */
export const definitionJson = (definition: Definition) => toJson(definition) as Prisma.InputJsonValue

/**
 * The slug of a new campaign or template, made of its name. Those who make one take turns until the end of their
 * transactions, so that two of one name cannot take the same.
 */
export async function claimCampaignSlug(
  { db }: UseCaseContext,
  of: 'campaign' | 'template',
  name: string,
): Promise<string> {
  await db.query(sql`SELECT pg_advisory_xact_lock(hashtext('pentarch.campaign_slugs'))::text`)
  const base = slugBase(name, of)
  const table = of === 'campaign' ? sql`campaign` : sql`campaign_template`
  const taken = await db.query<{ slug: string }>(
    sql`SELECT slug FROM ${table} WHERE slug = ${base} OR starts_with(slug, ${`${base}-`})`,
  )
  return firstFree(base, new Set([...reservedSlugs, ...taken.map(({ slug }) => slug)]))
}

/** An account that owns campaigns or templates. */
export interface OwningAccount {
  id: string | null
  name: string
}

interface NewCampaign {
  slug: string
  name: string
  description: string
  definition: Definition
  templateId: string | null
  owner: OwningAccount
}

/** Puts a draft down. */
export async function insertDraft(context: UseCaseContext, campaign: NewCampaign): Promise<string> {
  const { db, actor, now, newId } = context
  const { slug, name, description, definition, templateId, owner } = campaign
  const id = newId()
  await db.prisma.campaign.create({
    data: {
      ...{ id, slug, name, description, kind: definition.kind, definition: definitionJson(definition), templateId },
      ...{ ownerId: owner.id, ownerName: owner.name, createdAt: now, createdBy: actor.name, updatedAt: now },
    },
  })
  return id
}

interface CampaignEdit {
  name?: string | undefined
  description?: string | undefined
  definition?: Definition | undefined
  owner?: OwningAccount | undefined
}

/** Writes an edit of a campaign that was not launched yet. */
export async function updateDraft({ db, now }: UseCaseContext, id: string, edit: CampaignEdit): Promise<void> {
  const { name, description, definition, owner } = edit
  await db.prisma.campaign.update({
    where: { id },
    data: {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(definition && { definition: definitionJson(definition), kind: definition.kind }),
      ...(owner && { ownerId: owner.id, ownerName: owner.name }),
      version: { increment: 1 },
      updatedAt: now,
    },
  })
}

/** Moves a campaign before it runs. */
export async function moveCampaign(
  { db, now }: UseCaseContext,
  id: string,
  state: CampaignState,
  startsAt: Date | null,
): Promise<void> {
  await db.prisma.campaign.update({
    where: { id },
    data: { state, startsAt, trouble: null, version: { increment: 1 }, updatedAt: now },
  })
}

/** Throws a campaign away that was never launched. */
export async function deleteDraft({ db }: UseCaseContext, id: string): Promise<void> {
  await db.prisma.campaign.delete({ where: { id } })
}

/** The account of a person; null when the person has none that is active. */
export async function accountOfPerson({ db }: UseCaseContext, externalId: string): Promise<OwningAccount | null> {
  return await db.prisma.account.findFirst({
    where: { status: 'active', person: { externalId } },
    select: { id: true, name: true },
  })
}
