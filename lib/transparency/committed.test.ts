import { createHash } from 'node:crypto'
import { bytesToHex } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '@/lib/audit/model'
import { committed, isCommitted, openDocument, opens, pointerStep, valueAt, withValueAt } from './committed'

const salt = new Uint8Array(32).fill(0xab)
const someJson = fc.jsonValue() as fc.Arbitrary<Json>

describe('a commitment', () => {
  it('is SHA-256 over salt and canonical value', () => {
    const expected = createHash('sha256').update(salt).update('{"a":1,"b":"é"}').digest('hex')
    expect(committed({ b: 'é', a: 1 }, salt)).toEqual({ $committed: expected })
  })

  it('opens with its salt and value, in whatever order its keys come, and with nothing else', () => {
    const document = { actor: { name: { ...committed('Mei Tanaka', salt) } } }
    const opening = { pointer: '/actor/name', salt: bytesToHex(salt), value: 'Mei Tanaka' }
    expect(opens(document, opening)).toBe(true)
    expect(opens(document, { ...opening, value: 'Mei Tanakа' })).toBe(false)
    expect(opens(document, { ...opening, salt: '00'.repeat(32) })).toBe(false)
    expect(opens(document, { ...opening, salt: bytesToHex(salt).toUpperCase() })).toBe(false)
    expect(opens(document, { ...opening, salt: 'zz' })).toBe(false)
    expect(opens(document, { ...opening, pointer: '/actor' })).toBe(false)
    expect(opens(document, { ...opening, pointer: '/actor/toString' })).toBe(false)
    expect(opens(document, { ...opening, value: '\ud800' })).toBe(false)
  })

  it('is recognised by its exact shape', () => {
    expect(isCommitted(committed(null, salt))).toBe(true)
    expect(isCommitted({ ...committed(null, salt), more: 1 })).toBe(false)
    expect(isCommitted({ $committed: 'abc' })).toBe(false)
    expect(isCommitted(null)).toBe(false)
  })
})

describe('pointers', () => {
  it('lead to every value of a document, whatever its keys are', () => {
    const visit = (root: Json, value: Json, pointer: string) => {
      expect(valueAt(root, pointer)).toEqual(value)
      const marked = withValueAt(root, pointer, 'here')
      expect(valueAt(marked, pointer)).toBe('here')
      if (Array.isArray(value)) for (const [at, child] of value.entries()) visit(root, child, pointer + pointerStep(at))
      else if (value !== null && typeof value === 'object')
        for (const [key, child] of Object.entries(value)) visit(root, child, pointer + pointerStep(key))
    }
    fc.assert(fc.property(someJson, (document) => visit(document, document, '')))
  })

  it('that lead nowhere change nothing', () => {
    expect(withValueAt({ a: [1] }, '/a/1', 2)).toEqual({ a: [1] })
    expect(withValueAt({ a: [1] }, '/b/c', 2)).toEqual({ a: [1] })
    expect(valueAt({ a: [1] }, '/a/01')).toBeUndefined()
  })
})

describe('a document', () => {
  it('is opened from the outside inwards, and names the first opening that does not fit', () => {
    const inner = { name: { ...committed('Hana Kim', salt) } }
    const document = { after: { ...committed(inner, new Uint8Array()) } }
    const openings = [
      { pointer: '/after/name', salt: bytesToHex(salt), value: 'Hana Kim' },
      { pointer: '/after', salt: '', value: inner },
    ]
    expect(openDocument(document, openings)).toEqual({ document: { after: { name: 'Hana Kim' } } })
    expect(openDocument(document, openings.slice(0, 1))).toEqual({ misfit: '/after/name' })
    expect(openDocument(document, [{ pointer: '/nowhere', salt: '', value: 1 }])).toEqual({ misfit: '/nowhere' })
  })
})
