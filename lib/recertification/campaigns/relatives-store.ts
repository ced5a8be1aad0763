import 'server-only'
import type { Db } from '@/lib/db/client'

const iterationsMax = 50
const named = { slug: true, name: true } as const

/** The campaign that one follows up on, and those that follow up on it, the oldest first. */
export async function relativesOf(db: Db, id: string) {
  const found = await db.prisma.campaign.findUnique({
    where: { id },
    select: {
      parent: { select: named },
      iterations: { select: { ...named, state: true }, orderBy: [{ createdAt: 'asc' }], take: iterationsMax },
    },
  })
  return { parent: found?.parent ?? null, iterations: found?.iterations ?? [] }
}

/** The stages that a campaign has begun, in order. */
export async function stagesOf(db: Db, campaignId: string) {
  return await db.prisma.campaignStage.findMany({ where: { campaignId }, orderBy: { number: 'asc' } })
}
