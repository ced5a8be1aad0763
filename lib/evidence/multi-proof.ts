import { emptyRoot, type Hash, type Range } from '@/lib/transparency/merkle'

/**
 * One proof for many leaves of a tree (RFC 9162, section 2.1): the roots of the largest subtrees that hold none of them,
 * from left to right. With all leaves at hand it is empty; with one leaf it is that leaf's inclusion proof in another order.
 */

/** The hash of an inner node; whoever verifies a million leaves brings a quick one. */
export type HashNode = (left: Hash, right: Hash) => Hash

function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** What the hashes of the proof cover, in their order, for leaves at ascending `indices` of a tree of `size`. */
export function multiProofRanges(size: number, indices: readonly number[]): Range[] {
  const ranges: Range[] = []
  let next = 0
  const visit = (start: number, end: number): void => {
    const index = indices[next]
    if (index === undefined || index >= end) {
      ranges.push({ start, end })
    } else if (end - start === 1) {
      next += 1
    } else {
      const middle = start + splitOf(end - start)
      visit(start, middle)
      visit(middle, end)
    }
  }
  if (size > 0) visit(0, size)
  return ranges
}

/** Leaves that are claimed to be in a tree. */
export interface ClaimedLeaves {
  size: number
  /** Ascending; as many as there are leaves. */
  indices: ArrayLike<number>
  leafAt(position: number): Hash
}

/**
 * The root that follows from the leaves and the proof, or null when the proof has too few or too many hashes, or an
 * index is out of place. Every hash of the proof goes into the root.
 */
export function rootFromMultiProof(
  { size, indices, leafAt }: ClaimedLeaves,
  proof: readonly Hash[],
  hashNode: HashNode,
): Hash | null {
  let next = 0
  let used = 0
  const visit = (start: number, end: number): Hash | null => {
    const index = indices[next]
    if (index === undefined || index >= end) {
      used += 1
      return proof[used - 1] ?? null
    }
    if (end - start === 1) {
      next += 1
      return index === start ? leafAt(next - 1) : null
    }
    const middle = start + splitOf(end - start)
    const left = visit(start, middle)
    const right = left && visit(middle, end)
    return left && right && hashNode(left, right)
  }
  const root = size === 0 ? emptyRoot : visit(0, size)
  return next === indices.length && used === proof.length ? root : null
}

interface Subtree {
  size: number
  hash: Hash
  /** Null while none of its leaves is chosen: then its hash may become part of the proof. */
  proof: Hash[] | null
}

/** Makes the root of a tree and the proof for some of its leaves in one pass, without keeping the leaves. */
export class MultiProofBuilder {
  readonly #hashNode: HashNode
  readonly #subtrees: Subtree[] = []
  #size = 0

  constructor(hashNode: HashNode) {
    this.#hashNode = hashNode
  }

  /** Appends the next leaf by its hash; `isChosen` when the proof has to show it. */
  append(hash: Hash, isChosen: boolean): void {
    this.#size += 1
    let own: Subtree = { size: 1, hash, proof: isChosen ? [] : null }
    for (let last = this.#subtrees.at(-1); last?.size === own.size; last = this.#subtrees.at(-1)) {
      this.#subtrees.pop()
      own = this.#joined(last, own)
    }
    this.#subtrees.push(own)
  }

  /** The number of leaves, the root over them and the proof for the chosen ones. */
  finish(): { size: number; root: Hash; proof: Hash[] } {
    const whole = this.#subtrees.reduceRight<Subtree | null>(
      (right, left) => (right ? this.#joined(left, right) : left),
      null,
    )
    if (!whole) return { size: 0, root: emptyRoot, proof: [] }
    return { size: this.#size, root: whole.hash, proof: whole.proof ?? [whole.hash] }
  }

  #joined(left: Subtree, right: Subtree): Subtree {
    const isPlain = !left.proof && !right.proof
    const proof = isPlain ? null : (left.proof ?? [left.hash])
    for (const hash of right.proof ?? [right.hash]) proof?.push(hash)
    return { size: left.size + right.size, hash: this.#hashNode(left.hash, right.hash), proof }
  }
}
