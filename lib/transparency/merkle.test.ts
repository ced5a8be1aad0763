import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CompactTree,
  consistencyProof,
  emptyRoot,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  rangeHash,
  rootOf,
  subtreesOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle'

/** The eight leaves that the tests of Certificate Transparency have used since RFC 6962, and their roots by size. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hexToBytes)
const hashes = leaves.map((leaf) => leafHash(hexToBytes(leaf)))

const publishedInclusions = [
  { index: 0, size: 1, proof: [] },
  {
    index: 0,
    size: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    proof: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    proof: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
]

const publishedConsistencies = [
  { from: 1, to: 1, proof: [] },
  {
    from: 1,
    to: 8,
    proof: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    from: 6,
    to: 8,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    from: 2,
    to: 5,
    proof: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
  {
    from: 6,
    to: 7,
    proof: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
]

/** RFC 9162, section 2.1.1, word by word: the reference that the quick code is held against. */
function naiveRoot(of: readonly Hash[]): Hash {
  const [only] = of
  if (!only) return emptyRoot
  if (of.length === 1) return only
  let split = 1
  while (split * 2 < of.length) split *= 2
  return nodeHash(naiveRoot(of.slice(0, split)), naiveRoot(of.slice(split)))
}

/** Section 2.1.3.1 in the same way. */
function naivePath(index: number, of: readonly Hash[]): Hash[] {
  if (of.length === 1) return []
  let split = 1
  while (split * 2 < of.length) split *= 2
  const [left, right] = [of.slice(0, split), of.slice(split)]
  return index < split
    ? [...naivePath(index, left), naiveRoot(right)]
    : [...naivePath(index - split, right), naiveRoot(left)]
}

/** Section 2.1.4.1 in the same way. */
function naiveConsistency(from: number, of: readonly Hash[], isWhole: boolean): Hash[] {
  if (from === of.length) return isWhole ? [] : [naiveRoot(of)]
  let split = 1
  while (split * 2 < of.length) split *= 2
  const [left, right] = [of.slice(0, split), of.slice(split)]
  return from <= split
    ? [...naiveConsistency(from, left, isWhole), naiveRoot(right)]
    : [...naiveConsistency(from - split, right, false), naiveRoot(left)]
}

const nodesOf = (of: readonly Hash[]) => (level: number, index: number) =>
  naiveRoot(of.slice(index * 2 ** level, (index + 1) * 2 ** level))

const hex = (proof: readonly Hash[]) => proof.map(bytesToHex)
const leafHashes = (count: number) => Array.from({ length: count }, (_, index) => leafHash(Uint8Array.of(index, 7)))
const rootAt = (size: number): Hash => roots[size] ?? emptyRoot

/** A tree of 1 to 80 leaves and the index of one of them. */
const somePlace = fc
  .integer({ min: 1, max: 80 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }))

describe('the published vectors', () => {
  it.each(roots.map((root, size) => ({ size, root })))('have the root of $size leaves', ({ size, root }) => {
    expect(rootOf(hashes.slice(0, size))).toEqual(root)
    expect(naiveRoot(hashes.slice(0, size))).toEqual(root)
  })

  it.each(publishedInclusions)('prove leaf $index of $size', ({ index, size, proof }) => {
    const leaf = hashes[index] ?? emptyRoot
    expect(hex(inclusionProof(size, index, nodesOf(hashes)))).toEqual(proof)
    expect(verifyInclusion({ index, size, leaf, root: rootAt(size) }, proof.map(hexToBytes))).toBe(true)
  })

  it.each(publishedConsistencies)('prove that $to extends $from', ({ from, to, proof }) => {
    expect(hex(consistencyProof(from, to, nodesOf(hashes)))).toEqual(proof)
    const heads = [
      { size: from, root: rootAt(from) },
      { size: to, root: rootAt(to) },
    ] as const
    expect(verifyConsistency(...heads, proof.map(hexToBytes))).toBe(true)
  })
})

describe('a tree that is appended to', () => {
  it('has the root of the definition at every size, and names each complete subtree once', () => {
    const of = leafHashes(300)
    const tree = new CompactTree()
    const seen = new Map<string, Hash>()
    for (const [count, hash] of of.entries()) {
      expect(tree.size).toBe(count)
      tree.append(hash, (level, index, node) => {
        expect(seen.has(`${level}/${index}`)).toBe(false)
        seen.set(`${level}/${index}`, node)
      })
      if (count % 17 === 0) expect(tree.root()).toEqual(naiveRoot(of.slice(0, count + 1)))
    }
    for (const [key, node] of seen) {
      const [level = 0, index = 0] = key.split('/').map(Number)
      expect(node).toEqual(nodesOf(of)(level, index))
    }
    expect(seen.size).toBe(150 + 75 + 37 + 18 + 9 + 4 + 2 + 1)
  })

  it('goes on from its complete subtrees', () => {
    const of = leafHashes(90)
    for (const size of [0, 1, 2, 3, 63, 64, 65, 77]) {
      const subtrees = subtreesOf({ start: 0, end: size }).map(({ level, index }) => nodesOf(of)(level, index))
      const tree = CompactTree.of(size, subtrees)
      for (const hash of of.slice(size)) tree.append(hash)
      expect(tree.root()).toEqual(naiveRoot(of))
    }
    expect(() => CompactTree.of(3, [])).toThrow('does not consist of 0')
  })
})

describe('proofs', () => {
  it('are those of the definition, and hold', () => {
    fc.assert(
      fc.property(somePlace, fc.nat(80), ({ size, index }, smaller) => {
        const of = leafHashes(size)
        const root = naiveRoot(of)
        const inclusion = inclusionProof(size, index, nodesOf(of))
        expect(hex(inclusion)).toEqual(hex(naivePath(index, of)))
        expect(verifyInclusion({ index, size, leaf: of[index] ?? root, root }, inclusion)).toBe(true)

        const from = Math.min(smaller, size)
        const consistency = consistencyProof(from, size, nodesOf(of))
        if (from > 0) expect(hex(consistency)).toEqual(hex(naiveConsistency(from, of, true)))
        expect(verifyConsistency({ size: from, root: naiveRoot(of.slice(0, from)) }, { size, root }, consistency)).toBe(
          true,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('of a range fold its complete subtrees', () => {
    const of = leafHashes(70)
    expect(rangeHash({ start: 64, end: 70 }, nodesOf(of))).toEqual(naiveRoot(of.slice(64, 70)))
    expect(rangeHash({ start: 32, end: 64 }, nodesOf(of))).toEqual(naiveRoot(of.slice(32, 64)))
  })

  it('for a place that is not there are refused', () => {
    expect(() => inclusionProof(3, 3, nodesOf(hashes))).toThrow(RangeError)
    expect(() => inclusionProof(3, -1, nodesOf(hashes))).toThrow(RangeError)
    expect(() => consistencyProof(4, 3, nodesOf(hashes))).toThrow(RangeError)
  })
})

/** One way to spoil a list of hashes: a flipped bit, a node left out, doubled, added, swapped, cut short. */
const spoiling = fc.record({
  kind: fc.constantFrom('flip', 'drop', 'double', 'add', 'swap', 'short', 'long'),
  at: fc.nat(),
  bit: fc.nat(255),
})

function spoil(proof: readonly Hash[], { kind, at, bit }: { kind: string; at: number; bit: number }): Hash[] | null {
  const copy: Hash[] = proof.map((hash) => Uint8Array.from(hash))
  const place = copy.length === 0 ? 0 : at % copy.length
  const node = copy[place]
  if (kind === 'add') {
    copy.splice(at % (copy.length + 1), 0, leafHash(Uint8Array.of(bit)))
    return copy
  }
  if (!node) return null
  if (kind === 'flip') node[Math.floor(bit / 8)] = (node[Math.floor(bit / 8)] ?? 0) ^ (1 << (bit % 8))
  if (kind === 'drop') copy.splice(place, 1)
  if (kind === 'double') copy.splice(place, 0, node)
  if (kind === 'short') copy[place] = node.subarray(0, 31)
  if (kind === 'long') copy[place] = Uint8Array.from([...node, 0])
  if (kind === 'swap') {
    const other = copy[(place + 1) % copy.length]
    if (copy.length < 2 || !other) return null
    copy[place] = other
    copy[(place + 1) % copy.length] = node
  }
  return copy
}

describe('a proof that was touched', () => {
  it('does not show that a leaf is there', () => {
    fc.assert(
      fc.property(somePlace, spoiling, ({ size, index }, how) => {
        const of = leafHashes(size)
        const place = { index, size, leaf: of[index] ?? emptyRoot, root: naiveRoot(of) }
        const spoilt = spoil(naivePath(index, of), how)
        if (spoilt) expect(verifyInclusion(place, spoilt)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('does not show that a tree extends another', () => {
    fc.assert(
      fc.property(somePlace, spoiling, ({ size, index }, how) => {
        const of = leafHashes(size)
        const from = index + 1
        const heads = [
          { size: from, root: naiveRoot(of.slice(0, from)) },
          { size, root: naiveRoot(of) },
        ] as const
        const spoilt = spoil(consistencyProof(from, size, nodesOf(of)), how)
        if (spoilt) expect(verifyConsistency(...heads, spoilt)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a proof of something else', () => {
  it('does not fit another leaf, place, size or root', () => {
    fc.assert(
      fc.property(somePlace, fc.nat(80), fc.nat(80), ({ size, index }, otherIndex, otherSize) => {
        const of = leafHashes(size)
        const leaf = of[index] ?? emptyRoot
        const root = naiveRoot(of)
        const proof = naivePath(index, of)
        if (otherIndex !== index) expect(verifyInclusion({ index: otherIndex, size, leaf, root }, proof)).toBe(false)
        expect(verifyInclusion({ index, size, leaf: leafHash(Uint8Array.of(9)), root }, proof)).toBe(false)
        expect(verifyInclusion({ index, size, leaf, root: emptyRoot }, proof)).toBe(false)
        // The size itself is bound by the checkpoint's signature; a proof alone binds it as far as its shape goes.
        const otherPath = otherSize > index ? naivePath(index, leafHashes(otherSize)) : []
        if (otherPath.length !== proof.length)
          expect(verifyInclusion({ index, size: otherSize, leaf, root }, proof)).toBe(false)
      }),
    )
  })

  it('does not join histories that forked', () => {
    fc.assert(
      fc.property(somePlace, fc.nat(79), ({ size, index }, at) => {
        const of = leafHashes(size)
        const from = index + 1
        const forked = of.map((hash, index) => (index === at % from ? leafHash(Uint8Array.of(255, 255)) : hash))
        const proof = consistencyProof(from, size, nodesOf(of))
        const old = { size: from, root: naiveRoot(forked.slice(0, from)) }
        expect(verifyConsistency(old, { size, root: naiveRoot(of) }, proof)).toBe(false)
      }),
    )
  })

  it('does not pass at the edges', () => {
    const [root, some] = [rootAt(1), rootAt(8)]
    for (const [index, size] of [
      [0, 0],
      [1, 0],
      [1, 1],
      [2, 1],
      [-1, 1],
      [0.5, 1],
      [Number.NaN, 1],
    ] as const)
      expect(verifyInclusion({ index, size, leaf: root, root }, [])).toBe(false)
    expect(verifyInclusion({ index: 0, size: 1, leaf: new Uint8Array(), root: new Uint8Array() }, [])).toBe(false)
    const head = (size: number, of: Hash) => ({ size, root: of })
    expect(verifyConsistency(head(0, emptyRoot), head(0, emptyRoot), [])).toBe(true)
    expect(verifyConsistency(head(0, emptyRoot), head(1, root), [])).toBe(true)
    expect(verifyConsistency(head(1, root), head(1, root), [])).toBe(true)
    expect(verifyConsistency(head(0, some), head(1, root), [])).toBe(false)
    expect(verifyConsistency(head(0, some), head(0, some), [])).toBe(false)
    expect(verifyConsistency(head(1, root), head(1, some), [])).toBe(false)
    expect(verifyConsistency(head(1, root), head(0, emptyRoot), [])).toBe(false)
    expect(verifyConsistency(head(8, some), head(1, root), [])).toBe(false)
    expect(verifyConsistency(head(1, root), head(8, some), [])).toBe(false)
    expect(verifyConsistency(head(0, emptyRoot), head(1, root), [emptyRoot])).toBe(false)
    expect(verifyConsistency(head(1, root), head(1, root), [emptyRoot])).toBe(false)
  })
})
