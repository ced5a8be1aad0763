import { z } from 'zod'
import type { AuditEntry } from '@/lib/audit/model'
import type { Database, Db } from '@/lib/db/client'
import type { Reader } from '@/lib/db/reading'
import { byteStream } from '@/lib/http/byte-stream'
import { cutPage, listName, pageInput, pageOf, startOf } from '@/lib/http/page'
import { idSchema } from '@/lib/registry/model'
import type { Signer } from '@/lib/transparency/note'
import { openSigners } from '@/lib/transparency/signing'
import { defineCommand, defineFileQuery, defineQuery } from '@/lib/use-cases/define'
import { DomainError, notFound } from '@/lib/use-cases/errors'
import { type ComposedBundle, composeBundle } from './bundle/compose'
import { findCheckpoint, findEventsAbout, findFirstState, findPeriod, findState } from './bundle/log-store'
import { openLog } from './bundle/open-log'
import { datasetFilter, populationOf } from './bundle/population'
import {
  type BundleView,
  bundleSchema,
  exactInstant,
  type MakeBundleInput,
  makeBundleInput,
  type PinnedBundle,
} from './bundle/request'
import { Spool } from './bundle/spool'
import { findBundles, type MadeBundle } from './bundle/store'
import { zipOf, zipSize } from './bundle/zip'
import { recordedStateSchema } from './model'
import { type BundleDatasetName, bundleDatasets } from './names'

/** Events of a bundle at most: what memory and a laptop bear. */
const eventsMax = 2_000_000

const makeBundle = defineCommand({
  name: 'bundles.make',
  summary:
    'Pin an evidence bundle to the newest checkpoint of the log; its file can then be fetched, with the same bytes each time',
  method: 'POST',
  path: '/bundles',
  input: makeBundleInput,
  output: bundleSchema,
  alwaysPresent: true,
  async handler({ db, actor, now, newId, asOf }, input) {
    assertWhole(db)
    const names = bundleDatasets.filter((name) => input.datasets.includes(name))
    for (const name of names) datasetFilter(name, input.filter)
    // Whoever looks at the past means that.
    const at = input.asOf ?? asOf?.toISOString()
    const pinned = await pin(db, { ...input, datasets: names, asOf: at }, now)
    const made = { id: newId(), madeAt: now, madeBy: actor.name, pinned }
    const event: AuditEntry = { subjectType: 'bundle', subjectId: made.id, after: { ...pinned } }
    return { output: viewOf(made), event }
  },
})

/** A bundle proves that it leaves nothing out, which one of a part could not. @throws DomainError `refused` */
function assertWhole(db: Db): void {
  if (!db.isPartial) return
  throw new DomainError(
    'refused',
    'An evidence bundle proves that nothing is left out. Something in the registry is restricted, so only a governance lead, an auditor or an admin can make one.',
  )
}

/** What the log has for what is asked for. @throws DomainError when it has nothing */
async function pin(db: Reader, input: MakeBundleInput, now: Date): Promise<PinnedBundle> {
  const { datasets, filter, since = null } = input
  const asOf = input.asOf === undefined ? null : exactInstant(input.asOf)
  const period = input.period ? { from: exactInstant(input.period.from), to: exactInstant(input.period.to) } : null
  const refuse = (field: string, message: string): never => {
    throw new DomainError('invalid_input', message, { fields: [{ field, message }] })
  }
  if (asOf !== null && asOf > now.toISOString())
    refuse('asOf', 'The future is not known. Give an instant that is past.')
  if (period && period.from >= period.to) refuse('period', 'The period has to begin before it ends.')
  const checkpoint = await findCheckpoint(db, null, now)
  if (!checkpoint) throw new DomainError('refused', 'The log has no checkpoint yet. Make one, or wait a minute.')
  if (since !== null && since > checkpoint.size)
    refuse('since', `The log has ${checkpoint.size} events; it cannot be proved from ${since}.`)
  const state = await findState(db, checkpoint.size, asOf === null ? null : new Date(asOf))
  if (!state) {
    const first = await findFirstState(db)
    const message = first
      ? `The log recorded no state at or before ${asOf}; the first is of ${first}.`
      : 'The log has recorded no state yet. Make a checkpoint, or wait a minute.'
    throw new DomainError('refused', message)
  }
  const recorded = recordedStateSchema.safeParse(state.after)
  if (!recorded.success)
    throw new DomainError('refused', `Event ${state.leaf} of the log records no state that can be read.`)
  return {
    request: { datasets, filter, asOf, period, since },
    asOf: recorded.data.asOf,
    checkpoint: checkpoint.size,
    leaf: state.leaf,
    witnessedBy: now.toISOString(),
  }
}

function viewOf({ id, madeAt, madeBy, pinned }: Omit<MadeBundle, 'sequence'>): BundleView {
  const { datasets, filter, asOf: askedFor, period, since } = pinned.request
  const { asOf, checkpoint } = pinned
  return { id, madeAt: madeAt.toISOString(), madeBy, datasets, filter, askedFor, asOf, period, checkpoint, since }
}

const listBundles = defineQuery({
  name: 'bundles.list',
  summary: 'Evidence bundles that were made, newest first',
  method: 'GET',
  path: '/bundles',
  input: z.strictObject(pageInput),
  output: pageOf(bundleSchema),
  alwaysPresent: true,
  async handler({ db }, { cursor, limit }) {
    const list = listName('bundles', {})
    const start = startOf(list, cursor)
    const made = await findBundles(db, { before: start === null ? null : Number(start[0]), limit: limit + 1 })
    const page = cutPage(list, made, limit, ({ sequence }) => [sequence])
    return { rows: page.rows.map(viewOf), next: page.next }
  },
})

const bundleFile = defineFileQuery({
  name: 'bundles.file',
  summary: 'The file of an evidence bundle: a zip that anybody can verify offline. It begins when all of it is proved',
  method: 'GET',
  path: '/bundles/{id}/file',
  input: z.strictObject({ id: idSchema }),
  async handler({ database, now, newId }, { id }) {
    assertWhole(database)
    const [made] = await findBundles(database, { id, limit: 1 })
    if (!made) throw notFound('The bundle')
    const spool = await Spool.open()
    try {
      const { files } = await composed(database, spool, made.pinned, await signersAt(database, { now, newId }))
      const name = `pentarch-evidence-${made.pinned.asOf.slice(0, 10)}-${id.slice(-6)}.zip`
      const headers = {
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
        'content-length': String(zipSize(files)),
        'x-content-type-options': 'nosniff',
      }
      return { headers, body: byteStream(zipOf(files), () => spool.remove()) }
    } catch (error) {
      await spool.remove()
      throw error
    }
  },
})

const isBundleDataset = (name: string): name is BundleDatasetName => bundleDatasets.some((each) => each === name)

/** Who signs for the log. A new key has to be recorded by the log itself before it signs anything. */
async function signersAt(database: Database, run: { now: Date; newId: () => string }): Promise<Signer[]> {
  const { signers } = await database.transaction(async (db) => {
    const opened = await openSigners(db, run)
    if (opened.changed)
      throw new DomainError('refused', 'The log has a new key that is not recorded yet. Make a checkpoint first.')
    return opened
  })
  return signers.previous ? [signers.current, signers.previous] : [signers.current]
}

async function composed(
  database: Database,
  spool: Spool,
  pinned: PinnedBundle,
  signers: readonly Signer[],
): Promise<ComposedBundle> {
  const { request, checkpoint: size, leaf } = pinned
  const asOf = new Date(pinned.asOf)
  const at = { size, leaf, witnessedBy: new Date(pinned.witnessedBy), since: request.since }
  const log = await openLog(database, at, signers)
  const reading = await database.read(asOf)
  try {
    return await composeBundle(spool, {
      request,
      log,
      datasets: request.datasets
        .filter(isBundleDataset)
        .map((name) => populationOf(reading, name, { filter: request.filter, asOf })),
      eventsAbout: async (things) => within(await findEventsAbout(database, [...things], size)),
      eventsOfPeriod: () => periodOf(database, request.period, size),
    })
  } finally {
    await reading.end()
  }
}

async function periodOf(db: Reader, period: PinnedBundle['request']['period'], size: number): Promise<number[]> {
  const range = period && (await findPeriod(db, period, size))
  if (!range) return []
  const length = range.last - range.first + 1
  if (length > eventsMax) tooMany()
  return Array.from({ length }, (_, at) => range.first + at)
}

function within(indices: number[]): number[] {
  if (indices.length > eventsMax) tooMany()
  return indices
}

function tooMany(): never {
  throw new DomainError(
    'refused',
    `The bundle would hold more than ${eventsMax.toLocaleString('en')} events; narrow it.`,
  )
}

export const bundleUseCases = { 'bundles.make': makeBundle, 'bundles.list': listBundles, 'bundles.file': bundleFile }
