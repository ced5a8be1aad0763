import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import type { TestRegistry } from '@/lib/registry/testing'
import { type Outcome, outcomes } from '../model'
import { runningCampaign, type SmallEstate } from '../testing'
import { closeCampaign } from './close-campaign'

/** What was decided about an item. */
export interface Verdict {
  outcome: Outcome
  comment?: string
  toTeamId?: string
  toPersonId?: string
}

/** A campaign about the estate's bindings that has ended with these outcomes, in their order, and is to be applied. */
export async function closingCampaign(registry: TestRegistry, estate: SmallEstate, verdicts: readonly Verdict[]) {
  const campaign = await runningCampaign(registry, estate)
  await decideAll(registry, campaign, verdicts, estate.people.ana)
  return campaign
}

/** Has `reviewer` answer the items of a running campaign in their order, ends it, and begins to close it. */
export async function decideAll(
  { database, now }: TestRegistry,
  campaign: { id: string; items: readonly { id: string }[] },
  verdicts: readonly Verdict[],
  reviewer: { id: string },
): Promise<void> {
  const { prisma } = database
  const silence: Verdict = { outcome: 'no_response' }
  const decided = campaign.items.map(({ id }, index) => ({ ...(verdicts[index] ?? silence), id }))
  await prisma.reviewDecision.createMany({
    data: decided.flatMap(({ id, outcome, comment, toTeamId, toPersonId }) =>
      outcome === 'no_response'
        ? []
        : [
            {
              id: v7(),
              campaignId: campaign.id,
              itemId: id,
              stage: 1,
              personId: reviewer.id,
              personName: 'ana',
              verdict: outcome,
              comment: comment ?? null,
              toTeamId: toTeamId ?? null,
              toPersonId: toPersonId ?? null,
              at: now(),
              batchId: v7(),
              batchSize: 1,
              seen: {},
            },
          ],
    ),
  })
  for (const outcome of outcomes) {
    const ids = decided.filter((each) => each.outcome === outcome).map(({ id }) => id)
    await prisma.reviewItem.updateMany({ where: { id: { in: ids } }, data: { state: 'settled', outcome } })
  }
  await prisma.campaign.update({ where: { id: campaign.id }, data: { state: 'closing' } })
}

/** Applies a campaign to its end, so many items a transaction. */
export async function closeWhole({ database, now }: TestRegistry, id: string, batch?: number): Promise<void> {
  const closing = { database, requestId: 'test', clock: now, isLate: () => false }
  await closeCampaign(id, batch === undefined ? closing : { ...closing, batch })
}

/** Brings the gaps in line with time, as the job does every hour. */
export async function evaluateNow(database: Database, now: Date): Promise<void> {
  await database.transaction((db) =>
    evaluateEverything({ db, now, actor: systemActor('test'), newId: v7, requestId: 'test' }),
  )
}
