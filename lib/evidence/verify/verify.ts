import type { VerifierKey } from '@/lib/transparency/verifier-key'
import type { Digests } from '../digests'
import type { Source } from '../source'
import { treeHashing } from '../tree-hashing'
import { readContainer } from '../zip/read'
import { type ReadEvent, verifyEvents } from './events'
import { type Trust, verifyCheckpoint, verifyHistory } from './history'
import { keyInBundle, readManifest, verifyFiles, verifyManifestSignature } from './manifest'
import type { OpenedBundle } from './opened'
import { PeriodWatch } from './period'
import { AssignmentFold } from './rederive'
import { type Failure, Refusal } from './refusal'
import { type RowsRead, verifyRows } from './rows'
import { readStatePlace, recordedState } from './state'
import { completenessOf, type Findings, freshnessOf, integrityOf, unknownOf, type Verdict } from './verdicts'

/** What a verification came to. */
export interface Report {
  intact: boolean
  firstFailure: Failure | null
  /** What the bundle says it is; null when it does not hold. */
  bundle: {
    origin: string
    checkpoint: { size: number; root: string }
    asOf: string
    askedFor: string | null
    datasets: string[]
    key: { name: string; id: string; from: 'given' | 'bundle' }
  } | null
  /** Nothing was changed. */
  integrity: Verdict
  /** Nothing was left out of the population that it claims. */
  completeness: Verdict
  /** How old it is, and who witnessed it. */
  freshness: Verdict
  /** What it cannot know. */
  unknown: string[]
}

/** What a verification works with. */
export interface Verification {
  trust: Trust
  digests: Digests
  now: Date
  /** Told how many bytes have been read, of how many that will be. */
  onProgress?: (done: number, of: number) => void
}

/**
 * Verifies a bundle: container, manifest, signature, every file, the checkpoint, the history, the events, their
 * openings, the state and the rows, in this order, up to the first thing that does not hold. It trusts nothing in the
 * bundle but what follows from the keys that it is given. Memory: 32 bytes an event and row, and the largest line.
 * Rejects only when the source cannot be read.
 */
export async function verifyBundle(source: Source, verification: Verification): Promise<Report> {
  try {
    return reportOf(await findingsOf(source, verification), verification.now)
  } catch (error) {
    if (error instanceof Refusal) return brokenReport(error.failure)
    throw error
  }
}

async function findingsOf(source: Source, verification: Verification): Promise<Findings> {
  const { trust, digests } = verification
  const entries = await readContainer(source)
  const hashing = treeHashing(digests)
  const bundle = { source, entries: new Map(entries.map((entry) => [entry.name, entry])), digests, hashing }
  const manifest = await readManifest(bundle)
  const isKeyGiven = trust.keys.length > 0
  const keys: readonly VerifierKey[] = isKeyGiven ? trust.keys : [await keyInBundle(bundle)]
  const key = await verifyManifestSignature(bundle, manifest, keys)
  let done = 0
  await verifyFiles(bundle, manifest, (bytes) => {
    done += bytes
    verification.onProgress?.(done, source.size)
  })
  const head = await verifyCheckpoint(bundle, manifest, key, trust.witnesses)
  const { since } = manifest.request
  const history = await verifyHistory(bundle, head.checkpoint, { earlier: trust.earlier, keys, since })
  const contents = await verifyContents(bundle, { manifest, head: head.checkpoint })
  return { manifest, key, isKeyGiven, head, witnessKeys: trust.witnesses, history, ...contents }
}

type Contents = Pick<Findings, 'events' | 'period' | 'rows' | 'rederivation' | 'recordedAt'>

async function verifyContents(
  bundle: OpenedBundle,
  { manifest, head }: { manifest: Findings['manifest']; head: Findings['head']['checkpoint'] },
): Promise<Contents> {
  const { period: asked, datasets } = manifest.request
  const place = await readStatePlace(bundle)
  const period = asked && new PeriodWatch(asked, head.size)
  const assignments = datasets.includes('assignments') ? new AssignmentFold() : null
  const seen: { state: ReadEvent | null } = { state: null }
  const events = await verifyEvents(bundle, head, (event) => {
    if (event.index === place.leaf) seen.state = event
    period?.see(event)
    // What came after the recorded state says nothing about its rows.
    if (event.at <= place.asOf) assignments?.see(event)
  })
  const state = recordedState(place, seen.state, manifest)
  const rows: RowsRead[] = []
  for (const dataset of datasets) {
    const onRow = dataset === 'assignments' ? assignments?.compare.bind(assignments) : undefined
    rows.push(await verifyRows(bundle, dataset, state, onRow ?? (() => undefined)))
  }
  return {
    events,
    period: period?.read() ?? null,
    rows,
    rederivation: assignments?.read() ?? null,
    recordedAt: seen.state?.at ?? state.asOf,
  }
}

function reportOf(findings: Findings, now: Date): Report {
  const { manifest, key, isKeyGiven } = findings
  const { origin, checkpoint, asOf, request } = manifest
  return {
    intact: true,
    firstFailure: null,
    bundle: {
      origin,
      checkpoint,
      asOf,
      askedFor: request.asOf,
      datasets: request.datasets,
      key: { name: key.name, id: key.keyId, from: isKeyGiven ? 'given' : 'bundle' },
    },
    integrity: integrityOf(findings),
    completeness: completenessOf(findings),
    freshness: freshnessOf(findings, now),
    unknown: unknownOf(findings),
  }
}

function brokenReport(failure: Failure): Report {
  const open: Verdict = {
    standing: 'open',
    word: 'Not looked at',
    summary: 'The bundle does not hold; what it says counts for nothing.',
    statements: [],
  }
  return {
    intact: false,
    firstFailure: failure,
    bundle: null,
    integrity: { standing: 'fails', word: 'Does not hold', summary: failure.what, statements: [] },
    completeness: open,
    freshness: open,
    unknown: [
      'What the bundle was before it was changed, and what else in it does not hold: the first thing ends the verification.',
    ],
  }
}
