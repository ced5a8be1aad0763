import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CompactTree, type Hash, leafHash, rootOf } from './merkle'
import {
  decodeEntries,
  encodeEntries,
  entriesPath,
  hashesAt,
  nodeInTile,
  parseTileLevel,
  parseTilePlace,
  rootOfHashes,
  tileOfNode,
  tilePath,
  tileWidth,
  widthIn,
} from './tiles'

describe('the path of a tile', () => {
  it.each([
    [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 1, index: 999, width: 17 }, 'tile/1/999.p/17'],
    [{ level: 2, index: 1000, width: 1 }, 'tile/2/x001/000.p/1'],
  ])('%o is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    const [, level = '', place = ''] = /^tile\/([0-9]+)\/(.*)$/.exec(path) ?? []
    expect(parseTileLevel(level)).toBe(tile.level)
    expect(parseTilePlace(place)).toEqual({ index: tile.index, width: tile.width })
  })

  it('is read back for every index and width, and in one way only', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 256 }), (index, width) => {
        const path = entriesPath({ index, width })
        expect(parseTilePlace(path.slice('tile/entries/'.length))).toEqual({ index, width })
      }),
    )
    for (const place of [
      '',
      '0',
      '00',
      '0000',
      'x000/000',
      '001/000',
      '000.p/0',
      '000.p/256',
      '000.p/01',
      '000.p/',
      '-01',
      'x001/067/',
      '../000',
    ])
      expect(parseTilePlace(place)).toBeNull()
    for (const level of ['', '00', '01', '64', '-1', '1e1', 'x']) expect(parseTileLevel(level)).toBeNull()
  })
})

describe('a tree of 70,000', () => {
  it('has the tiles of the specification', () => {
    const widths = (level: number) =>
      Array.from({ length: Math.ceil(hashesAt(level, 70_000) / tileWidth) }, (_, index) =>
        widthIn(70_000, { level, index }),
      )
    expect(widths(0)).toEqual([...Array(273).fill(256), 112])
    expect(widths(1)).toEqual([256, 17])
    expect(widths(2)).toEqual([1])
    expect(widthIn(70_000, { level: 0, index: 274 })).toBe(0)
    expect(hashesAt(3, 70_000)).toBe(0)
    expect([hashesAt(0, 256), hashesAt(1, 256)]).toEqual([256, 1])
  })

  it('finds each complete subtree in its tile', () => {
    const count = 700
    const rows = new Map<string, Hash[]>()
    const put = (level: number, hash: Hash) => rows.set(String(level), [...(rows.get(String(level)) ?? []), hash])
    const tree = new CompactTree()
    const nodes = new Map<string, Hash>()
    for (let index = 0; index < count; index += 1) {
      const hash = leafHash(Uint8Array.of(index % 251, Math.floor(index / 251)))
      put(0, hash)
      nodes.set(`0/${index}`, hash)
      tree.append(hash, (level, at, node) => {
        nodes.set(`${level}/${at}`, node)
        if (level % 8 === 0) put(level / 8, node)
      })
    }
    for (const [key, node] of nodes) {
      const [level = 0, index = 0] = key.split('/').map(Number)
      const place = tileOfNode(level, index)
      const row = (rows.get(String(place.level)) ?? []).slice(place.index * tileWidth, (place.index + 1) * tileWidth)
      const hashes = Uint8Array.from(row.flatMap((hash) => [...hash]))
      expect(nodeInTile(hashes, level, index)).toEqual(node)
      expect(() => nodeInTile(hashes.subarray(0, place.to * 32 - 1), level, index)).toThrow('lacks node')
    }
    const all = rows.get('0') ?? []
    expect(rootOfHashes(Uint8Array.from(all.flatMap((hash) => [...hash])))).toEqual(rootOf(all))
  })
})

describe('entries', () => {
  it('stand behind their length and are taken apart again', () => {
    expect(encodeEntries([Uint8Array.of(7), new Uint8Array(258)]).subarray(0, 5)).toEqual(Uint8Array.of(0, 1, 7, 1, 2))
    fc.assert(
      fc.property(fc.array(fc.uint8Array(), { maxLength: 256 }), (entries) => {
        const encoded = encodeEntries(entries)
        expect(decodeEntries(encoded)).toEqual(entries)
        if (encoded.length > 0 && (entries.at(-1)?.length ?? 0) > 0)
          expect(decodeEntries(encoded.subarray(0, -1))).toBeNull()
      }),
    )
    expect(decodeEntries(encodeEntries(Array(257).fill(new Uint8Array())))).toBeNull()
    expect(decodeEntries(Uint8Array.of(0))).toBeNull()
    expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow('does not fit')
  })
})
