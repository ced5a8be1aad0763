import type { Reader } from '@/lib/db/reading'
import { tileHashes } from './log-store'
import {
  consistencyRanges,
  foldSubtrees,
  type Hash,
  inclusionRanges,
  type NodeOf,
  type Range,
  rangeHash,
  subtreesOf,
} from './merkle'
import { nodeInTile, tileOfNode, widthIn } from './tiles'

/** Reads the tiles that these ranges of a tree of this size rest on, and gives its nodes from them. */
async function nodesOf(db: Reader, size: number, ranges: readonly Range[]): Promise<NodeOf> {
  const places = ranges.flatMap((range) => subtreesOf(range)).map(({ level, index }) => tileOfNode(level, index))
  const tiles = new Map<string, Uint8Array>()
  for (const { level, index } of places) {
    const key = `${level}/${index}`
    if (!tiles.has(key)) tiles.set(key, await tileHashes(db, level, index, widthIn(size, { level, index })))
  }
  return (level, index) => {
    const place = tileOfNode(level, index)
    return nodeInTile(tiles.get(`${place.level}/${place.index}`) ?? new Uint8Array(), level, index)
  }
}

/** The roots over ranges of the leaves of a tree of this size. */
export async function rangeHashes(db: Reader, size: number, ranges: readonly Range[]): Promise<Hash[]> {
  const nodeOf = await nodesOf(db, size, ranges)
  return ranges.map((range) => rangeHash(range, nodeOf))
}

/** The root of the tree at this size. @throws RangeError when the log is not so long. */
export async function rootAt(db: Reader, size: number): Promise<Hash> {
  const [root] = await rangeHashes(db, size, [{ start: 0, end: size }])
  return root ?? foldSubtrees([])
}

/** That leaf `index` is in the tree of this size. @throws RangeError when it is not. */
export const proveInclusion = async (db: Reader, size: number, index: number): Promise<Hash[]> =>
  await rangeHashes(db, size, inclusionRanges(size, index))

/** That the tree of `to` leaves begins with the one of `from`. @throws RangeError when it cannot. */
export const proveConsistency = async (db: Reader, from: number, to: number): Promise<Hash[]> =>
  await rangeHashes(db, to, consistencyRanges(from, to))
