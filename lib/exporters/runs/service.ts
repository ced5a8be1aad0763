import { z } from 'zod'
import type { Actor } from '@/lib/access/model'
import { toJson } from '@/lib/audit/model'
import { assertKnown } from '@/lib/history/look-back'
import { byteStream } from '@/lib/http/byte-stream'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { wakeJob } from '@/lib/jobs/wake'
import { idSchema } from '@/lib/registry/model'
import { defineCommand, defineFileQuery, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { fileHeaders, formatFor } from '../file'
import { type ExportRun, exportRunSchema, exportViewSchema } from '../model'
import { describeKind } from '../source'
import { cancelRun, chunksOf, countUnfinished, findRun, findRuns, insertRun, type StoredRun } from './store'

/** The job that writes them. */
export const exportJobName = 'exports.write'
/** Exports of one account that wait or run at a time. */
const unfinishedMax = 5

const byId = z.strictObject({ id: idSchema })

function shownRun(run: StoredRun): ExportRun {
  const { id, kind, format, filter, state, rows, bytes, sha256, problem } = run
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return {
    ...{ id, kind, format, filter, state, rows, bytes, sha256, problem },
    title: describeKind(kind).title,
    asOf: iso(run.asOf),
    requestedAt: run.requestedAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    expiresAt: iso(run.expiresAt),
  }
}

/** Exports belong to accounts; the product itself asks for none. */
function accountOf({ id }: Actor): string {
  if (id !== null) return id
  throw new DomainError('forbidden', 'Exports belong to an account.')
}

const startExport = defineCommand({
  name: 'exports.start',
  summary: 'Write an export in the background; its file is kept for a day, for whoever asked alone',
  method: 'POST',
  path: '/exports',
  input: exportViewSchema,
  output: exportRunSchema,
  alwaysPresent: true,
  async handler(context, view) {
    const { db, actor, now, asOf = null } = context
    formatFor(view)
    if (asOf) await assertKnown(db, asOf, now)
    const accountId = accountOf(actor)
    if ((await countUnfinished(db, accountId)) >= unfinishedMax) {
      throw new DomainError(
        'refused',
        `${unfinishedMax} of your exports are not done yet. Wait for one, or cancel one.`,
      )
    }
    const id = context.newId()
    await insertRun(db, { id, accountId, requestedBy: actor.name, view, asOf, now })
    await wakeJob(db, exportJobName)
    const run = await getRun(db, actor, id)
    return {
      output: shownRun(run),
      event: { subjectType: 'export_run', subjectId: id, after: toJson({ ...view, asOf }) },
    }
  },
})

async function getRun(db: Parameters<typeof findRun>[0], actor: Actor, id: string): Promise<StoredRun> {
  const run = await findRun(db, accountOf(actor), id)
  if (!run) throw notFound('The export')
  return run
}

const listExports = defineQuery({
  name: 'exports.list',
  summary: 'Your exports, newest first',
  method: 'GET',
  path: '/exports',
  input: z.strictObject(pageInput),
  output: pageOf(exportRunSchema),
  alwaysPresent: true,
  async handler({ db, actor }, { cursor, limit }) {
    const list = listName('exports', {})
    const runs = await findRuns(db, accountOf(actor), limit + 1, startOf(list, cursor))
    return cutPage(list, runs.map(shownRun), limit, ({ id }) => [id])
  },
})

const getExport = defineQuery({
  name: 'exports.get',
  summary: 'One of your exports',
  method: 'GET',
  path: '/exports/{id}',
  input: byId,
  output: exportRunSchema,
  alwaysPresent: true,
  handler: async ({ db, actor }, { id }) => shownRun(await getRun(db, actor, id)),
})

const cancelExport = defineCommand({
  name: 'exports.cancel',
  summary: 'Stop an export of yours, and drop what was written',
  method: 'POST',
  path: '/exports/{id}/cancel',
  input: byId,
  output: exportRunSchema,
  alwaysPresent: true,
  async handler({ db, actor, now }, { id }) {
    const { state } = await getRun(db, actor, id)
    if (!(await cancelRun(db, id, now)))
      throw new DomainError('wrong_state', `It is ${state}, and cannot be cancelled.`)
    return { output: shownRun(await getRun(db, actor, id)), event: { subjectType: 'export_run', subjectId: id } }
  },
})

const fetchExport = defineFileQuery({
  name: 'exports.fetch',
  summary: 'The file of an export of yours that is done',
  method: 'GET',
  path: '/exports/{id}/file',
  input: byId,
  async handler({ database, actor, now }, { id }) {
    const run = await getRun(database, actor, id)
    if (run.state !== 'done' || !run.expiresAt || run.expiresAt <= now) {
      const state = run.state === 'done' ? 'expired' : run.state
      throw new DomainError('wrong_state', `The export is ${state}: there is no file to fetch.`)
    }
    const headers = fileHeaders(run.kind, formatFor(run), run.asOf ?? run.requestedAt)
    return {
      headers: { ...headers, 'content-length': String(run.bytes) },
      body: byteStream(chunksOf(database, id), async () => undefined),
    }
  },
})

export const exportRunUseCases = {
  'exports.start': startExport,
  'exports.list': listExports,
  'exports.get': getExport,
  'exports.cancel': cancelExport,
  'exports.fetch': fetchExport,
}
