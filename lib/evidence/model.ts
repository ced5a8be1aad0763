// The small form of zod: the offline verifier carries all of this file.
import * as z from 'zod/mini'

/** What is in an evidence bundle: the shapes of its JSON files, and the order of its files. docs/evidence.md explains them. */

export const formatName = 'pentarch-bundle'
export const formatVersion = 1

const count = z.int().check(z.nonnegative())
const hashText = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const instant = z.iso.datetime({ precision: 3 })
const datasetName = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/))

/** Datasets of a bundle at most. */
export const datasetsMax = 12

/** What was asked for. The same request on the same checkpoint gives the same bytes. */
export const bundleRequestSchema = z.strictObject({
  datasets: z.array(datasetName).check(z.maxLength(datasetsMax)),
  /** Which rows were asked for, by the names that the lists of the product take; empty for all. */
  filter: z.record(z.string().check(z.minLength(1), z.maxLength(60)), z.string().check(z.maxLength(500))),
  /** The instant that was asked for; null for the newest state. */
  asOf: z.nullable(instant),
  /** All events of the log whose time is at or after `from` and before `to`; null for those only that the rows rest on. */
  period: z.nullable(z.strictObject({ from: instant, to: instant })),
  /** Size of the earlier checkpoint that the consistency proof starts from; null for none. */
  since: z.nullable(count),
})
export type BundleRequest = z.infer<typeof bundleRequestSchema>

const listedFileSchema = z.strictObject({ name: z.string(), bytes: count, sha256: hashText })

/** manifest.json. */
export const manifestSchema = z.strictObject({
  version: z.literal(formatVersion),
  format: z.literal(formatName),
  origin: z.string(),
  checkpoint: z.strictObject({ size: count, root: hashText }),
  request: bundleRequestSchema,
  /** When the recorded state was taken that the rows are of. */
  asOf: instant,
  /** Every file but manifest.json and manifest.sig, in their order. */
  files: z.array(listedFileSchema).check(z.maxLength(64)),
})
export type Manifest = z.infer<typeof manifestSchema>

/** state.json: which event of the log recorded the state. */
export const stateSchema = z.strictObject({ asOf: instant, leaf: count })

/** consistency.json (RFC 9162, section 2.1.4). */
export const consistencySchema = z.strictObject({
  from: z.strictObject({ size: count, root: hashText }),
  to: count,
  hashes: z.array(hashText).check(z.maxLength(128)),
})

/** events.proof.json: one proof for all lines of events.ndjson. */
export const eventsProofSchema = z.strictObject({ size: count, hashes: z.array(hashText) })

/** data/<dataset>.proof.json: one proof for all lines of the rows. */
export const rowsProofSchema = z.strictObject({
  /** How many rows the recorded state has in all. */
  rows: count,
  indices: z.union([z.literal('all'), z.array(count)]),
  hashes: z.array(hashText),
})

/** One line of openings.ndjson. */
export const openingSchema = z.strictObject({
  index: count,
  pointer: z.string().check(z.maxLength(1000)),
  salt: z.string().check(z.regex(/^(?:[0-9a-f]{64})?$/)),
  value: z.json(),
})

/** What the event `log.state` says in `after`: the root over all rows of each dataset. */
export const recordedStateSchema = z.object({
  asOf: instant,
  datasets: z.record(z.string(), z.object({ rows: count, root: hashText })),
})
export type RecordedState = z.infer<typeof recordedStateSchema>

/** The action and subject of the event that records a state. */
export const stateEvent = { action: 'log.state', subjectType: 'register', subjectId: 'state' } as const

/** The text that manifest.sig signs. */
export const manifestStatement = (sha256: string): string => `${formatName}/v${formatVersion}\n${sha256}\n`

export const fileNames = {
  manifest: 'manifest.json',
  signature: 'manifest.sig',
  index: 'index.html',
  key: 'key.txt',
  checkpoint: 'checkpoint.txt',
  consistency: 'consistency.json',
  state: 'state.json',
  events: 'events.ndjson',
  eventsProof: 'events.proof.json',
  openings: 'openings.ndjson',
} as const

export const rowsFile = (dataset: string) => `data/${dataset}.ndjson`
export const rowsProofFile = (dataset: string) => `data/${dataset}.proof.json`
export const rowsCopyFile = (dataset: string) => `data/${dataset}.csv`

/** All files of a bundle in their order. */
export function filesOf(request: Pick<BundleRequest, 'datasets' | 'since'>): string[] {
  const names = fileNames
  return [
    ...[names.manifest, names.signature, names.index, names.key, names.checkpoint],
    ...(request.since === null ? [] : [names.consistency]),
    ...[names.state, names.events, names.eventsProof, names.openings],
    ...request.datasets.flatMap((dataset) => [rowsFile(dataset), rowsProofFile(dataset), rowsCopyFile(dataset)]),
  ]
}
