import { beforeAll, describe, expect, it } from 'vitest'
import { asCosigner } from '@/lib/transparency/verifier-key'
import { portableDigests } from '../digests'
import { nativeDigests } from '../native-digests'
import { memorySource } from '../source'
import { type TestBundleOptions, testBundle, testLog } from '../testing/bundle'
import { otherSigner, signer, timeOf, witness } from '../testing/log'
import type { Trust } from './history'
import { verifyBundle } from './verify'

const trusting: Trust = { keys: [signer.key], witnesses: [], earlier: null }
const now = new Date('2026-03-01T02:00:00Z')

const verify = (bytes: Uint8Array, trust: Partial<Trust> = {}, digests = nativeDigests) =>
  verifyBundle(memorySource(bytes), { trust: { ...trusting, ...trust }, digests, now })

const verified = async (options: TestBundleOptions, trust: Partial<Trust> = {}) =>
  await verify(await testBundle(options), trust)

describe('a bundle that nobody touched', () => {
  let bytes: Uint8Array
  beforeAll(async () => {
    bytes = await testBundle()
  })

  it('is intact and whole', async () => {
    const report = await verify(bytes)
    expect(report.firstFailure).toBeNull()
    expect(report.intact).toBe(true)
    expect(report.integrity.standing).toBe('holds')
    expect(report.completeness).toMatchObject({
      standing: 'holds',
      statements: ['matrix: the whole population, 40 of 40 rows.', 'assignments: the whole population, 4 of 4 rows.'],
    })
    expect(report.freshness.standing).toBe('partly')
    expect(report.bundle?.key).toEqual({ name: signer.key.name, id: signer.key.keyId, from: 'given' })
  })

  it('is the same whoever computes the digests', async () => {
    expect(await verify(bytes, {}, portableDigests)).toEqual(await verify(bytes))
  })

  it('is the same bytes when it is made again', async () => {
    expect(Buffer.compare(await testBundle(), bytes)).toBe(0)
  })

  it('says which rows follow from the events, and which it cannot re-derive', async () => {
    const { integrity } = await verify(bytes)
    expect(integrity.statements).toContain('assignments: 3 rows re-derived from the events, and the same.')
    expect(integrity.statements.join()).toContain('cannot re-derive 1 row')
  })

  it('says so when the key is its own', async () => {
    const report = await verify(bytes, { keys: [] })
    expect(report).toMatchObject({
      intact: true,
      integrity: { standing: 'partly' },
      bundle: { key: { from: 'bundle' } },
    })
    expect(report.unknown).toContain('Who holds the key that signed this.')
  })

  it('is refused with another key', async () => {
    const report = await verify(bytes, { keys: [otherSigner.key] })
    expect(report).toMatchObject({ intact: false, firstFailure: { check: 'manifest signature', file: 'manifest.sig' } })
  })
})

describe('a part of the rows', () => {
  it('is proved row by row, and is no whole population', async () => {
    const report = await verified({ isChosen: ({ layer }) => layer === 'identity' })
    expect(report.firstFailure).toBeNull()
    expect(report.completeness.standing).toBe('partly')
    expect(report.completeness.statements[0]).toContain('matrix: 8 of 40 rows.')
  })

  it('may be none', async () => {
    const report = await verified({ isChosen: () => false })
    expect(report.firstFailure).toBeNull()
    expect(report.completeness.statements[0]).toContain('matrix: 0 of 40 rows.')
  })
})

describe('a period of events', () => {
  it('is whole when all of them and their neighbours are there', async () => {
    const period = { from: timeOf(10), to: timeOf(20) }
    const report = await verified({ request: { period } })
    expect(report.firstFailure).toBeNull()
    expect(report.completeness.statements.at(-1)).toContain('all of them, 10;')
  })
})

describe('the history', () => {
  const earlier = testLog().noteAt(12)

  it('is proved from the checkpoint that the auditor holds', async () => {
    const report = await verified({ at: { since: 12 } }, { earlier })
    expect(report.firstFailure).toBeNull()
    expect(report.integrity.statements.join()).toContain('since the checkpoint that you hold (12 events)')
  })

  it('is not shown without a proof from that very size', async () => {
    for (const at of [{}, { since: 11 }])
      expect(await verified({ at }, { earlier })).toMatchObject({ intact: false, firstFailure: { check: 'history' } })
  })

  it('is refused when it forked before that checkpoint', async () => {
    const forked = testLog()
    const other = testLog()
    forked.append({ action: 'gaps.comment', subjectType: 'gap', subjectId: 'one' })
    other.append({ action: 'gaps.comment', subjectType: 'gap', subjectId: 'other' })
    const held = forked.noteAt(forked.size)
    const report = await verified({ log: other, at: { since: forked.size } }, { earlier: held })
    expect(report).toMatchObject({ intact: false, firstFailure: { check: 'history' } })
    expect(report.integrity.summary).toContain('another history')
  })

  it('of the same size has to have the same root', async () => {
    const log = testLog()
    const bytes = await testBundle({ log })
    expect(await verify(bytes, { earlier: log.noteAt(log.size) })).toMatchObject({ intact: true })
    const fork = testLog()
    while (fork.size < log.size) fork.append({ action: 'other', subjectType: 'gap', subjectId: 'fork' })
    const report = await verify(bytes, { earlier: fork.noteAt(fork.size) })
    expect(report).toMatchObject({ intact: false, firstFailure: { check: 'history' } })
  })

  it('is refused from a checkpoint that is newer, of another key, or none', async () => {
    const log = testLog()
    const bytes = await testBundle({ log })
    for (const more of [1, 2]) log.append({ action: 'gaps.comment', subjectType: 'gap', subjectId: `after-${more}` })
    for (const held of [log.noteAt(log.size), log.noteAt(5, otherSigner), 'nothing', ''])
      expect(await verify(bytes, { earlier: held })).toMatchObject({
        intact: false,
        firstFailure: { check: 'history' },
      })
  })
})

describe('witnesses', () => {
  it('are named with their time when their keys are given', async () => {
    const report = await verified({ at: { isWitnessed: true } }, { witnesses: [asCosigner(witness.key)] })
    expect(report.freshness).toMatchObject({ standing: 'holds' })
    expect(report.freshness.statements.join()).toContain('Witness witness.example saw this checkpoint')
  })

  it('are counted when they are not', async () => {
    const report = await verified({ at: { isWitnessed: true } })
    expect(report.freshness.statements.join()).toContain('1 further signature on the checkpoint not checked')
  })
})
