import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyRoot, type Hash, leafHash, nodeHash, rangeHash, rootOf } from '@/lib/transparency/merkle'
import { MultiProofBuilder, multiProofRanges, rootFromMultiProof } from './multi-proof'

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(Uint8Array.of(index, 3)))
const nodesOf = (leaves: readonly Hash[]) => (level: number, index: number) =>
  rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))

/** Leaves of a tree, and which of them are to be shown. */
const someLeaves = fc
  .integer({ min: 0, max: 70 })
  .chain((size) =>
    fc.record({ size: fc.constant(size), chosen: fc.array(fc.boolean(), { minLength: size, maxLength: size }) }),
  )

function proofFor(size: number, chosen: readonly boolean[]) {
  const leaves = leavesOf(size)
  const indices = leaves.flatMap((_, index) => (chosen[index] ? [index] : []))
  const builder = new MultiProofBuilder(nodeHash)
  for (const [index, leaf] of leaves.entries()) builder.append(leaf, chosen[index] ?? false)
  const claimed = { size, indices, leafAt: (position: number) => leaves[indices[position] ?? -1] ?? emptyRoot }
  return { leaves, indices, claimed, built: builder.finish() }
}

describe('a proof for many leaves', () => {
  it('leads to the root of the tree, and is the same whether made from leaves in one pass or from subtrees', () => {
    fc.assert(
      fc.property(someLeaves, ({ size, chosen }) => {
        const { leaves, indices, claimed, built } = proofFor(size, chosen)
        expect(built).toMatchObject({ size, root: rootOf(leaves) })
        const fromSubtrees = multiProofRanges(size, indices).map((range) => rangeHash(range, nodesOf(leaves)))
        expect(built.proof.map(bytesToHex)).toEqual(fromSubtrees.map(bytesToHex))
        expect(rootFromMultiProof(claimed, built.proof, nodeHash)).toEqual(built.root)
      }),
    )
  })

  it('does not lead there when one of its hashes is altered, dropped, doubled, added or swapped', () => {
    const spoiling = fc.record({
      kind: fc.constantFrom('alter', 'drop', 'double', 'add', 'swap'),
      at: fc.nat(),
    })
    fc.assert(
      fc.property(someLeaves, spoiling, ({ size, chosen }, { kind, at }) => {
        const { claimed, built } = proofFor(size, chosen)
        const proof = [...built.proof]
        const place = proof.length === 0 ? 0 : at % proof.length
        const node = proof[place]
        const other = proof[(place + 1) % proof.length]
        if (kind === 'add') proof.splice(place, 0, leafHash(Uint8Array.of(9)))
        else if (!node || !other) return
        else if (kind === 'alter') proof[place] = leafHash(node)
        else if (kind === 'drop') proof.splice(place, 1)
        else if (kind === 'double') proof.splice(place, 0, node)
        else if (proof.length < 2) return
        else [proof[place], proof[(place + 1) % proof.length]] = [other, node]
        expect(rootFromMultiProof(claimed, proof, nodeHash)).not.toEqual(built.root)
      }),
      { numRuns: 1000 },
    )
  })

  it('does not lead there for another leaf, place or size', () => {
    fc.assert(
      fc.property(someLeaves, fc.nat(), fc.nat(80), ({ size, chosen }, at, other) => {
        const { claimed, indices, built } = proofFor(size, chosen)
        const place = at % Math.max(1, indices.length)
        if (indices[place] === undefined) return
        const altered = (position: number) => (position === place ? emptyRoot : claimed.leafAt(position))
        expect(rootFromMultiProof({ ...claimed, leafAt: altered }, built.proof, nodeHash)).not.toEqual(built.root)
        if (other !== indices[place]) {
          const moved = indices.with(place, other)
          const root = rootFromMultiProof({ ...claimed, indices: moved }, built.proof, nodeHash)
          expect(root).not.toEqual(built.root)
        }
        const shorter = indices.slice(0, -1)
        expect(rootFromMultiProof({ ...claimed, indices: shorter }, built.proof, nodeHash)).not.toEqual(built.root)
      }),
      { numRuns: 1000 },
    )
  })
})
