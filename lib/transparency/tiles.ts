import { concatBytes } from './bytes'
import { CompactTree, type Hash, hashBytes } from './merkle'

/** A log's tree as tiles (C2SP tlog-tiles): rows of up to 256 hashes, each level the roots of the full tiles below. */

/** Levels of the tree that one tile spans. */
export const tileHeight = 8

/** Hashes in a full tile. */
export const tileWidth = 2 ** tileHeight

export const tileLevelMax = 63

/** A tile: `width` is 256 for a full one, less at the right edge of the tree. */
export interface Tile {
  level: number
  index: number
  width: number
}

/** A tile's place in its level: `1234067` is `x001/x234/067`. */
function indexPath(index: number): string {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  return (padded.match(/.{3}/g) ?? []).map((part, at, all) => (at < all.length - 1 ? `x${part}` : part)).join('/')
}

const widthPath = (width: number) => (width === tileWidth ? '' : `.p/${width}`)

/** Where a tile is served, below the log's prefix. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${widthPath(width)}`

/** Where the entries are served whose leaf hashes are in the tile of level 0 with this index and width. */
export const entriesPath = ({ index, width }: Omit<Tile, 'level'>): string =>
  `tile/entries/${indexPath(index)}${widthPath(width)}`

const placePattern = /^((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** Reads `<N>[.p/<W>]`, the last part of both paths; null for what is not written so. */
export function parseTilePlace(place: string): { index: number; width: number } | null {
  const [, path, widthText] = placePattern.exec(place) ?? []
  if (path === undefined) return null
  const index = Number(path.replaceAll(/[x/]/g, ''))
  const width = widthText === undefined ? tileWidth : Number(widthText)
  // Only one way of writing each number, and 256 is written by leaving the width out.
  if (!Number.isSafeInteger(index) || indexPath(index) !== path) return null
  return widthText !== undefined && width >= tileWidth ? null : { index, width }
}

/** Reads `<L>`; null for what is no level. */
export function parseTileLevel(level: string): number | null {
  return /^(0|[1-9][0-9]?)$/.test(level) && Number(level) <= tileLevelMax ? Number(level) : null
}

/** How many hashes a level of tiles has in a tree of this size: full subtrees of 256^level leaves. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / tileWidth ** level)

/** The width that a tile has in a tree of this size; 0 when it is not there. */
export const widthIn = (size: number, { level, index }: Omit<Tile, 'width'>): number =>
  Math.max(0, Math.min(tileWidth, hashesAt(level, size) - index * tileWidth))

/** Where the hash of a complete subtree is found: a tile, and the run of its hashes that the subtree's root is over. */
export function tileOfNode(level: number, index: number): { level: number; index: number; from: number; to: number } {
  const width = 2 ** (level % tileHeight)
  const first = index * width
  const from = first % tileWidth
  return { level: Math.floor(level / tileHeight), index: Math.floor(first / tileWidth), from, to: from + width }
}

/** The hash of a complete subtree, from the hashes of the tile that `tileOfNode` names. @throws RangeError when it is narrower. */
export function nodeInTile(hashes: Uint8Array, level: number, index: number): Hash {
  const { from, to } = tileOfNode(level, index)
  if (hashes.length < to * hashBytes) throw new RangeError(`The tile lacks node ${index} of level ${level}`)
  return rootOfHashes(hashes.subarray(from * hashBytes, to * hashBytes))
}

/** The root over a row of hashes. */
export function rootOfHashes(hashes: Uint8Array): Hash {
  const tree = new CompactTree()
  for (let at = 0; at < hashes.length; at += hashBytes) tree.append(hashes.slice(at, at + hashBytes))
  return tree.root()
}

const entryBytesMax = 0xffff

/** The entries of a tile, one after another, each behind its length in two bytes. @throws RangeError for one over 65,535 bytes. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > entryBytesMax) throw new RangeError(`An entry of ${entry.length} bytes does not fit a tile`)
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

/** Takes such a row of entries apart; null when it is cut off or there are more than 256. */
export function decodeEntries(bytes: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const [high, low] = bytes.subarray(at, at + 2)
    if (high === undefined || low === undefined || entries.length === tileWidth) return null
    const end = at + 2 + high * 256 + low
    if (end > bytes.length) return null
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  return entries
}
