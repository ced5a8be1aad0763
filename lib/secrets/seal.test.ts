import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sealingKeys } from './keys'
import { open, seal, UnsealError } from './seal'

const fresh = () => randomBytes(32).toString('base64')
const secret = { NODE_ENV: 'test', NEXTAUTH_SECRET: 'a secret for tests alone, of 32+ characters' } as const
const keys = sealingKeys({ ...secret })

describe('a sealed secret', () => {
  it('opens to what was sealed, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = seal(plain, 'row', keys)
        expect(open(sealed, 'row', keys)).toBe(plain)
        expect(seal(plain, 'row', keys)).not.toBe(sealed)
      }),
    )
  })

  /** A sealed text copied to another row would let that row's endpoint have it. */
  it('opens for its own row alone', () => {
    expect(() => open(seal('token', 'row', keys), 'another row', keys)).toThrow(UnsealError)
  })

  it('does not open when a character of it was changed', () => {
    const sealed = seal('token', 'row', keys)
    for (let at = 0; at < sealed.length - 1; at += 1) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
      expect(() => open(changed, 'row', keys), changed).toThrow(UnsealError)
    }
  })

  it.each(['', '.', 'v1', 'v1.a.b.c', 'v2.a.b.c', 'token'])('is not %j', (text) => {
    expect(() => open(text, 'row', keys)).toThrow(UnsealError)
  })
})

describe('keys', () => {
  it('may be replaced: the previous one goes on opening what it sealed', () => {
    const [old, next] = [fresh(), fresh()]
    const sealed = seal('token', 'row', sealingKeys({ ...secret, PENTARCH_ENCRYPTION_KEY: old }))
    const rotated = { ...secret, PENTARCH_ENCRYPTION_KEY: next }
    expect(() => open(sealed, 'row', sealingKeys(rotated))).toThrow(UnsealError)
    const both = sealingKeys({ ...rotated, PENTARCH_ENCRYPTION_KEY_PREVIOUS: old })
    expect(open(sealed, 'row', both)).toBe('token')
    expect(seal('token', 'row', both).split('.')[1]).toBe(both[0].id)
  })

  it('may be set later: what the derived one sealed stays readable', () => {
    const sealed = seal('token', 'row', keys)
    expect(open(sealed, 'row', sealingKeys({ ...secret, PENTARCH_ENCRYPTION_KEY: fresh() }))).toBe('token')
  })

  it('are refused when they are no keys', () => {
    expect(() => sealingKeys({ ...secret, PENTARCH_ENCRYPTION_KEY: 'too short' })).toThrow(/32 bytes/)
    expect(() => sealingKeys({ NODE_ENV: 'test' })).toThrow(/PENTARCH_ENCRYPTION_KEY/)
  })
})
