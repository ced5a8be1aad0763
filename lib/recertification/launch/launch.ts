import 'server-only'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import { refusalOf } from '@/lib/use-cases/database-errors'
import { DomainError } from '@/lib/use-cases/errors'
import { runUseCase } from '@/lib/use-cases/run'
import { askNext, campaignsDue, takePicture } from './launch-store'
import { beginLaunch, finishLaunch, giveUpLaunch } from './service'

/** What a launch works with. */
export interface Launching {
  database: Database
  /** Stands as the request id of what it writes. */
  requestId: string
  clock: () => Date
  /** Whether to leave the rest to the next run. */
  isLate: () => boolean
  /** How many items are asked about in one transaction; by default as many as is quick. */
  batch?: number
}

const nothingThere = 'Nothing matched its scope when it was to be launched. Widen the scope and start it again.'

const runOf = ({ database, requestId, clock }: Launching) => ({
  database,
  actor: systemActor('campaigns'),
  now: clock(),
  newId: v7,
  requestId,
})

/** Whether the work was done; false when another instance was quicker, or somebody stopped the campaign meanwhile. */
async function unlessOvertaken(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal instanceof DomainError && (refusal.code === 'wrong_state' || refusal.code === 'conflict')) return false
    throw error
  }
}

/** Starts the scheduled campaigns whose time has come. */
export async function beginDue(launching: Launching): Promise<void> {
  for (const id of await campaignsDue(launching.database, launching.clock()))
    await unlessOvertaken(runUseCase(beginLaunch, { id }, runOf(launching)))
}

/**
 * Launches a campaign, or goes on where a launch was cut off: the picture in one transaction, then batch by batch whom
 * to ask, then the first stage. Several instances may do so at once: each step holds the campaign and looks again.
 */
export async function launchCampaign(id: string, launching: Launching): Promise<void> {
  const { database, clock, isLate, batch } = launching
  const pictured = await takePicture(database, id, clock()).catch((error: unknown) => {
    // Another instance moved the campaign between the snapshot and the lock: the next run sees what it did.
    const refusal = refusalOf(error)
    if (refusal instanceof DomainError && refusal.code === 'conflict') return 'not_launching' as const
    throw error
  })
  if (pictured === 'empty') {
    await unlessOvertaken(runUseCase(giveUpLaunch, { id, trouble: nothingThere }, runOf(launching)))
    return
  }
  if (pictured === 'not_launching') return
  let step = 'asked'
  while (step === 'asked') {
    if (isLate()) return
    step = await askNext(database, id, clock(), batch)
  }
  if (step === 'all_asked') await unlessOvertaken(runUseCase(finishLaunch, { id }, runOf(launching)))
}
