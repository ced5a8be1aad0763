import * as z from 'zod/mini'
import type { Reader } from '@/lib/db/reading'
import { parseCheckpoint } from '@/lib/transparency/checkpoint'
import type { Hash, Range } from '@/lib/transparency/merkle'
import { formatNote, parseNote, type Signer, signersOf, signText } from '@/lib/transparency/note'
import { rangeHashes, rootAt } from '@/lib/transparency/tree-store'
import { DomainError } from '@/lib/use-cases/errors'
import { recordedStateSchema } from '../model'
import type { BundleLog } from './contents'
import { findCheckpoint, findState, readEvents } from './log-store'

/** What a bundle is pinned to when it is asked for, so that it is the same whenever it is fetched. */
export interface PinnedLog {
  /** Size of the checkpoint. */
  size: number
  /** The event that recorded the state. */
  leaf: number
  /** Cosignatures that had come in by then. */
  witnessedBy: Date
  /** Size of the earlier tree that the history is proved from; null for none. */
  since: number | null
}

const rangesATime = 2_000

/**
 * The log as a bundle sees it. The bundle is signed by the key that signed the checkpoint.
 * @throws DomainError when that key, or the checkpoint, is not there any more
 */
export async function openLog(db: Reader, pinned: PinnedLog, signers: readonly Signer[]): Promise<BundleLog> {
  const kept = await findCheckpoint(db, pinned.size, pinned.witnessedBy)
  if (!kept) throw new DomainError('refused', `There is no checkpoint of ${pinned.size} events any more.`)
  const note = parseNote(kept.note)
  const checkpoint = parseCheckpoint(note.text)
  const signer = signers.find(({ key }) => signersOf(note, [key]).length > 0)
  if (!signer) throw new DomainError('refused', 'The log has another key since this bundle was made. Make a new one.')
  const state = await stateAt(db, pinned.leaf)
  return {
    key: signer.key,
    checkpoint,
    note: kept.note,
    state,
    signed: (text) => formatNote({ text, signatures: [signText(text, signer)] }),
    events: (indices) => readEvents(db, indices),
    roots: (ranges) => rootsOver(db, pinned.size, ranges),
    earlier: pinned.since === null ? null : { size: pinned.since, root: await rootAt(db, pinned.since) },
  }
}

async function stateAt(db: Reader, leaf: number): Promise<BundleLog['state']> {
  const place = await findState(db, leaf + 1, null)
  const recorded = z.safeParse(recordedStateSchema, place?.after)
  if (place?.leaf !== leaf || !recorded.success)
    throw new DomainError('refused', `Event ${leaf} of the log does not record a state.`)
  return { leaf, recorded: recorded.data }
}

async function rootsOver(db: Reader, size: number, ranges: readonly Range[]): Promise<Hash[]> {
  const roots: Hash[] = []
  for (let at = 0; at < ranges.length; at += rangesATime)
    for (const root of await rangeHashes(db, size, ranges.slice(at, at + rangesATime))) roots.push(root)
  return roots
}
