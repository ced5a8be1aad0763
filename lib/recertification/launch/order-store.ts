import 'server-only'
import type { Db } from '@/lib/db/client'
import type { StoredCampaign } from '../campaign-store'
import type { Definition } from '../model'
import { personOfAccount } from '../people-store'
import type { FinderOrder } from './finders-store'

/** The campaign whose silent reviewers are asked again; null for others. */
export const silentIn = ({ trigger, parentId }: Pick<StoredCampaign, 'trigger' | 'parentId'>): string | null =>
  trigger === 'reiteration' ? parentId : null

/** Who is tried in which order in the first stage of a definition. */
export function orderOf({ stages }: Definition, ownerPersonId: string | null, silent: string | null): FinderOrder {
  const [stage] = stages
  const strategies = stage ? [stage.reviewers, ...stage.fallbacks] : []
  return { strategies, fallbacksFrom: 1, ownerPersonId, silentIn: silent }
}

/** Who is tried in which order in the first stage of a campaign. */
export async function firstOrderOf(db: Db, campaign: StoredCampaign): Promise<FinderOrder> {
  return orderOf(campaign.definition, await personOfAccount(db, campaign.ownerId), silentIn(campaign))
}

/** The id of a person by their external id; null when there is none. */
export async function personNamed(db: Db, externalId: string): Promise<string | null> {
  const person = await db.prisma.person.findUnique({ where: { externalId }, select: { id: true } })
  return person?.id ?? null
}
