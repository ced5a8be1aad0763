import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import type { Db } from '@/lib/db/client'
import { gapsAreRight } from '@/lib/gaps/reevaluate'
import { gapUseCases } from '@/lib/gaps/service'
import { anyExpired } from '@/lib/ownership/expire-store'
import { cellsAreRight } from '@/lib/ownership/store'
import { runUseCase } from '@/lib/use-cases/run'
import type { Job } from './job'

/**
 * Lets time do its work: certifications run out, proposals stay without an answer, assignments begin and end.
 * It first looks, on a snapshot and in nobody's way, whether there is any; mostly there is none, and nothing is written.
 */
export const evaluateGapsJob: Job = {
  name: 'gaps.evaluate',
  schedule: '*/5 * * * *',
  atStart: true,
  secondsMax: 300,
  async handle({ database, now, runId }) {
    if (await database.snapshot((db) => isSettled(db, now))) return
    const run = { database, actor: systemActor('scheduler'), now, newId: v7, requestId: runId }
    await runUseCase(gapUseCases['gaps.evaluate'], {}, run)
  },
}

async function isSettled(db: Db, now: Date): Promise<boolean> {
  return !(await anyExpired(db, now)) && (await cellsAreRight(db, now)) && (await gapsAreRight(db, now))
}
