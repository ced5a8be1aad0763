import { bytesToHex } from '@noble/hashes/utils.js'
import type { DatasetRow } from '@/lib/exporters/datasets/model'
import { canonicalBytes, canonicalJson } from '@/lib/transparency/canonical'
import { consistencyRanges } from '@/lib/transparency/merkle'
import { formatVerifierKey } from '@/lib/transparency/verifier-key'
import { DomainError } from '@/lib/use-cases/errors'
import { fileNames, filesOf, formatName, formatVersion, type Manifest, manifestStatement } from '../model'
import { multiProofRanges } from '../multi-proof'
import type { BundleContents } from './contents'
import { hexList } from './hex-list'
import { indexPage } from './index-page'
import { RowOutsideDataset, type WrittenRows, writeRows } from './rows'
import type { Spool, SpooledFile } from './spool'
import { fitsZip } from './zip'

/** A bundle on disk, ready to be sent. */
export interface ComposedBundle {
  /** SHA-256 of manifest.json: what the bundle is known by. */
  id: string
  manifest: Manifest
  /** In their order. */
  files: SpooledFile[]
  rows: Pick<WrittenRows, 'dataset' | 'count' | 'of'>[]
  events: number
}

/**
 * Writes the files of a bundle. The same contents give the same bytes.
 * @throws DomainError `refused` when the rows are not those that the log recorded, or the bundle would be too large
 */
export async function composeBundle(spool: Spool, contents: BundleContents): Promise<ComposedBundle> {
  const { request, log } = contents
  const things = new Set<string>()
  const rows: WrittenRows[] = []
  for (const dataset of contents.datasets) {
    const written = await writeRows(spool, dataset, (row) => noteThings(dataset.name, row, things)).catch(narrowing)
    assertRecorded(written, log.state.recorded.datasets[dataset.name])
    rows.push(written)
  }
  const indices = await eventIndices(contents, things)
  const files = [
    await spool.file(fileNames.key, `${formatVerifierKey(log.key)}\n`),
    await spool.file(fileNames.checkpoint, log.note),
    ...(log.earlier ? [await spool.file(fileNames.consistency, await consistencyOf(contents, log.earlier))] : []),
    await spool.file(fileNames.state, canonicalJson({ asOf: log.state.recorded.asOf, leaf: log.state.leaf })),
    ...(await writeEvents(spool, contents, indices)),
    ...rows.flatMap((each) => each.files),
  ]
  const { origin, size, root } = log.checkpoint
  const head = {
    version: formatVersion,
    format: formatName,
    origin,
    checkpoint: { size, root: bytesToHex(root) },
    request,
    asOf: log.state.recorded.asOf,
  } as const
  const page = indexPage({ ...head, keyText: formatVerifierKey(log.key), rows, events: indices.length, files })
  const listed = [await spool.file(fileNames.index, page), ...files]
  const manifest: Manifest = {
    ...head,
    files: listed.map(({ name, size, sha256 }) => ({ name, bytes: size, sha256 })),
  }
  const manifestFile = await spool.file(fileNames.manifest, canonicalBytes(manifest))
  const signature = await spool.file(fileNames.signature, log.signed(manifestStatement(manifestFile.sha256)))
  const all = [manifestFile, signature, ...listed]
  assertInOrder(all, request)
  if (!fitsZip(all)) throw new DomainError('refused', 'The bundle would be larger than 4 GB; narrow it with a filter.')
  return { id: manifestFile.sha256, manifest, files: all, rows, events: indices.length }
}

function narrowing(error: unknown): never {
  if (error instanceof RowOutsideDataset)
    throw new DomainError(
      'refused',
      `The filter finds what the recorded state does not hold (${error.key}). Leave out the part of the filter that asks for more than the list shows by itself.`,
    )
  throw error
}

function assertRecorded(
  { dataset, of, root }: WrittenRows,
  recorded: { rows: number; root: string } | undefined,
): void {
  if (!recorded) throw new DomainError('refused', `The log recorded no state of ${dataset.name} at that time.`)
  if (recorded.rows === of && recorded.root === bytesToHex(root)) return
  throw new DomainError(
    'refused',
    `The rows of ${dataset.name} are not those that the log recorded: it has ${of} now and recorded ${recorded.rows}. Somebody may have changed them past the product; let the log be checked against the tables.`,
  )
}

/** Columns that name a thing by its id: what the events that a row rests on are found by. */
const idColumns: Readonly<Record<string, (row: DatasetRow) => unknown>> = {
  matrix: ({ assignment }) => assignment,
  gaps: ({ key }) => key,
  assignments: ({ key }) => key,
  certifications: ({ key }) => (typeof key === 'string' && key.startsWith('ownership:') ? key.slice(10) : null),
}

function noteThings(dataset: string, row: DatasetRow, things: Set<string>): void {
  const id = idColumns[dataset]?.(row)
  if (typeof id === 'string') things.add(id)
}

async function eventIndices(contents: BundleContents, things: ReadonlySet<string>): Promise<number[]> {
  const { request, log } = contents
  const indices = new Set<number>([log.state.leaf])
  for (const index of await contents.eventsAbout(things)) indices.add(index)
  if (request.period) for (const index of await contents.eventsOfPeriod()) indices.add(index)
  return [...indices].sort((a, b) => a - b)
}

async function writeEvents(spool: Spool, { log }: BundleContents, indices: readonly number[]): Promise<SpooledFile[]> {
  const events = await spool.begin(fileNames.events)
  const openings = await spool.begin(fileNames.openings)
  for await (const batch of log.events(indices)) {
    for (const event of batch) {
      await events.write(event.bytes)
      await events.write('\n')
      for (const opening of event.openings) await openings.write(`${canonicalJson({ ...opening })}\n`)
    }
  }
  const size = log.checkpoint.size
  const hashes = hexList(await log.roots(multiProofRanges(size, indices)))
  const proof = await spool.file(fileNames.eventsProof, canonicalJson({ size, hashes }))
  return [await events.end(), proof, await openings.end()]
}

async function consistencyOf({ log }: BundleContents, earlier: { size: number; root: Uint8Array }): Promise<string> {
  const { size } = log.checkpoint
  const hashes = hexList(await log.roots(consistencyRanges(earlier.size, size)))
  return canonicalJson({ from: { size: earlier.size, root: bytesToHex(earlier.root) }, to: size, hashes })
}

/** The order of the files is part of the format; a slip here would make bundles that no verifier takes. */
function assertInOrder(files: readonly SpooledFile[], request: Manifest['request']): void {
  const expected = filesOf(request)
  if (expected.length !== files.length || files.some(({ name }, place) => name !== expected[place]))
    throw new Error('The files of the bundle are not in the order of its format')
}
