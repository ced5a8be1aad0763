import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Database } from '@/lib/db/client'
import type { Reader } from '@/lib/db/reading'
import { textOf } from './bytes'
import { changeBytes, leafBytes, leafDocument, type PreviousLeaf } from './leaf'
import {
  findChanges,
  findPending,
  insertLeaves,
  insertTiles,
  lastLeaf,
  logSize,
  type NewLeaf,
  type NewTile,
  takeSequencer,
  tileHashes,
  type UnloggedEvent,
  waitForSequencer,
} from './log-store'
import { CompactTree, type Hash, hashBytes, leafHash } from './merkle'
import { hashesAt, rootOfHashes, tileWidth } from './tiles'

const batchMax = 2_000
/** So many leaves are hashed before others get their turn. */
const breathAfter = 100

/** How many single records an event changed, and the root over them in their order; null for none. */
export async function changesRoot(db: Reader, event: UnloggedEvent): Promise<{ rows: number; root: string } | null> {
  if (event.changed === 0) return null
  const tree = new CompactTree()
  for (let after = 0; ; ) {
    const changes = await findChanges(db, event.id, after, batchMax)
    for (const { id, ...change } of changes) {
      tree.append(leafHash(changeBytes(change)))
      after = id
    }
    if (changes.length < batchMax) return { rows: tree.size, root: bytesToHex(tree.root()) }
  }
}

/** The right edge of the tree as rows of hashes, one for each level of tiles; a row that is full becomes a tile. */
class TileEdge {
  readonly full: NewTile[] = []
  readonly #rows: { index: number; hashes: Hash[] }[] = []

  static async load(db: Reader, size: number): Promise<TileEdge> {
    const edge = new TileEdge()
    for (let level = 0; level === 0 || hashesAt(level, size) > 0; level += 1) {
      const count = hashesAt(level, size)
      const index = Math.floor(count / tileWidth)
      const width = count % tileWidth
      const hashes = width === 0 ? new Uint8Array() : await tileHashes(db, level, index, width)
      if (hashes.length !== width * hashBytes)
        throw new Error(`The log is damaged: tile ${index} of level ${level} is ${hashes.length} bytes long`)
      edge.#rows.push({ index, hashes: Array.from({ length: width }, (_, at) => hashes.slice(at * 32, at * 32 + 32)) })
    }
    return edge
  }

  append(hash: Hash, level = 0): void {
    const row = this.#rows[level] ?? { index: 0, hashes: [] }
    this.#rows[level] = row
    row.hashes.push(hash)
    if (row.hashes.length < tileWidth) return
    const hashes = new Uint8Array(tileWidth * hashBytes)
    for (const [at, each] of row.hashes.entries()) hashes.set(each, at * hashBytes)
    const root = rootOfHashes(hashes)
    this.full.push({ level, index: row.index, hashes, root })
    this.#rows[level] = { index: row.index + 1, hashes: [] }
    this.append(root, level + 1)
  }
}

async function appendBatch(db: Reader): Promise<number> {
  const events = await findPending(db, batchMax)
  if (events.length === 0) return 0
  const size = await logSize(db)
  const edge = await TileEdge.load(db, size)
  let previous: PreviousLeaf | null = await lastLeaf(db)
  const leaves: NewLeaf[] = []
  for (const event of events) {
    const index = size + leaves.length
    const body = leafBytes(leafDocument({ ...event, changes: await changesRoot(db, event) }, index, previous))
    const hash = leafHash(body)
    edge.append(hash)
    leaves.push({ index, eventId: event.id, hash: bytesToHex(hash), body: textOf(body) })
    previous = { index, sequence: event.sequence, at: event.at, hash: bytesToHex(hash) }
    if (leaves.length % breathAfter === 0) await breathe()
  }
  await insertLeaves(db, leaves)
  await insertTiles(db, edge.full)
  return leaves.length
}

/**
 * Makes leaves of all committed events that are none yet, in batches. However many instances there are, one does it at a
 * time: another returns at once, or waits its turn when it has to know that all is logged. Users never wait for it.
 * @returns how many leaves were written
 */
export async function appendPending(database: Database, whenBusy: 'return' | 'wait' = 'return'): Promise<number> {
  for (let appended = 0; ; ) {
    const batch = await database.transaction(async (db) => {
      if (whenBusy === 'wait') await waitForSequencer(db)
      else if (!(await takeSequencer(db))) return 0
      return await appendBatch(db)
    })
    appended += batch
    if (batch < batchMax) return appended
  }
}
