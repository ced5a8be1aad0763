import 'server-only'
import type { Db } from '@/lib/db/client'
import { definitionSchema } from '../model'

/** The campaign of an item and the stage the item is in, to look at. */
export async function campaignOfItem(db: Db, campaignId: string, stageNumber: number) {
  const [row, stage] = await Promise.all([
    db.prisma.campaign.findUniqueOrThrow({ where: { id: campaignId } }),
    db.prisma.campaignStage.findUnique({ where: { campaignId_number: { campaignId, number: stageNumber } } }),
  ])
  return { campaign: { ...row, definition: definitionSchema.parse(row.definition) }, stage }
}
