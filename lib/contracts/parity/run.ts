import 'server-only'
import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import type { Answer } from '@/lib/integrations/authzen/model'
import { type AskOptions, askPoint } from '@/lib/integrations/authzen/point'
import { outboundSettingsOf } from '@/lib/outbound/store'
import { credentialOf } from '@/lib/registry/points/credential'
import { UnsealError } from '@/lib/secrets/seal'
import { runUseCase } from '@/lib/use-cases/run'
import type { DecisionVector } from '../model'
import { runMsMax } from './outcome'
import { recordRun } from './service'
import { type AskablePoint, pointsOf, runToAsk } from './store'

interface Asked {
  database: Database
  /** Stands as the request id of what the run writes. */
  requestId: string
  clock: () => Date
}

/**
 * Puts the questions of a run to its points, all points at once, and keeps the answers. The network is asked outside of
 * any transaction; a run that has ended meanwhile is left alone.
 */
export async function performRun(runId: string, { database, requestId, clock }: Asked): Promise<void> {
  const run = await runToAsk(database, runId)
  if (run?.state !== 'running') return
  const [points, { allowedNetworks }] = await Promise.all([
    pointsOf(database, run.toolId),
    outboundSettingsOf(database),
  ])
  const options = { allowedNetworks, signal: AbortSignal.timeout(runMsMax) }
  const answered = await Promise.all(
    points.flatMap((point) => {
      const { id, slug, decisionEndpoint } = point
      if (decisionEndpoint === null) return []
      const asking = answersOf(point, decisionEndpoint, run.vectors, options)
      return [asking.then((answers) => ({ pointId: id, pointSlug: slug, answers }))]
    }),
  )
  const actor = systemActor('parity run')
  const kept = { id: runId, points: answered }
  await runUseCase(recordRun, kept, { database, actor, now: clock(), newId: v7, requestId })
}

async function answersOf(
  point: AskablePoint,
  address: string,
  vectors: readonly DecisionVector[],
  options: AskOptions,
): Promise<Answer[]> {
  const questions = vectors.map(({ name: _, decision: __, ...question }) => question)
  try {
    return await askPoint({ address, credential: credentialOf(point) }, questions, options)
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error
    return vectors.map(() => ({ decision: null, error: error.message, milliseconds: null }))
  }
}
