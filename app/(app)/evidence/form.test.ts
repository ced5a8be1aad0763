import { describe, expect, it } from 'vitest'
import { emptyForm, inputOf } from './form'

describe('what the form of a new bundle asks for', () => {
  it('is everything when nothing is filled in', () => {
    expect(inputOf(emptyForm)).toEqual({
      datasets: ['matrix', 'gaps', 'assignments', 'certifications'],
      filter: {},
    })
  })

  it('has filters, and the size of an earlier checkpoint or the number', () => {
    const form = { ...emptyForm, datasets: ['gaps'], filter: ['team=iam', 'text=a=b'] }
    expect(inputOf({ ...form, earlier: ' 12\n' })).toEqual({
      datasets: ['gaps'],
      filter: { team: 'iam', text: 'a=b' },
      since: 12,
    })
    expect(inputOf({ ...form, earlier: 'pentarch/x\r\n340\r\nAAAA\r\n\r\n— x y' }).since).toBe(340)
  })

  it('names what cannot be read', () => {
    expect(() => inputOf({ ...emptyForm, from: '2026-03-01T10:00' })).toThrow('both ends')
    expect(() => inputOf({ ...emptyForm, filter: ['team'] })).toThrow('key=value')
    expect(() => inputOf({ ...emptyForm, earlier: 'yesterday' })).toThrow('Earlier checkpoint')
    expect(() => inputOf({ ...emptyForm, asOf: 'yesterday' })).toThrow('As of')
  })
})
