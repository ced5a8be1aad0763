import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Json } from '@/lib/audit/model'
import type { Database } from '@/lib/db/client'
import { changesRoot } from './append'
import { sameBytes, utf8 } from './bytes'
import { openCheckpoint } from './checkpoint'
import { findCheckpointsFrom, findKeys, type KeptCheckpoint } from './checkpoint-store'
import { committed } from './committed'
import { hashOfLeaf, type LeafDocument, leafDocument, leafDocumentSchema, type PreviousLeaf } from './leaf'
import { findEventsFor, findLeaves, type KeptLeaf, logSize, type UnloggedEvent } from './log-store'
import { CompactTree, leafHash } from './merkle'
import { rootOfHashes, tileHeight } from './tiles'
import { parseVerifierKey } from './verifier-key'
import { type Finding, findLostPending, findOpenings, findTile, findUnlogged } from './verify-store'

const batchMax = 1_000
const detailsMax = 100
const breathAfter = 50

/** What a verification found: how many places disagree, and the first of them. */
export interface Verified {
  size: number
  findings: number
  details: Finding[]
}

class Findings {
  count = 0
  readonly details: Finding[] = []

  add(kind: string, where: string, what: string, count = 1): void {
    this.count += count
    if (this.details.length < detailsMax) this.details.push({ kind, where, what })
  }
}

/**
 * Rebuilds every leaf from the audit tables and holds it against the log, its tiles and its checkpoints, in constant
 * memory. Finds rows that were changed, deleted, inserted or truncated past the triggers, whoever did it. It cannot find
 * that everything, log and checkpoints and keys included, was rewritten as one: that is what witnesses are for.
 */
export async function verifyLog(database: Database): Promise<Verified> {
  const findings = new Findings()
  const size = await logSize(database)
  const walk = new Walk(database, findings, await findCheckpointsFrom(database, 0, 1))
  for (let from = 0; from < size; ) {
    const leaves = await findLeaves(database, from, Math.min(batchMax, size - from))
    if (leaves.length === 0) {
      findings.add('leaf-missing', `leaf ${from}`, `The log ends here; it should have ${size} leaves`, size - from)
      break
    }
    await walk.batch(leaves)
    from = (leaves.at(-1)?.index ?? from) + 1
  }
  await walk.checkpointsBeyond(size)
  await findStrays(database, findings)
  return { size, findings: findings.count, details: findings.details }
}

async function findStrays(database: Database, findings: Findings): Promise<void> {
  const unlogged = await findUnlogged(database, detailsMax)
  for (const [at, { id, sequence, count }] of unlogged.entries())
    findings.add(
      'event-inserted',
      `event ${id}`,
      `Sequence ${sequence} is in the audit table, but was never given to the log`,
      at === 0 ? count - unlogged.length + 1 : 1,
    )
  const lost = await findLostPending(database, detailsMax)
  for (const [at, { id, sequence, count }] of lost.entries())
    findings.add(
      'event-deleted',
      `event ${id}`,
      `Sequence ${sequence} was deleted before it was logged`,
      at === 0 ? count - lost.length + 1 : 1,
    )
}

/** Goes along the leaves in their order and keeps no more than what the next one needs. */
class Walk {
  readonly #tree = new CompactTree()
  #previous: PreviousLeaf | null = null
  #keys: ReturnType<typeof parseVerifierKey>[] | null = null

  constructor(
    private readonly db: Database,
    private readonly findings: Findings,
    private checkpoints: KeptCheckpoint[],
  ) {}

  async batch(leaves: readonly KeptLeaf[]): Promise<void> {
    const ids = leaves.map(({ eventId }) => eventId)
    const events = new Map((await findEventsFor(this.db, ids)).map((event) => [event.id, event]))
    await this.openings(ids)
    for (const [at, leaf] of leaves.entries()) {
      await this.leaf(leaf, events.get(leaf.eventId))
      if (at % breathAfter === 0) await breathe()
    }
  }

  private async openings(ids: readonly string[]): Promise<void> {
    for (const { eventId, pointer, digest, salt, value } of await findOpenings(this.db, ids))
      if (committed(value, hexToBytes(salt)).$committed !== digest)
        this.findings.add(
          'opening-changed',
          `event ${eventId}`,
          `What is kept apart for ${pointer} is not what was committed`,
        )
  }

  private async leaf(leaf: KeptLeaf, event: UnloggedEvent | undefined): Promise<void> {
    const { index } = leaf
    const hash = new Uint8Array(leaf.hash)
    if (index !== this.#tree.size) {
      this.findings.add('leaf-missing', `leaf ${this.#tree.size}`, `The log goes on with leaf ${index}`)
      // The tree cannot be rebuilt over the hole; what follows is still held against its events.
      while (this.#tree.size < index) this.#tree.append(hash)
      this.#previous = null
    }
    const kept = documentOf(leaf.body)
    if (!kept || !sameBytes(leafHash(utf8(leaf.body)), hash))
      this.findings.add('leaf-changed', `leaf ${index}`, 'Its document does not have its hash any more')
    if (!event)
      this.findings.add('event-deleted', `leaf ${index}`, `Event ${leaf.eventId} is not in the audit table any more`)
    else await this.compare(index, hash, event, kept)
    await this.grow(hash)
    this.#previous = kept && { index, sequence: kept.sequence, at: new Date(kept.at), hash: bytesToHex(hash) }
  }

  private async compare(
    index: number,
    hash: Uint8Array,
    event: UnloggedEvent,
    kept: LeafDocument | null,
  ): Promise<void> {
    const previous =
      this.#previous ??
      (kept?.previous && { ...kept.previous, at: new Date(kept.previous.at), hash: kept.previous.leaf })
    const rebuilt = leafDocument({ ...event, changes: await changesRoot(this.db, event) }, index, previous ?? null)
    if (sameBytes(hashOfLeaf(rebuilt), hash)) return
    const fields = kept ? differences(kept, rebuilt) : []
    this.findings.add(
      'event-changed',
      `leaf ${index}`,
      `Event ${event.id} is not as it was logged: ${fields.join(', ') || 'its document'} differ`,
    )
  }

  private async grow(hash: Uint8Array): Promise<void> {
    const full: { level: number; index: number; root: Uint8Array }[] = []
    this.#tree.append(hash, (level, index, root) => {
      if (level % tileHeight === 0) full.push({ level: level / tileHeight - 1, index, root })
    })
    for (const { level, index, root } of full) {
      const tile = await findTile(this.db, level, index)
      const holds =
        tile !== null &&
        sameBytes(new Uint8Array(tile.root), root) &&
        sameBytes(rootOfHashes(new Uint8Array(tile.hashes)), root)
      if (!holds)
        this.findings.add(
          'tile-changed',
          `tile ${level}/${index}`,
          tile ? 'It does not hold the hashes of its leaves' : 'It is missing',
        )
    }
    await this.checkpointAt(this.#tree.size)
  }

  private async checkpointAt(size: number): Promise<void> {
    const [next] = this.checkpoints
    if (!next || next.size > size) return
    await this.checkCheckpoint(next, next.size === size ? this.#tree.root() : null)
    this.checkpoints = await findCheckpointsFrom(this.db, next.size + 1, 1)
  }

  /** Checkpoints over more leaves than there are. */
  async checkpointsBeyond(size: number): Promise<void> {
    for (let [next] = this.checkpoints; next; [next] = this.checkpoints) {
      if (next.size > size)
        this.findings.add(
          'log-truncated',
          `checkpoint ${next.size}`,
          `It covers ${next.size} leaves; the log has ${size}`,
        )
      else await this.checkCheckpoint(next, null)
      this.checkpoints = await findCheckpointsFrom(this.db, next.size + 1, 1)
    }
  }

  private async checkCheckpoint({ size, root, note }: KeptCheckpoint, rebuilt: Uint8Array | null): Promise<void> {
    const where = `checkpoint ${size}`
    if (rebuilt && !sameBytes(rebuilt, new Uint8Array(root)))
      this.findings.add('checkpoint-differs', where, 'The tree has another root at this size than was signed')
    this.#keys ??= (await findKeys(this.db)).map(({ verifierKey }) => parseVerifierKey(verifierKey))
    try {
      const { checkpoint } = openCheckpoint(note, this.#keys)
      if (checkpoint.size !== size || !sameBytes(checkpoint.root, new Uint8Array(root)))
        this.findings.add('checkpoint-differs', where, 'The signed note names another size or root')
    } catch (error) {
      this.findings.add('signature-wrong', where, error instanceof Error ? error.message : 'The note cannot be read')
    }
  }
}

function documentOf(body: string): LeafDocument | null {
  try {
    return leafDocumentSchema.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The fields of a leaf document in which two differ. */
function differences(kept: LeafDocument, rebuilt: LeafDocument): string[] {
  const [one, other] = [new Map<string, Json>(Object.entries(kept)), new Map<string, Json>(Object.entries(rebuilt))]
  return [...other.keys()].filter((field) => !same(one.get(field), other.get(field)))
}
