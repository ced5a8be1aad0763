import 'server-only'
import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { pageOf } from '@/lib/http/page'
import { wakeJob } from '@/lib/jobs/wake'
import { idSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { listRunsInput, runDetailSchema, runRowSchema, toolInput, toolParitySchema } from './model'
import { abandonedBefore, isAbandoned, mayStart, tallyOf } from './outcome'
import { contradictionsOf, describeRun, findRuns, latestEnded } from './runs-store'
import {
  attestByParity,
  contractInForce,
  failAbandoned,
  findTool,
  finishRun,
  insertRun,
  pointsOf,
  runningRun,
  runToAsk,
} from './store'

/** The job that puts the questions of runs asked for by hand. */
export const parityAskJobName = 'parity.ask'

async function toolCalled({ db }: UseCaseContext, slug: string) {
  const tool = await findTool(db, slug)
  if (!tool) throw notFound(`The tool "${slug}"`)
  return tool
}

/** What a run of a tool would rest on now. */
async function targetOf({ db, now }: UseCaseContext, toolId: string) {
  const [contract, points, running] = await Promise.all([
    contractInForce(db, toolId),
    pointsOf(db, toolId),
    runningRun(db, toolId),
  ])
  const shown = contract && { ...contract, vectors: contract.limits.vectors?.length ?? 0 }
  return {
    contract: shown,
    points,
    running,
    mayStart: mayStart({ contract: shown, points, runningSince: running?.startedAt ?? null }, now),
  }
}

const getTool = defineQuery({
  name: 'parity.tool',
  summary: 'Where a tool stands with parity: whom its vectors would be put to, and what logs have shown',
  method: 'GET',
  path: '/tools/{slug}/parity',
  input: toolInput,
  output: toolParitySchema,
  async handler(context, { slug }) {
    const tool = await toolCalled(context, slug)
    const { contract, points, running, mayStart: may } = await targetOf(context, tool.id)
    const [latest, logged] = await Promise.all([
      latestEnded(context.db, tool.id),
      contradictionsOf(context.db, tool.id),
    ])
    const isRunning = running !== null && !isAbandoned(running.startedAt, context.now)
    return { tool, contract, points, mayStart: may, running: isRunning ? running.id : null, latest, ...logged }
  },
})

const listRuns = defineQuery({
  name: 'parity.list',
  summary: 'Parity runs of a tool, newest first',
  method: 'GET',
  path: '/tools/{slug}/parity-runs',
  input: listRunsInput,
  output: pageOf(runRowSchema),
  handler: async (context, input) => findRuns(context.db, (await toolCalled(context, input.slug)).id, input),
})

const getRun = defineQuery({
  name: 'parity.get',
  summary: 'One parity run with what every point answered, side by side',
  method: 'GET',
  path: '/parity-runs/{id}',
  input: z.strictObject({ id: idSchema }),
  output: runDetailSchema,
  async handler({ db }, { id }) {
    const run = await describeRun(db, id)
    if (!run) throw notFound('This parity run')
    return run
  },
})

const startRun = defineCommand({
  name: 'parity.start',
  summary: 'Put the decision vectors of the contract in force to every point that can be asked',
  method: 'POST',
  path: '/tools/{slug}/parity-runs',
  input: toolInput,
  output: z.object({ id: z.uuid() }),
  async handler(context, { slug }) {
    // Of two starts at once the second waits here, and then finds the first.
    await lockEstate(context)
    const tool = await toolCalled(context, slug)
    const { contract, points, mayStart: may } = await targetOf(context, tool.id)
    if (may !== true || contract === null) throw new DomainError('refused', may === true ? 'Nothing to ask.' : may)
    await failAbandoned(context.db, abandonedBefore(context.now), context.now, tool.id)
    const { actor, db, now } = context
    const id = context.newId()
    const trigger = actor.kind === 'system' ? 'schedule' : 'hand'
    await insertRun(db, { id, toolId: tool.id, contractId: contract.id, trigger, by: actor.name, startedAt: now })
    if (trigger === 'hand') await wakeJob(db, parityAskJobName)
    const asked = points.filter(({ decisionEndpoint }) => decisionEndpoint !== null).map((point) => point.slug)
    return {
      output: { id },
      event: {
        subjectType: 'parity_run',
        subjectId: id,
        after: { tool: slug, contractVersion: contract.version, vectors: contract.vectors, points: asked },
      },
    }
  },
})

const answersSchema = z.array(
  z.object({
    pointId: z.uuid(),
    pointSlug: z.string(),
    answers: z.array(
      z.object({
        decision: z.boolean().nullable(),
        error: z.string().nullable(),
        milliseconds: z.number().int().nullable(),
      }),
    ),
  }),
)

/** Ends a run with what its points answered. Not offered to anybody: the job that asked them calls it. */
export const recordRun = defineCommand({
  name: 'parity.record',
  summary: 'Keep what the points answered in a parity run',
  method: 'POST',
  path: '/parity-runs/{id}/answers',
  input: z.strictObject({ id: z.uuid(), points: answersSchema }),
  output: z.object({}),
  async handler(context, { id, points }) {
    await lockEstate(context)
    const { db, now } = context
    const run = await runToAsk(db, id)
    if (run?.state !== 'running') throw new DomainError('wrong_state', 'This run has ended already.')
    const answered = points.map(({ pointId, pointSlug, answers }) => {
      const rows = run.vectors.map(({ name, decision: expected }, vector) => {
        const none = { decision: null, error: 'It was not asked.', milliseconds: null }
        return { pointId, vector, vectorName: name, expected, ...(answers[vector] ?? none) }
      })
      return { pointId, pointSlug, rows, tally: tallyOf(rows) }
    })
    await finishRun(
      db,
      id,
      answered.flatMap(({ rows }) => rows),
      now,
    )
    const proven = answered.filter(({ tally, rows }) => rows.length > 0 && tally.agrees === rows.length)
    const note = `Answered all ${run.vectors.length} vectors as expected`
    const shown = { toolId: run.toolId, contractId: run.contractId, at: now, note }
    await attestByParity(
      db,
      shown,
      proven.map(({ pointId }) => ({ id: context.newId(), pointId })),
    )
    await settle(context, { tools: [run.toolId] })
    return {
      output: {},
      event: {
        subjectType: 'parity_run',
        subjectId: id,
        after: {
          tool: run.tool.slug,
          contractVersion: run.contract.version,
          points: answered.map(({ pointSlug, tally }) => ({ point: pointSlug, ...tally })),
          attested: proven.map(({ pointSlug }) => pointSlug),
        },
      },
    }
  },
})

export const parityUseCases = {
  'parity.tool': getTool,
  'parity.list': listRuns,
  'parity.get': getRun,
  'parity.start': startRun,
}
