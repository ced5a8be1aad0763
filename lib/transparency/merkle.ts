import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, sameBytes } from './bytes'

/**
 * Merkle trees of RFC 9162, section 2.1, over SHA-256. Sizes and indices are safe integers; nothing here uses 32-bit
 * operators on them. Everything is synchronous and runs the same on a server, on the command line and in a browser.
 */

/** 32 bytes. */
export type Hash = Uint8Array

export const hashBytes = 32

/** The root of a tree without leaves: the hash of nothing. */
export const emptyRoot: Hash = sha256(new Uint8Array())

const leafPrefix = Uint8Array.of(0x00)
const nodePrefix = Uint8Array.of(0x01)

/** The hash of a leaf's bytes. */
export const leafHash = (leaf: Uint8Array): Hash => sha256(concatBytes(leafPrefix, leaf))

/** The hash of an inner node. */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(concatBytes(nodePrefix, left, right))

/** The leaves from `start` up to but without `end`. */
export interface Range {
  start: number
  end: number
}

/** Hash of the complete subtree at `level` (0: a leaf's hash) that is the `index`-th of its level. */
export type NodeOf = (level: number, index: number) => Hash

const isOdd = (value: number) => value % 2 === 1
const half = (value: number) => Math.floor(value / 2)

/** The largest power of two below `size`, which is at least 2: where RFC 9162 splits a tree. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** The complete subtrees that a range consists of, from left to right. The range starts where a subtree of its size may. */
export function subtreesOf({ start, end }: Range): { level: number; index: number }[] {
  const subtrees: { level: number; index: number }[] = []
  for (let from = start; from < end; ) {
    let level = 0
    let width = 1
    while (width * 2 <= end - from && from % (width * 2) === 0) {
      width *= 2
      level += 1
    }
    subtrees.push({ level, index: from / width })
    from += width
  }
  return subtrees
}

/** The root over the hashes of complete subtrees, largest first; the empty root for none. */
export function foldSubtrees(hashes: readonly Hash[]): Hash {
  return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** The root of a tree that is appended to, without keeping its leaves: at most one hash for each bit of its size. */
export class CompactTree {
  #size = 0
  #subtrees: Hash[] = []

  /** Continues a tree of `size` leaves from the hashes of its complete subtrees, largest first. */
  static of(size: number, subtrees: readonly Hash[]): CompactTree {
    if (subtrees.length !== subtreesOf({ start: 0, end: size }).length)
      throw new RangeError(`A tree of ${size} leaves does not consist of ${subtrees.length} complete subtrees`)
    const tree = new CompactTree()
    tree.#size = size
    tree.#subtrees = [...subtrees]
    return tree
  }

  get size(): number {
    return this.#size
  }

  /** Appends one leaf by its hash. `onNode` is told of each inner node that becomes complete. */
  append(hash: Hash, onNode?: (level: number, index: number, hash: Hash) => void): void {
    let node = hash
    let level = 0
    for (let index = this.#size; isOdd(index); index = half(index)) {
      const left = this.#subtrees.pop()
      if (!left) throw new RangeError('The tree lacks a subtree')
      node = nodeHash(left, node)
      level += 1
      onNode?.(level, half(index), node)
    }
    this.#subtrees.push(node)
    this.#size += 1
  }

  root(): Hash {
    return foldSubtrees(this.#subtrees)
  }
}

/** The root over the hashes of all leaves, in order. */
export function rootOf(leafHashes: Iterable<Hash>): Hash {
  const tree = new CompactTree()
  for (const hash of leafHashes) tree.append(hash)
  return tree.root()
}

/** The root of a range, from its complete subtrees. */
export const rangeHash = (range: Range, nodeOf: NodeOf): Hash =>
  foldSubtrees(subtreesOf(range).map(({ level, index }) => nodeOf(level, index)))

/** What the nodes of an inclusion proof cover, from the leaf upwards (RFC 9162, section 2.1.3.1). */
export function inclusionRanges(size: number, index: number): Range[] {
  if (!isIndex(index, size)) throw new RangeError(`There is no leaf ${index} in a tree of ${size}`)
  const path: Range[] = []
  let { start, end }: Range = { start: 0, end: size }
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      path.unshift({ start: middle, end })
      end = middle
    } else {
      path.unshift({ start, end: middle })
      start = middle
    }
  }
  return path
}

/** What the nodes of a consistency proof cover, in their order (RFC 9162, section 2.1.4.1). None for 0 and for equal sizes. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!isSize(from) || !isSize(to) || from > to) throw new RangeError(`A tree of ${to} does not extend one of ${from}`)
  if (from === 0 || from === to) return []
  const path: Range[] = []
  let { start, end }: Range = { start: 0, end: to }
  while (from !== end) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      path.unshift({ start: middle, end })
      end = middle
    } else {
      path.unshift({ start, end: middle })
      start = middle
    }
  }
  // The old tree as a whole is what the verifier knows already; a part of it has to be told.
  return start === 0 ? path : [{ start, end }, ...path]
}

/** The proof that leaf `index` is in the tree of `size` leaves. @throws RangeError when there is no such leaf. */
export const inclusionProof = (size: number, index: number, nodeOf: NodeOf): Hash[] =>
  inclusionRanges(size, index).map((range) => rangeHash(range, nodeOf))

/** The proof that the tree of `to` leaves begins with the one of `from`. @throws RangeError when `from` is larger. */
export const consistencyProof = (from: number, to: number, nodeOf: NodeOf): Hash[] =>
  consistencyRanges(from, to).map((range) => rangeHash(range, nodeOf))

const isSize = (size: number) => Number.isSafeInteger(size) && size >= 0
const isIndex = (index: number, size: number) => isSize(size) && isSize(index) && index < size
const areHashes = (hashes: readonly Uint8Array[]) => hashes.every((hash) => hash.length === hashBytes)

/** A leaf's place, as a proof claims it. */
export interface Inclusion {
  index: number
  size: number
  leaf: Hash
  root: Hash
}

/**
 * Whether `proof` shows that the leaf is at this index of the tree with this size and root (RFC 9162, section 2.1.3.2).
 * Every node has to be used, and every hash has to have its length.
 */
export function verifyInclusion({ index, size, leaf, root }: Inclusion, proof: readonly Hash[]): boolean {
  if (!isIndex(index, size) || !areHashes([leaf, root, ...proof])) return false
  let own = index
  let last = size - 1
  let hash = leaf
  for (const node of proof) {
    if (last === 0) return false
    if (isOdd(own) || own === last) {
      hash = nodeHash(node, hash)
      while (!isOdd(own) && own !== 0) {
        own = half(own)
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, node)
    }
    own = half(own)
    last = half(last)
  }
  return last === 0 && sameBytes(hash, root)
}

/** A tree as somebody has seen it. */
export interface TreeHead {
  size: number
  root: Hash
}

/**
 * Whether `proof` shows that the tree `to` begins with the leaves of the tree `from` (RFC 9162, section 2.1.4.2).
 * Every tree extends the empty one, and equal sizes need equal roots; both with an empty proof only.
 */
export function verifyConsistency(from: TreeHead, to: TreeHead, proof: readonly Hash[]): boolean {
  if (!isSize(from.size) || !isSize(to.size) || from.size > to.size) return false
  if (!areHashes([from.root, to.root, ...proof])) return false
  if (to.size === 0 && !sameBytes(to.root, emptyRoot)) return false
  if (from.size === 0) return proof.length === 0 && sameBytes(from.root, emptyRoot)
  if (from.size === to.size) return proof.length === 0 && sameBytes(from.root, to.root)
  return provesExtension(from, to, proof)
}

function provesExtension(from: TreeHead, to: TreeHead, proof: readonly Hash[]): boolean {
  let own = from.size - 1
  let last = to.size - 1
  while (isOdd(own)) {
    own = half(own)
    last = half(last)
  }
  // A complete old tree is the first node itself; the proof does not repeat it. Only then has `own` come down to 0.
  const [first, ...rest] = own === 0 ? [from.root, ...proof] : proof
  if (!first) return false
  let oldRoot = first
  let newRoot = first
  for (const node of rest) {
    if (last === 0) return false
    if (isOdd(own) || own === last) {
      oldRoot = nodeHash(node, oldRoot)
      newRoot = nodeHash(node, newRoot)
      while (!isOdd(own) && own !== 0) {
        own = half(own)
        last = half(last)
      }
    } else {
      newRoot = nodeHash(newRoot, node)
    }
    own = half(own)
    last = half(last)
  }
  return last === 0 && sameBytes(oldRoot, from.root) && sameBytes(newRoot, to.root)
}
