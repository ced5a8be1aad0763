import { type Hash, hashBytes } from '@/lib/transparency/merkle'
import type { Digests } from './digests'
import type { HashNode } from './multi-proof'

/** Hashes of leaves and inner nodes (RFC 9162, section 2.1.1) by the digests of whoever asks. */
export interface TreeHashing {
  leaf(bytes: Uint8Array): Hash
  node: HashNode
}

export function treeHashing(digests: Digests): TreeHashing {
  // What is in them is hashed at once, so that one buffer each does for all leaves and nodes.
  let prefixed = new Uint8Array(4096)
  const pair = new Uint8Array(1 + 2 * hashBytes)
  pair[0] = 0x01
  return {
    leaf(bytes) {
      const length = 1 + bytes.length
      if (length > prefixed.length) prefixed = new Uint8Array(2 * length)
      prefixed.set(bytes, 1)
      return digests.sha256(prefixed.subarray(0, length))
    },
    node(left, right) {
      pair.set(left, 1)
      pair.set(right, 1 + hashBytes)
      return digests.sha256(pair)
    },
  }
}

/** Many hashes in one piece of memory: 32 bytes each, and nothing besides. */
export class HashList {
  #bytes = new Uint8Array(1024 * hashBytes)
  #count = 0

  get length(): number {
    return this.#count
  }

  push(hash: Hash): void {
    if ((this.#count + 1) * hashBytes > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes.set(hash, this.#count * hashBytes)
    this.#count += 1
  }

  at(position: number): Hash {
    return this.#bytes.subarray(position * hashBytes, (position + 1) * hashBytes)
  }
}
