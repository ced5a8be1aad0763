import { createHash } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { committed, openDocument } from './committed'
import { hashOfLeaf, leafBytes, leafDocument, leafDocumentSchema, openingsOfSize, type StoredEvent } from './leaf'

const salt = new Uint8Array(32).fill(1)
const event: StoredEvent = {
  id: '018f4c3e-0000-7000-8000-000000000001',
  sequence: 57,
  at: new Date('2026-03-03T10:00:00.120Z'),
  actorKind: 'account',
  actorId: '018f4c3e-0000-7000-8000-000000000002',
  actorName: null,
  actorNameCommitted: committed('Farid Rahmani', salt).$committed,
  action: 'assignments.assign',
  subjectType: 'assignment',
  subjectId: '018f4c3e-0000-7000-8000-000000000003',
  before: null,
  after: { team: 'platform', layer: 'identity' },
  reasonCommitted: null,
  requestId: 'r-1',
}

describe('the leaf of an event', () => {
  it('is canonical JSON with the leaf before it, hashed with the prefix of RFC 9162', () => {
    const previous = { index: 11, sequence: 56, at: new Date('2026-03-03T09:00:00Z'), hash: 'ab'.repeat(32) }
    const document = leafDocument(event, 12, previous)
    expect(leafDocumentSchema.parse(document)).toEqual(document)
    const text = new TextDecoder().decode(leafBytes(document))
    expect(text).toBe(
      `{"action":"assignments.assign","actor":{"id":"018f4c3e-0000-7000-8000-000000000002","kind":"account",` +
        `"name":{"$committed":"${event.actorNameCommitted}"}},"after":{"layer":"identity","team":"platform"},` +
        `"at":"2026-03-03T10:00:00.120Z","before":null,"changes":null,"door":null,"id":"018f4c3e-0000-7000-8000-000000000001","index":12,` +
        `"previous":{"at":"2026-03-03T09:00:00.000Z","index":11,"leaf":"${'ab'.repeat(32)}","sequence":56},` +
        `"reason":null,"requestId":"r-1","sequence":57,` +
        `"subject":{"id":"018f4c3e-0000-7000-8000-000000000003","type":"assignment"},"version":1}`,
    )
    expect(bytesToHex(hashOfLeaf(document))).toBe(createHash('sha256').update('\0').update(text).digest('hex'))
  })

  it('names in the clear only what the product does by itself', () => {
    const document = leafDocument({ ...event, actorKind: 'system', actorId: null, actorName: 'scheduler' }, 0, null)
    expect(document).toMatchObject({ previous: null, actor: { kind: 'system', name: 'scheduler' } })
  })

  it('holds a large value as its hash, so that every entry fits a tile', () => {
    const large = { text: 'é'.repeat(20_000) }
    const big = { ...event, before: large, after: large }
    const document = leafDocument(big, 12, null)
    expect(leafBytes(document).length).toBeLessThan(65_536)
    const openings = openingsOfSize(big, document)
    expect(openings.map(({ pointer, salt }) => ({ pointer, salt }))).toEqual([
      { pointer: '/before', salt: '' },
      { pointer: '/after', salt: '' },
    ])
    expect(openDocument(document, openings)).toMatchObject({ document: { before: large, after: large } })
    expect(openingsOfSize(event, leafDocument(event, 12, null))).toEqual([])
  })
})
