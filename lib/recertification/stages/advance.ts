import 'server-only'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { policyOf } from '@/lib/settings/store'
import { refusalOf } from '@/lib/use-cases/database-errors'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import { campaignById } from '../campaign-store'
import { closeSettled, endDueStage, escalate, passOnLeavers } from './commands'
import { dueSteps } from './escalate'
import { itemsEscalated } from './escalation-store'
import { hasLeavers, stageOf } from './stage-store'

/** What moving campaigns on works with. */
export interface Advancing {
  database: Database
  /** Stands as the request id of what it writes. */
  requestId: string
  clock: () => Date
}

type Step = typeof passOnLeavers | typeof escalate | typeof endDueStage | typeof closeSettled

/** Takes a step, unless another instance or a person was quicker. */
async function take(step: Step, id: string, { database, requestId, clock }: Advancing): Promise<void> {
  const run = { database, actor: systemActor('campaigns'), now: clock(), newId: v7, requestId }
  await runUseCase(step, { id }, run).catch((error: unknown) => {
    const refusal = refusalOf(error)
    if (!(refusal instanceof DomainError) || refusal.code !== 'wrong_state') throw error
  })
}

/**
 * Moves a running campaign on as far as its time has come: what leavers had, escalation, the end of its stage. Each step
 * looks first without holding anything, then holds the campaign and looks again, so that it happens once.
 */
export async function advanceCampaign(id: string, advancing: Advancing): Promise<void> {
  const { database, clock } = advancing
  const campaign = await lookAt(database, id)
  if (!campaign) return
  const { stage, definition } = campaign
  if (await hasLeavers(database, id, stage.number)) await take(passOnLeavers, id, advancing)
  if (stage.endsAt <= clock()) return await take(endDueStage, id, advancing)
  const { timeZone } = (await policyOf(database)).reviews
  const due = dueSteps(definition?.escalation ?? [], { startedAt: stage.startedAt, now: clock(), timeZone })
  for (const { number } of due) {
    const waiting = await itemsEscalated(database, id, stage.number, number - 1)
    if (waiting.length > 0) return await take(escalate, id, advancing)
  }
}

async function lookAt(database: Database, id: string) {
  const campaign = await campaignById(database, id)
  if (campaign.state !== 'running') return null
  const stage = await stageOf(database, id, campaign.stage)
  return stage && { stage, definition: campaign.definition.stages[campaign.stage - 1] }
}

/** Begins to close a campaign whose challenge period is over. */
export async function closeSettledCampaign(id: string, advancing: Advancing): Promise<void> {
  await take(closeSettled, id, advancing)
}
