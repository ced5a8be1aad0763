import { describe, expect, it } from 'vitest'
import { mayHandOn } from './viewer'

const nobody = { leadOf: [], person: null, curates: false }
const held = { team: { slug: 'iam', name: 'Identity' }, person: { id: '1', externalId: 'ana', name: 'Ana' } }

describe('mayHandOn', () => {
  it('lets governance leads, the team and the accountable person', () => {
    expect(mayHandOn(held, { ...nobody, curates: true })).toBe(true)
    expect(mayHandOn(null, { ...nobody, curates: true })).toBe(true)
    expect(mayHandOn(held, { ...nobody, leadOf: ['iam'] })).toBe(true)
    expect(mayHandOn(held, { ...nobody, person: 'ana' })).toBe(true)
  })

  it('says why not to everybody else', () => {
    expect(mayHandOn(held, { ...nobody, leadOf: ['pam'], person: 'ben' })).toContain('Identity')
    expect(mayHandOn({ ...held, person: null }, nobody)).not.toBe(true)
    expect(mayHandOn(null, { ...nobody, leadOf: ['iam'] })).toContain('governance lead')
  })
})
