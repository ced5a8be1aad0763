import { randomBytes } from 'node:crypto'
import { zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@/lib/audit/model'
import type { Manifest } from '../model'
import { nativeDigests } from '../native-digests'
import { memorySource } from '../source'
import { testBundle, testLog } from '../testing/bundle'
import { otherSigner, signer } from '../testing/log'
import {
  containerOf,
  filesIn,
  jsonIn,
  linesIn,
  signedAnew,
  type TestFile,
  withFile,
  withLines,
} from '../testing/tampering'
import type { Check } from './refusal'
import { verifyBundle } from './verify'

/** Whatever is done to a bundle, it is refused with the first thing that does not hold, and never by an exception. */

let good: Uint8Array
let part: Uint8Array
let files: TestFile[]
let partFiles: TestFile[]

beforeAll(async () => {
  good = await testBundle({ at: { since: 12, isWitnessed: true } })
  part = await testBundle({ isChosen: ({ layer, gaps }) => layer === 'identity' && gaps !== 3, at: { since: 12 } })
  files = await filesIn(good)
  partFiles = await filesIn(part)
})

const verify = (bytes: Uint8Array) =>
  verifyBundle(memorySource(bytes), {
    trust: { keys: [signer.key], witnesses: [], earlier: null },
    digests: nativeDigests,
    now: new Date('2026-03-02T00:00:00Z'),
  })

async function expectRefused(bytes: Uint8Array, check?: Check, what = ''): Promise<void> {
  const { intact, firstFailure } = await verify(bytes)
  expect(intact, what).toBe(false)
  expect(firstFailure?.what, what).toMatch(/^[A-Z].{10,}\.$/s)
  if (check) expect(firstFailure?.check, `${what}: ${firstFailure?.what}`).toBe(check)
}

describe('bytes', () => {
  it.each(['first', 'second', 'third', 'fourth'])(
    'flipped in 2,000 places at random are each refused (%s 500)',
    async () => {
      const places = randomBytes(4 * 500)
      for (let at = 0; at < 500; at += 1) {
        const place = places.readUInt32LE(at * 4) % good.length
        const flipped = Uint8Array.from(good)
        flipped[place] = (flipped[place] ?? 0) ^ (1 << (at % 8))
        await expectRefused(flipped, undefined, `byte ${place}, bit ${at % 8}`)
      }
    },
  )

  it('of headers and of the manifest signature flipped one by one are each refused', async () => {
    const [manifest, signature] = files
    const headers = 30 + 'manifest.json'.length
    const signed = headers + (manifest?.content.length ?? 0)
    const ranges = [
      [0, headers],
      [signed, signed + 30 + 'manifest.sig'.length + (signature?.content.length ?? 0)],
      [good.length - 200, good.length],
    ] as const
    for (const [from, to] of ranges) {
      for (let place = from; place < to; place += 1) {
        const flipped = Uint8Array.from(good)
        flipped[place] = (flipped[place] ?? 0) ^ 0x20
        await expectRefused(flipped, undefined, `byte ${place}`)
      }
    }
  })

  it('cut off, added behind or put before are refused', async () => {
    for (let length = 0; length < good.length; length += 97) await expectRefused(good.subarray(0, length), 'container')
    await expectRefused(good.subarray(0, -1), 'container')
    await expectRefused(good.subarray(1), 'container')
    await expectRefused(Buffer.concat([good, Buffer.of(0)]), 'container')
    await expectRefused(Buffer.concat([Buffer.of(0), good]), 'container')
    await expectRefused(Buffer.concat([good, good]), 'container')
    await expectRefused(new Uint8Array(), 'container')
  })
})

describe('files', () => {
  it('dropped, added, doubled, swapped or renamed are refused', async () => {
    for (const [at, file] of files.entries()) {
      await expectRefused(containerOf(files.toSpliced(at, 1)), 'manifest', `without ${file.name}`)
      await expectRefused(containerOf(files.toSpliced(at, 0, file)), 'container', `${file.name} twice`)
      const other = { name: 'notes.txt', content: file.content }
      await expectRefused(containerOf(files.toSpliced(at, 0, other)), 'manifest', `one more before ${file.name}`)
      await expectRefused(containerOf(files.toSpliced(at, 1, other)), 'manifest', `${file.name} renamed`)
      const next = files[(at + 1) % files.length]
      if (!next) continue
      const reordered = files.with(at, next).with((at + 1) % files.length, file)
      await expectRefused(containerOf(reordered), 'manifest', `${file.name} after its neighbour`)
      const swapped = files
        .with(at, { name: file.name, content: next.content })
        .with((at + 1) % files.length, { name: next.name, content: file.content })
      await expectRefused(containerOf(swapped), undefined, `${file.name} with the content of its neighbour`)
    }
  })

  it('cut short, emptied, or of another bundle are refused', async () => {
    const others = await filesIn(await testBundle({ at: { since: 12, isWitnessed: true }, later: 4 }))
    for (const { name, content } of files) {
      if (content.length === 0) continue
      await expectRefused(containerOf(withFile(files, name, content.subarray(0, -1))), undefined, name)
      await expectRefused(containerOf(withFile(files, name, new Uint8Array())), undefined, name)
      const other = others.find((file) => file.name === name)
      if (other && Buffer.compare(other.content, content) !== 0)
        await expectRefused(containerOf(withFile(files, name, other.content)), undefined, name)
    }
  })

  it('have to be those of the request, even when signed', async () => {
    const lists = [
      files.filter(({ name }) => name !== 'events.ndjson'),
      files.filter(({ name }) => name !== 'data/matrix.csv'),
      files.filter(({ name }) => name !== 'consistency.json'),
      [...files, { name: 'data/gaps.ndjson', content: new Uint8Array() }],
      files.toSpliced(3, 0, { name: 'notes.txt', content: new Uint8Array() }),
    ]
    for (const list of lists) await expectRefused(signedAnew(list), 'manifest')
  })
})

describe('signatures', () => {
  it('of another key, swapped, doubled, or missing are refused', async () => {
    await expectRefused(signedAnew(files, undefined, otherSigner), 'manifest signature')
    const signed = textOf('manifest.sig')
    const line = signed.split('\n\n')[1] ?? ''
    expect(line).toMatch(/^— .*\n$/)
    for (const changed of [
      signed + line,
      signed.replace(/— .*\n$/s, ''),
      `${signed}— witness.example AAAAAAAAAAAA\n`,
      signed.trimEnd(),
      signed.replace('\n\n', '\n\n\n'),
      signed.replace('/v1', '/v2'),
      'nothing',
    ])
      await expectRefused(containerOf(withFile(files, 'manifest.sig', changed)), 'manifest signature', changed)
    const swapped = textOf('checkpoint.txt').replace(/— pentarch.*\n/, line)
    await expectRefused(signedAnew(withFile(files, 'checkpoint.txt', swapped)), 'checkpoint')
  })

  it('of the checkpoint are looked at, and it has to be the one of the manifest', async () => {
    const log = testLog()
    for (const changed of [
      log.noteAt(12),
      log.noteAt(20, otherSigner),
      'nothing',
      textOf('checkpoint.txt').replace('40', '41'),
    ])
      await expectRefused(signedAnew(withFile(files, 'checkpoint.txt', changed)), 'checkpoint')
    const withRoot = (manifest: Manifest) => ({ ...manifest, checkpoint: { size: 39, root: '00'.repeat(32) } })
    await expectRefused(signedAnew(files, withRoot), 'checkpoint')
    await expectRefused(
      signedAnew(files, (manifest) => ({ ...manifest, origin: 'pentarch/other' })),
      'manifest signature',
    )
  })

  const textOf = (name: string) => new TextDecoder().decode(files.find((file) => file.name === name)?.content)
})

const anyHash = 'ab'.repeat(32)

/** A list of hashes changed in each way at each place. */
function spoilt(hashes: readonly string[]): string[][] {
  const flipped = (hash: string) => hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
  const each = hashes.flatMap((hash, at) => [
    hashes.with(at, flipped(hash)),
    hashes.toSpliced(at, 1),
    hashes.toSpliced(at, 0, hash),
    hashes.toSpliced(at, 0, anyHash),
  ])
  const swapped = hashes.slice(1).map((hash, at) => hashes.with(at, hash).with(at + 1, hashes[at] ?? ''))
  return [...each, ...swapped, [...hashes, anyHash]]
}

describe('what the key of the log alone cannot make', () => {
  it('a proof with any of its hashes altered, dropped, doubled, added or swapped', async () => {
    const proofs = [
      ['events.proof.json', 'events', files],
      ['consistency.json', 'history', files],
      ['data/matrix.proof.json', 'rows', partFiles],
      ['data/matrix.proof.json', 'rows', files],
    ] as const
    for (const [name, check, of] of proofs) {
      const proof = jsonIn<{ hashes: string[] } & Record<string, Json>>(of, name)
      for (const hashes of spoilt(proof.hashes))
        await expectRefused(signedAnew(withFile(of, name, { ...proof, hashes })), check, name)
    }
  })

  it('a proof for another size, other places, or another number of rows', async () => {
    const events = jsonIn<Record<string, Json>>(files, 'events.proof.json')
    for (const size of [0, 39, 41, 2 ** 53 - 1])
      await expectRefused(signedAnew(withFile(files, 'events.proof.json', { ...events, size })), 'events')
    const rows = jsonIn<{ indices: number[] } & Record<string, Json>>(partFiles, 'data/matrix.proof.json')
    const { indices } = rows
    for (const changed of [
      { indices: indices.map((index) => index + 1) },
      { indices: indices.slice(1) },
      { indices: [...indices, 39] },
      { indices: indices.toReversed() },
      { indices: 'all' },
      { rows: 39 },
      { rows: 41 },
    ])
      await expectRefused(signedAnew(withFile(partFiles, 'data/matrix.proof.json', { ...rows, ...changed })), 'rows')
    const consistency = jsonIn<Record<string, Json>>(files, 'consistency.json')
    for (const changed of [
      { to: 39 },
      { from: { size: 11, root: anyHash } },
      { from: { size: 12, root: anyHash } },
      { from: { size: 0, root: anyHash } },
    ])
      await expectRefused(signedAnew(withFile(files, 'consistency.json', { ...consistency, ...changed })), 'history')
  })

  it('an event or row that is altered, left out, added, doubled or moved', async () => {
    for (const [name, check] of [
      ['events.ndjson', 'events'],
      ['data/matrix.ndjson', 'rows'],
    ] as const) {
      const lines = linesIn(files, name)
      for (const [at, line] of lines.entries()) {
        const altered = line.includes('iam') ? line.replace('iam', 'pam') : line.replace('production', 'staging')
        if (altered !== line) await expectRefused(signedAnew(withLines(files, name, lines.with(at, altered))), check)
        await expectRefused(signedAnew(withLines(files, name, lines.toSpliced(at, 1))), undefined, `${name} ${at}`)
        await expectRefused(signedAnew(withLines(files, name, lines.toSpliced(at, 0, line))), check)
        const next = lines[at + 1]
        if (next)
          await expectRefused(signedAnew(withLines(files, name, lines.with(at, next).with(at + 1, line))), check)
      }
      await expectRefused(signedAnew(withLines(files, name, [...lines, '{"key":"zz"}'])), check)
      await expectRefused(signedAnew(withFile(files, name, lines.join('\n'))), check)
      await expectRefused(signedAnew(withLines(files, name, [])), undefined)
    }
  })

  it('an opening of another value, salt, place or event', async () => {
    const name = 'openings.ndjson'
    const lines = linesIn(files, name)
    for (const [at, line] of lines.entries()) {
      for (const altered of [
        line.replace('Farid', 'Fatma'),
        line.replace(/"salt":"../, '"salt":"ff'),
        line.replace('/actor/name', '/actor/id'),
        line.replace(/"index":\d+/, '"index":0'),
        line.replace(/"index":\d+/, '"index":39'),
      ])
        await expectRefused(signedAnew(withLines(files, name, lines.with(at, altered))), 'openings', altered)
      await expectRefused(signedAnew(withLines(files, name, lines.toSpliced(at, 0, line))), 'openings')
    }
  })

  it('another state, or the same of another time', async () => {
    const state = jsonIn<Record<string, Json>>(files, 'state.json')
    for (const changed of [{ leaf: 1 }, { leaf: 39 }, { asOf: '2026-03-01T00:00:00.000Z' }])
      await expectRefused(signedAnew(withFile(files, 'state.json', { ...state, ...changed })), 'state')
    await expectRefused(
      signedAnew(files, (manifest) => ({ ...manifest, asOf: '2026-03-01T00:00:00.000Z' })),
      'state',
    )
    const before = (manifest: Manifest) => ({
      ...manifest,
      request: { ...manifest.request, asOf: '2026-03-01T00:00:00.000Z' },
    })
    await expectRefused(signedAnew(files, before), 'state')
  })

  it('JSON that two readers could read differently', async () => {
    const lines = linesIn(files, 'data/matrix.ndjson')
    const [first = ''] = lines
    for (const line of [
      first.replace('{', '{ '),
      first.replace('{', '{"a":1,"a":2,'),
      first.replace('"iam"', '"\\u0069am"').replace('null', 'null '),
      first.replace('0', '0.0'),
      first.replace('}', ',"z":"\\ud800"}'),
      first.replace('}', ',"aa":1}'),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      '',
      'null',
      '{}',
      '{"key":1}',
      '\ufeff{}',
      'x'.repeat(5_000_000),
    ])
      await expectRefused(
        signedAnew(withLines(files, 'data/matrix.ndjson', lines.with(0, line))),
        'rows',
        line.slice(0, 80),
      )
    const notUtf8 = Buffer.concat([Buffer.from('{"key":"'), Buffer.of(0xff), Buffer.from('"}\n')])
    await expectRefused(signedAnew(withFile(files, 'data/matrix.ndjson', notUtf8)), 'rows')
  })

  it('a manifest of another shape', async () => {
    const odd = [
      { version: 2 },
      { format: 'other' },
      { more: 1 },
      { asOf: 'yesterday' },
      { checkpoint: { size: -1, root: anyHash } },
      { request: { datasets: ['../matrix'], filter: {}, asOf: null, period: null, since: 12 } },
    ]
    for (const change of odd)
      await expectRefused(
        signedAnew(files, (manifest) => ({ ...manifest, ...change }) as Manifest),
        'manifest',
      )
  })
})

describe('a container that is none of ours', () => {
  const name = (text: string) => [{ name: text, content: Buffer.from('x') }]

  it('with names that lead elsewhere, or are too long, is refused', async () => {
    for (const path of [
      '../evil',
      'data/../../evil',
      '/etc/passwd',
      'C:\\evil',
      '..\\evil',
      'data//x.csv',
      'MANIFEST.JSON',
      'a\0b.txt',
      '',
      `${'a'.repeat(65_000)}.txt`,
    ])
      await expectRefused(containerOf([...name(path), ...files]), 'container', path.slice(0, 40))
    await expectRefused(containerOf(name('x'.repeat(70_000))), 'container')
  })

  it('compressed, encrypted, a link, or a bomb is refused', async () => {
    const content = Object.fromEntries(files.map((file) => [file.name, file.content]))
    await expectRefused(zipSync(content, { level: 9 }), 'container')
    await expectRefused(zipSync(content, { level: 0 }), 'container')
    await expectRefused(zipSync({ 'bomb.txt': new Uint8Array(10_000_000) }, { level: 9 }), 'container')
    await expectRefused(
      zipSync({ 'manifest.json': [Buffer.from('/etc/passwd'), { os: 3, attrs: 0o120777 << 16, level: 0 }] }),
      'container',
    )
    const encrypted = Uint8Array.from(good)
    encrypted[6] = 1
    await expectRefused(encrypted, 'container')
  })

  it('that claims more than there is, is refused', async () => {
    const directory = good.length - 22
    const claim = (change: (view: DataView) => void) => {
      const copy = Uint8Array.from(good)
      change(new DataView(copy.buffer))
      return copy
    }
    const claims: ((view: DataView) => void)[] = [
      // A million entries do not fit the field; its largest value is how the 64-bit extension is announced.
      (view) => {
        view.setUint16(directory + 8, 0xffff, true)
        view.setUint16(directory + 10, 0xffff, true)
      },
      (view) => view.setUint16(directory + 10, 3, true),
      (view) => view.setUint32(directory + 12, 0xffffffff, true),
      (view) => view.setUint32(directory + 16, 0xffffffff, true),
      (view) => view.setUint32(directory + 16, 0, true),
      (view) => view.setUint32(18, 0xffffffff, true),
      (view) => view.setUint32(22, 0xfffffff0, true),
    ]
    for (const change of claims) await expectRefused(claim(change), 'container')
  })

  it('of noise is refused', async () => {
    for (let round = 0; round < 200; round += 1) await expectRefused(randomBytes(round * 7), 'container')
  })
})
