import 'server-only'
import type { Db } from '@/lib/db/client'
import type { Campaign } from '@/lib/db/generated/client'
import { sql } from '@/lib/db/sql'
import { notFound } from '@/lib/use-cases/errors'
import { type Definition, definitionSchema } from './model'

/** A campaign as it is kept, with its definition read. */
export type StoredCampaign = Omit<Campaign, 'definition'> & { definition: Definition }

/** A row of campaign with its definition read. */
export const readCampaign = (row: Campaign): StoredCampaign => ({
  ...row,
  definition: definitionSchema.parse(row.definition),
})

/** The campaign of this slug. @throws DomainError `not_found` */
export async function getCampaign(db: Db, slug: string): Promise<StoredCampaign> {
  const row = await db.prisma.campaign.findUnique({ where: { slug } })
  if (!row) throw notFound(`The campaign "${slug}"`)
  return readCampaign(row)
}

/** The campaign of this id, as it is at this moment. @throws DomainError `not_found` */
export async function campaignById(db: Db, id: string): Promise<StoredCampaign> {
  const row = await db.prisma.campaign.findUnique({ where: { id } })
  if (!row) throw notFound('The campaign')
  return readCampaign(row)
}

/**
 * The campaign of this id, nobody else moving it until the end of the transaction. For `decisions` it lets others decide
 * at the same time and only keeps the campaign where it is.
 * @throws DomainError `not_found`
 */
export async function lockCampaign(
  db: Db,
  id: string,
  purpose: 'move' | 'decisions' = 'move',
): Promise<StoredCampaign> {
  // Read only after the lock is had: what was read before it may be over.
  if (purpose === 'move') await db.query(sql`SELECT FROM campaign WHERE id = ${id}::uuid FOR UPDATE`)
  else await db.query(sql`SELECT FROM campaign WHERE id = ${id}::uuid FOR SHARE`)
  return await campaignById(db, id)
}
