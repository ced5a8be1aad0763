import type { Db } from '@/lib/db/client'
import { isoOf } from '@/lib/registry/shapes'
import { policyOf } from '@/lib/settings/store'
import { dayIn } from '@/lib/time/calendar'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { notFound } from '@/lib/use-cases/errors'
import { getCampaign } from '../campaign-store'
import { runMoves } from '../stages/can'
import { earlyMoves } from './can'
import { describeRow } from './list-store'
import { outcomesOf } from './progress'
import { relativesOf, stagesOf } from './relatives-store'
import type { CampaignDetail } from './shapes'

/** Everything about a campaign that its page and the command line show. @throws DomainError `not_found`. */
export async function describeCampaign({ db, actor }: UseCaseContext, slug: string): Promise<CampaignDetail> {
  const campaign = await getCampaign(db, slug)
  const [row, relatives, stages] = await describeBeside(db, campaign.id)
  if (!row) throw notFound(`The campaign "${slug}"`)
  const { counts, ...shown } = row
  const { timeZone } = (await policyOf(db)).reviews
  const { startsAt, challengeEndsAt } = campaign
  const { description, definition, endedReason, attestation, signedBy, version, createdBy } = campaign
  return {
    ...shown,
    ...{ description, definition, endedReason, attestation, signedBy, version, createdBy },
    startsOn: startsAt && dayIn(startsAt, timeZone),
    // The period ends with its last day: at the first instant of the next.
    contestableUntil: challengeEndsAt && dayIn(new Date(challengeEndsAt.getTime() - 1), timeZone),
    ...relatives,
    outcomes: outcomesOf(counts),
    stageRuns: stages.map(({ number, startedAt, dueOn, endsAt, extended, endedAt }) => ({
      number,
      name: definition.stages[number - 1]?.name ?? `Stage ${number}`,
      startedAt: startedAt.toISOString(),
      dueOn: dueOn.toISOString().slice(0, 10),
      endsAt: endsAt.toISOString(),
      extended,
      endedAt: isoOf(endedAt),
    })),
    picturedAt: isoOf(campaign.picturedAt),
    can: { ...earlyMoves(campaign.state, actor), ...runMoves(campaign, actor) },
    updatedAt: campaign.updatedAt.toISOString(),
  }
}

const describeBeside = (db: Db, id: string) => Promise.all([describeRow(db, id), relativesOf(db, id), stagesOf(db, id)])
