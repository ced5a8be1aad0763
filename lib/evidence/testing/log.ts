import { bytesToHex } from '@noble/hashes/utils.js'
import type { Json } from '@/lib/audit/model'
import { canonicalBytes } from '@/lib/transparency/canonical'
import { type Checkpoint, formatCheckpoint } from '@/lib/transparency/checkpoint'
import { committed, type Opening } from '@/lib/transparency/committed'
import { leafBytes, leafDocument, type StoredEvent } from '@/lib/transparency/leaf'
import { type Hash, leafHash, rangeHash, rootOf } from '@/lib/transparency/merkle'
import { cosignText, ed25519Signer, formatNote, type Signer, signText } from '@/lib/transparency/note'
import type { BundleDataset, BundleLog, LoggedEvent } from '../bundle/contents'
import type { RecordedState } from '../model'

/** A log in memory, with events such as the product writes and times of its own. */

export const origin = 'pentarch/0190b3a0-0000-7000-8000-000000000000'
export const signer = ed25519Signer(origin, new Uint8Array(32).fill(7))
export const otherSigner = ed25519Signer(origin, new Uint8Array(32).fill(8))
export const witness = ed25519Signer('witness.example', new Uint8Array(32).fill(9))
const actorName = 'Farid Rahmani'

const idOf = (place: number) => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`
const saltOf = (place: number) => new Uint8Array(32).fill(place % 251)
/** The instant of the event with this sequence number: a minute after the one before. */
export const timeOf = (sequence: number): string => new Date(Date.UTC(2026, 2, 1) + sequence * 60_000).toISOString()

export interface TestEvent {
  action: string
  subjectType: string
  subjectId: string
  before?: Json
  after?: Json
  isSystem?: boolean
}

/** Events one after another, with their leaves. */
export class TestLog {
  readonly #events: LoggedEvent[] = []
  readonly #hashes: Hash[] = []
  readonly #times: string[] = []

  get size(): number {
    return this.#events.length
  }

  append({ action, subjectType, subjectId, before = null, after = null, isSystem = false }: TestEvent): number {
    const index = this.#events.length
    const name = committed(actorName, saltOf(index)).$committed
    const at = timeOf(index)
    const event: StoredEvent = {
      id: idOf(index),
      sequence: index + 1,
      at: new Date(at),
      actorKind: isSystem ? 'system' : 'account',
      actorId: isSystem ? null : idOf(1),
      actorName: isSystem ? 'log' : null,
      actorNameCommitted: isSystem ? null : name,
      action,
      subjectType,
      subjectId,
      before,
      after,
      reasonCommitted: null,
      requestId: `r-${index}`,
    }
    const last = this.#hashes.at(-1)
    const lastAt = this.#times.at(-1)
    const previous = last &&
      lastAt && { index: index - 1, sequence: index, at: new Date(lastAt), hash: bytesToHex(last) }
    const bytes = leafBytes(leafDocument(event, index, previous || null))
    const openings: Opening[] = isSystem
      ? []
      : [{ index, pointer: '/actor/name', salt: bytesToHex(saltOf(index)), value: actorName }]
    this.#events.push({ index, bytes, openings })
    this.#hashes.push(leafHash(bytes))
    this.#times.push(at)
    return index
  }

  /** Records the roots of these rows as the state of now. Answers the index of the event, and what it says. */
  record(datasets: readonly BundleDataset[], rowsOf: (name: string) => readonly Json[]): BundleLog['state'] {
    const recorded: RecordedState = {
      asOf: timeOf(this.size),
      datasets: Object.fromEntries(
        datasets.map(({ name }) => {
          const rows = rowsOf(name)
          const root = rootOf(rows.map((row) => leafHash(canonicalBytes(row))))
          return [name, { rows: rows.length, root: bytesToHex(root) }]
        }),
      ),
    }
    const leaf = this.append({
      action: 'log.state',
      subjectType: 'register',
      subjectId: 'state',
      after: recorded,
      isSystem: true,
    })
    return { leaf, recorded }
  }

  rootAt(size: number): Hash {
    return rootOf(this.#hashes.slice(0, size))
  }

  /** The log as bundles see it at its present size. */
  at(state: BundleLog['state'], options: { since?: number; by?: Signer; isWitnessed?: boolean } = {}): BundleLog {
    const { since, by = signer, isWitnessed = false } = options
    const checkpoint: Checkpoint = { origin, size: this.size, root: this.rootAt(this.size), extensions: [] }
    const nodeOf = (level: number, index: number) =>
      rootOf(this.#hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))
    const events = this.#events
    return {
      key: by.key,
      checkpoint,
      note: this.noteAt(this.size, by, isWitnessed),
      state,
      signed: (text) => formatNote({ text, signatures: [signText(text, by)] }),
      async *events(indices) {
        yield indices.flatMap((index) => events[index] ?? [])
      },
      roots: async (ranges) => ranges.map((range) => rangeHash(range, nodeOf)),
      earlier: since === undefined ? null : { size: since, root: this.rootAt(since) },
    }
  }

  /** The signed checkpoint of the log at a size. */
  noteAt(size: number, by: Signer = signer, isWitnessed = false): string {
    const text = formatCheckpoint({ origin, size, root: this.rootAt(size), extensions: [] })
    const cosigned = isWitnessed ? [cosignText(text, witness, 1_772_400_000)] : []
    return formatNote({ text, signatures: [signText(text, by), ...cosigned] })
  }
}
