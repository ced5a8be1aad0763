import 'server-only'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { runUseCase } from '@/lib/use-cases/run'
import { applyDecisions } from './apply'

/** How a campaign is applied. */
export interface Closing {
  database: Database
  /** Stands as the request id of what is written. */
  requestId: string
  clock: () => Date
  /** Whether it has to end soon; the rest waits for the next time. */
  isLate: () => boolean
  /** Most items a transaction. */
  batch?: number
}

/** Applies a campaign that is being closed, batch after batch, until it is closed or the time is over. */
export async function closeCampaign(id: string, { database, requestId, clock, isLate, batch }: Closing): Promise<void> {
  const actor = systemActor('campaign closing')
  for (let isClosed = false; !isClosed && !isLate(); ) {
    const input = batch === undefined ? { id } : { id, limit: batch }
    const run = { database, actor, now: clock(), newId: v7, requestId }
    isClosed = (await runUseCase(applyDecisions, input, run)).isClosed
  }
}
