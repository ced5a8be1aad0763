import { describe, expect, it } from 'vitest'
import { durationIn, durationWords } from './duration'

describe('durations in words', () => {
  it.each([
    ['P14D', '14 days'],
    ['P1W', '1 week'],
    ['P3M', '3 months'],
    ['P1M15D', '1 month and 15 days'],
    ['P1Y2M3D', '1 year, 2 months and 3 days'],
    ['soon', 'soon'],
  ])('reads %s as %s', (iso, words) => {
    expect(durationWords(iso)).toBe(words)
  })

  it.each([
    ['14 days', 'P14D'],
    ['1 day', 'P1D'],
    ['2 Weeks', 'P2W'],
    ['1 month and 15 days', 'P1M15D'],
    ['1 year, 2 months and 3 days', 'P1Y2M3D'],
    ['p14d', 'P14D'],
    ['10', 'P10D'],
    [' 3 months ', 'P3M'],
  ])('takes %s for %s', (typed, iso) => {
    expect(durationIn(typed)).toBe(iso)
  })

  it.each(['', 'soon', 'two weeks', '12 hours', 'PT12H', '0 days', '0', '14 days or so', '-3 days'])(
    'takes %s for none',
    (typed) => {
      expect(durationIn(typed)).toBeNull()
    },
  )
})
