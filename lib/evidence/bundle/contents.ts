import type { DatasetRow } from '@/lib/exporters/datasets/model'
import type { Checkpoint } from '@/lib/transparency/checkpoint'
import type { Opening } from '@/lib/transparency/committed'
import type { Hash, Range, TreeHead } from '@/lib/transparency/merkle'
import type { VerifierKey } from '@/lib/transparency/verifier-key'
import type { BundleRequest, RecordedState } from '../model'

/** An event of the log as a bundle holds it. */
export interface LoggedEvent {
  index: number
  /** The canonical leaf document: what the log hashes. */
  bytes: Uint8Array
  /** What may be shown of its committed values, by pointer in the order of UTF-16 units. */
  openings: readonly Opening[]
}

/** The log as it stands at one checkpoint. */
export interface BundleLog {
  key: VerifierKey
  checkpoint: Checkpoint
  /** The signed checkpoint, with the cosignatures that had come in. */
  note: string
  /** The event that recorded the state. */
  state: { leaf: number; recorded: RecordedState }
  /** A note over the text, signed with the log's key. */
  signed(text: string): string
  /** Events at ascending indices, some at a time. */
  events(indices: readonly number[]): AsyncIterable<readonly LoggedEvent[]>
  /** The roots over ranges of the tree's leaves. */
  roots(ranges: readonly Range[]): Promise<Hash[]>
  /** The earlier tree that the history is proved from; null when none was asked for. */
  earlier: TreeHead | null
}

/** A dataset of a bundle. */
export interface BundleDataset {
  name: string
  title: string
  description: string
  columns: readonly { id: string; title: string }[]
  /** All rows in the order of their keys, some at a time. */
  all(): AsyncIterable<readonly DatasetRow[]>
  /** The rows that are asked for; null for all. */
  chosen: (() => AsyncIterable<readonly DatasetRow[]>) | null
}

/** Everything that a bundle is made of. */
export interface BundleContents {
  request: BundleRequest
  log: BundleLog
  datasets: readonly BundleDataset[]
  /** Indices of the events that the rows rest on: those about the things that rows name by id. */
  eventsAbout(things: ReadonlySet<string>): Promise<readonly number[]>
  /** Indices of the events of the period, and of the one after it. */
  eventsOfPeriod(): Promise<readonly number[]>
}
