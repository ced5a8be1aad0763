import { open } from 'node:fs/promises'
import path from 'node:path'
import { bytesToHex } from '@noble/hashes/utils.js'
import { composeBundle } from '@/lib/evidence/bundle/compose'
import type { BundleLog, LoggedEvent } from '@/lib/evidence/bundle/contents'
import { Spool } from '@/lib/evidence/bundle/spool'
import { zipOf } from '@/lib/evidence/bundle/zip'
import { fileSource } from '@/lib/evidence/file-source'
import { type RecordedState, stateEvent } from '@/lib/evidence/model'
import { MultiProofBuilder } from '@/lib/evidence/multi-proof'
import { nativeDigests } from '@/lib/evidence/native-digests'
import { treeHashing } from '@/lib/evidence/tree-hashing'
import { verifyBundle } from '@/lib/evidence/verify/verify'
import { formatCheckpoint } from '@/lib/transparency/checkpoint'
import { leafBytes, leafDocument, type PreviousLeaf, type StoredEvent } from '@/lib/transparency/leaf'
import { ed25519Signer, formatNote, signText } from '@/lib/transparency/note'
import type { Figure } from './figures'
import { within } from './figures'
import { time } from './measure'

const section = 'Evidence'
const withinMs = 15_000
const batch = 1_000

const origin = 'pentarch/00000000-0000-7000-8000-000000000000'
const signer = ed25519Signer(origin, new Uint8Array(32).fill(1))
const hashing = treeHashing(nativeDigests)
const uuid = (place: number) => `00000000-0000-7000-8000-${place.toString(16).padStart(12, '0')}`
const start = Date.UTC(2026, 0, 1)

/** The event at an index: somebody accepts an ownership; the last one records a state. */
function eventAt(index: number, state: RecordedState | null): StoredEvent {
  return {
    id: uuid(index),
    sequence: index + 1,
    at: new Date(start + index * 100),
    actorKind: state ? 'system' : 'account',
    actorId: state ? null : uuid(index % 500),
    actorName: state ? 'log' : null,
    actorNameCommitted: state ? null : bytesToHex(nativeDigests.sha256(Buffer.from(`name ${index}`))),
    action: state ? stateEvent.action : 'assignments.accept',
    subjectType: state ? stateEvent.subjectType : 'assignment',
    subjectId: state ? stateEvent.subjectId : uuid(index % 10_000),
    before: state ? null : { state: 'proposed' },
    after: state ? { ...state } : { state: 'accepted' },
    reasonCommitted: null,
    requestId: uuid(index),
    changes: null,
    door: state ? 'job' : 'screen',
  }
}

/** All leaves of a log, made anew each time, some at a time. */
function* leavesOf(count: number): Generator<LoggedEvent[]> {
  let previous: PreviousLeaf | null = null
  for (let from = 0; from < count; from += batch) {
    const leaves: LoggedEvent[] = []
    for (let index = from; index < Math.min(count, from + batch); index += 1) {
      const asOf = new Date(start + index * 100).toISOString()
      const event = eventAt(index, index === count - 1 ? { asOf, datasets: {} } : null)
      const bytes = leafBytes(leafDocument(event, index, previous))
      previous = { index, sequence: event.sequence, at: event.at, hash: bytesToHex(hashing.leaf(bytes)) }
      leaves.push({ index, bytes, openings: [] })
    }
    yield leaves
  }
}

/** A bundle with every event of a log. */
async function bundleOf(count: number, file: string): Promise<void> {
  const tree = new MultiProofBuilder(hashing.node)
  for (const leaves of leavesOf(count)) for (const { bytes } of leaves) tree.append(hashing.leaf(bytes), true)
  const checkpoint = { origin, size: count, root: tree.finish().root, extensions: [] }
  const asOf = new Date(start + (count - 1) * 100).toISOString()
  const signed = (text: string) => formatNote({ text, signatures: [signText(text, signer)] })
  const log: BundleLog = {
    key: signer.key,
    checkpoint,
    note: signed(formatCheckpoint(checkpoint)),
    state: { leaf: count - 1, recorded: { asOf, datasets: {} } },
    signed,
    async *events() {
      yield* leavesOf(count)
    },
    roots: async () => [],
    earlier: null,
  }
  const period = { from: new Date(start).toISOString(), to: new Date(start + count * 100).toISOString() }
  const spool = await Spool.open()
  try {
    const { files } = await composeBundle(spool, {
      request: { datasets: [], filter: {}, asOf: null, period, since: null },
      log,
      datasets: [],
      eventsAbout: async () => [],
      eventsOfPeriod: async () => Array.from({ length: count }, (_, index) => index),
    })
    const zip = await open(file, 'w')
    try {
      for await (const part of zipOf(files)) await zip.write(part)
    } finally {
      await zip.close()
    }
  } finally {
    await spool.remove()
  }
}

/** Offline verification of a bundle that holds a whole log of 1,000,000 events (times the scale), as the command line does it. */
export async function* measureVerify(scratch: string, scale: number): AsyncGenerator<Figure> {
  const count = Math.round(1_000_000 * scale)
  const name = path.join(scratch, 'evidence.zip')
  await bundleOf(count, name)
  const file = await open(name, 'r')
  try {
    const { size } = await file.stat()
    const verify = async () => {
      const trust = { keys: [signer.key], witnesses: [], earlier: null }
      const { firstFailure, completeness } = await verifyBundle(await fileSource(file), {
        trust,
        digests: nativeDigests,
        now: new Date(),
      })
      if (firstFailure || completeness.standing !== 'holds') throw new Error(firstFailure?.what ?? completeness.summary)
    }
    const timing = await time(verify, { warmUp: 0, runs: 3 })
    const what = `verifying a bundle with a log of ${count.toLocaleString('en')} events offline`
    yield { ...within(section, what, timing, withinMs), amount: `${Math.round(size / 1_000_000)} MB` }
  } finally {
    await file.close()
  }
}
