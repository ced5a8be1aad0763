import 'server-only'
import { openEvents } from '@/lib/audit/opening-store'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { lockCampaign, type StoredCampaign } from '../campaign-store'
import type { CampaignState } from '../model'
import { exactInstant } from './words'

/** A campaign while its items are decided on: it stays where it is until the end of the transaction. */
export interface HeldCampaign {
  campaign: StoredCampaign
  stage: { number: number; name: string; dueOn: string } | null
  /** Why nothing can be decided any more, in words; null while it runs. */
  over: string | null
}

/**
 * Holds the campaigns of these items and then the items themselves, in the order of ids, for deciding on them: campaigns
 * stay where they are, items are nobody else's until the end of the transaction. Ids of no item are left out.
 */
export async function holdItems(db: Db, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, HeldCampaign>> {
  const campaigns = await db.query<{ id: string }>(
    sql`SELECT DISTINCT campaign_id::text AS id FROM review_item WHERE id = ANY(${ids}::uuid[]) ORDER BY 1`,
  )
  const held = new Map<string, HeldCampaign>()
  for (const { id } of campaigns) held.set(id, await holdCampaign(db, id, now))
  await db.query(sql`SELECT FROM review_item WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`)
  return held
}

async function holdCampaign(db: Db, id: string, now: Date): Promise<HeldCampaign> {
  const campaign = await lockCampaign(db, id, 'decisions')
  const stage = await db.prisma.campaignStage.findUnique({
    where: { campaignId_number: { campaignId: id, number: campaign.stage } },
  })
  return {
    campaign,
    stage: stage && {
      number: stage.number,
      name: campaign.definition.stages[stage.number - 1]?.name ?? `Stage ${stage.number}`,
      dueOn: stage.dueOn.toISOString().slice(0, 10),
    },
    over: await overBecause(db, campaign, stage, now),
  }
}

const ended: Record<CampaignState, string> = {
  draft: 'has not been started',
  scheduled: 'has not been started',
  launching: 'is still being launched',
  running: 'is running',
  settled: 'is over',
  closing: 'is being closed',
  closed: 'was closed',
  stopped: 'was stopped',
}

/** Why a campaign takes no decisions: since when, and by whose doing. Null when it does. */
export async function overBecause(
  db: Db,
  campaign: Pick<StoredCampaign, 'id' | 'name' | 'state' | 'endedAt' | 'endedReason'>,
  stage: { endsAt: Date; endedAt: Date | null } | null,
  now: Date,
): Promise<string | null> {
  const { name, state, endedReason } = campaign
  if (state === 'running') {
    // Ending the stage is for a job that comes round each minute; the time is over when it is over.
    if (!stage || stage.endsAt > now) return null
    return `The time to answer in “${name}” ended at ${exactInstant(stage.endsAt)}.`
  }
  const at = campaign.endedAt ?? stage?.endedAt ?? null
  if (!at) return `“${name}” ${ended[state]}.`
  const by = await actorAt(db, campaign.id, at)
  const why = endedReason ? `: ${endedReason}` : ''
  return `“${name}” ${ended[state]}, since ${exactInstant(at)}${by ? `, by ${by}` : ''}${why}.`
}

/** Who did what happened to a campaign at this very instant, by the audit log. */
async function actorAt(db: Db, campaignId: string, at: Date): Promise<string | null> {
  const event = await db.prisma.auditEvent.findFirst({
    where: { subjectType: 'campaign', subjectId: campaignId, at },
    orderBy: { sequence: 'desc' },
  })
  const [opened] = await openEvents(db, event ? [event] : [])
  return opened?.actorName ?? null
}
