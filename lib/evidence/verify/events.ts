import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Json } from '@/lib/audit/model'
import { sameBytes } from '@/lib/transparency/bytes'
import { type Opening, openDocument } from '@/lib/transparency/committed'
import type { TreeHead } from '@/lib/transparency/merkle'
import { eventsProofSchema, fileNames, openingSchema } from '../model'
import { rootFromMultiProof } from '../multi-proof'
import { HashList } from '../tree-hashing'
import { compareUtf8 } from '../utf8-order'
import { type Leaf, leafAt } from './leaf'
import { canonicalValueAt, lineBatches } from './lines'
import { documentOf, linesOf, type OpenedBundle, shaped, wholeBytesMax } from './opened'
import { Refusal } from './refusal'

/** An event of the bundle with what its openings reveal. Not to be believed before all of them are proved. */
export interface ReadEvent extends Leaf {
  opened: Json
}

export interface EventsRead {
  count: number
  openings: number
}

/**
 * Reads the events in their order, tells `onEvent` of each, and proves all of them against the checkpoint: each is the
 * leaf with its index. Where two follow each other, the later one names the earlier one's hash and time.
 */
export async function verifyEvents(
  bundle: OpenedBundle,
  head: TreeHead,
  onEvent: (event: ReadEvent) => void,
): Promise<EventsRead> {
  const check = 'events'
  const file = fileNames.events
  const openings = new OpeningsReader(bundle)
  const hashes = new HashList()
  const indices: number[] = []
  let before: { leaf: Leaf; hash: Uint8Array } | null = null
  for await (const lines of lineBatches(bundle.source, linesOf(bundle, file, check))) {
    for (const bytes of lines) {
      const line = indices.length + 1
      const leaf = leafAt(bytes, { check, file, line })
      const hash = bundle.hashing.leaf(bytes)
      assertFollows(leaf, line, before, head)
      hashes.push(hash)
      indices.push(leaf.index)
      before = { leaf, hash }
      const opened = openings.isAhead(leaf.index) ? await openings.open(leaf) : leaf.document
      onEvent({ ...leaf, opened })
    }
  }
  await proveEvents(bundle, head, indices, hashes)
  await openings.finish()
  return { count: indices.length, openings: openings.count }
}

function assertFollows(
  leaf: Leaf,
  line: number,
  before: { leaf: Leaf; hash: Uint8Array } | null,
  head: TreeHead,
): void {
  const place = { file: fileNames.events, line }
  if (leaf.index >= head.size)
    throw new Refusal('events', 'The event is not in the tree of the checkpoint.', {
      ...place,
      expected: `an index below ${head.size}`,
      found: `${leaf.index}`,
    })
  if (!before) return
  if (leaf.index <= before.leaf.index)
    throw new Refusal('events', 'The events are not in the order of their index.', {
      ...place,
      expected: `an index above ${before.leaf.index}`,
      found: `${leaf.index}`,
    })
  if (leaf.index > before.leaf.index + 1) return
  const named = leaf.previous
  const hash = bytesToHex(before.hash)
  if (named?.leaf !== hash || named.at !== before.leaf.at)
    throw new Refusal('events', 'The event names another one before it than the one that is there.', {
      ...place,
      expected: `${before.leaf.at} ${hash}`,
      found: named ? `${named.at} ${named.leaf}` : 'none',
    })
}

async function proveEvents(bundle: OpenedBundle, head: TreeHead, indices: readonly number[], hashes: HashList) {
  const check = 'events'
  const name = fileNames.eventsProof
  const proof = await documentOf(bundle, { name, check, bytesMax: wholeBytesMax.proof }, eventsProofSchema)
  if (proof.size !== head.size)
    throw new Refusal(check, 'The proof is for a tree of another size than the checkpoint.', {
      file: name,
      expected: `${head.size}`,
      found: `${proof.size}`,
    })
  const claimed = { size: head.size, indices, leafAt: (position: number) => hashes.at(position) }
  const root = rootFromMultiProof(claimed, proof.hashes.map(hexToBytes), bundle.hashing.node)
  if (!root)
    throw new Refusal(check, 'The proof has too few or too many hashes for the events that are there.', { file: name })
  if (!sameBytes(root, head.root))
    throw new Refusal(check, 'The events and their proof do not lead to the root of the checkpoint.', {
      file: name,
      expected: bytesToHex(head.root),
      found: bytesToHex(root),
    })
}

/**
 * Reads openings.ndjson beside the events: both are in the order of their index. What is wrong with an opening is said
 * by `finish`, after the events themselves are proved; from the first such opening on, no further one is looked at.
 */
class OpeningsReader {
  readonly #batches: AsyncGenerator<Uint8Array[]>
  #lines: readonly Uint8Array[] = []
  #at = 0
  #next: Opening | null | undefined
  #before: Opening | null = null
  #misfit: Refusal | null = null
  count = 0

  constructor(bundle: OpenedBundle) {
    this.#batches = lineBatches(bundle.source, linesOf(bundle, fileNames.openings, 'openings'))
  }

  /** Whether there may be an opening of this event, so that nothing needs to wait when there is none. */
  isAhead(index: number): boolean {
    return !this.#misfit && (this.#next === undefined || (this.#next !== null && this.#next.index <= index))
  }

  /** The document of an event with its openings in place of what it is committed to. */
  async open({ index, document }: Leaf): Promise<Json> {
    try {
      const opened = openDocument(document, await this.#of(index))
      if ('document' in opened) return opened.document
      this.#refuse(`An opening of event ${index} is not what the event is committed to at ${opened.misfit}.`)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#misfit = error
      return document
    }
  }

  async #of(index: number): Promise<Opening[]> {
    const own: Opening[] = []
    for (let next = await this.#peek(); next && next.index <= index; next = await this.#peek()) {
      if (next.index < index) this.#refuse(`There is no event ${next.index} in the bundle that this could open.`)
      own.push(next)
      this.#next = undefined
    }
    return own
  }

  /** @throws Refusal for the first opening that does not fit, or that fits no event */
  async finish(): Promise<void> {
    if (this.#misfit) throw this.#misfit
    const next = await this.#peek()
    if (next) this.#refuse(`There is no event ${next.index} in the bundle that this could open.`)
  }

  #refuse(what: string): never {
    throw new Refusal('openings', what, { file: fileNames.openings, line: this.count })
  }

  async #peek(): Promise<Opening | null> {
    if (this.#next !== undefined) return this.#next
    while (this.#at === this.#lines.length) {
      const { done, value } = await this.#batches.next()
      if (done) {
        this.#next = null
        return null
      }
      this.#lines = value
      this.#at = 0
    }
    const bytes = this.#lines[this.#at] ?? new Uint8Array()
    this.#at += 1
    this.count += 1
    const place = { check: 'openings', file: fileNames.openings, line: this.count } as const
    const next = shaped(canonicalValueAt(bytes, place), openingSchema, place)
    this.#assertOrder(next)
    this.#next = next
    return next
  }

  #assertOrder(next: Opening): void {
    const before = this.#before
    const isLater =
      !before ||
      before.index < next.index ||
      (before.index === next.index && compareUtf8(before.pointer, next.pointer) < 0)
    if (!isLater) this.#refuse('The openings are not in the order of index and pointer, each once.')
    this.#before = next
  }
}
