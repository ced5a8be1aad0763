import { v7 } from 'uuid'
import { systemActor } from '@/lib/access/model'
import { gapUseCases } from '@/lib/gaps/service'
import { runUseCase } from '@/lib/use-cases/run'
import type { Job } from './job'

/** Lets time do its work: certifications run out, proposals stay without an answer, assignments begin and end. */
export const evaluateGapsJob: Job = {
  name: 'gaps.evaluate',
  schedule: '*/5 * * * *',
  atStart: true,
  secondsMax: 300,
  async handle({ database, now, runId }) {
    const run = { database, actor: systemActor('scheduler'), now, newId: v7, requestId: runId }
    await runUseCase(gapUseCases['gaps.evaluate'], {}, run)
  },
}
