import { describe, expect, it } from 'vitest'
import { barbara } from '../testing/samples'
import { saidBy } from './mapping'

describe('what a user says of the person', () => {
  it('is their name, address, manager and whether they are there', () => {
    expect(saidBy({ ...barbara, timezone: 'Europe/London' }, true)).toEqual({
      userName: 'bjensen@example.org',
      externalId: '701984',
      name: 'Babs Jensen',
      email: 'bjensen@example.org',
      timeZone: 'Europe/London',
      managerKey: '26118915',
      active: true,
    })
  })

  it('takes the first name that is one', () => {
    const name = { givenName: 'Ana', familyName: 'Ruiz' }
    expect(saidBy({ userName: 'ana', name }, true).name).toBe('Ana Ruiz')
    expect(saidBy({ userName: 'ana', name: { ...name, formatted: 'Ms Ana Ruiz' } }, true).name).toBe('Ms Ana Ruiz')
    expect(saidBy({ userName: 'ana', displayName: 'two\nlines', name }, true).name).toBe('Ana Ruiz')
    expect(saidBy({ userName: 'ana' }, true).name).toBe('ana')
    expect(() => saidBy({ userName: 'x'.repeat(201) }, true)).toThrow(/at most 200/)
    expect(() => saidBy({ userName: '  ' }, true)).toThrow(/required/)
  })

  it('takes the best address that is one', () => {
    const emails = [
      { value: 'home@example.org', type: 'home' },
      { value: '2026-11-28T12:00:00Z', type: 'work', primary: true },
      { value: 'work@example.org', type: 'work' },
    ]
    expect(saidBy({ userName: 'ana', emails }, true).email).toBe('work@example.org')
    expect(saidBy({ userName: 'ana@example.org' }, true).email).toBe('ana@example.org')
    expect(saidBy({ userName: 'ana' }, true).email).toBeNull()
  })

  it('is as before where it is silent', () => {
    expect(saidBy({ userName: 'ana', timezone: 'the moon' }, false)).toMatchObject({
      active: false,
      timeZone: null,
      managerKey: null,
    })
  })
})
