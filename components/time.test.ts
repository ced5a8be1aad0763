import { describe, expect, it } from 'vitest'
import { exactTime, relativeTime } from './time'

const now = Date.parse('2026-11-24T12:00:00Z')

describe('time in words', () => {
  it.each([
    ['2026-11-24T11:59:30Z', 'just now'],
    ['2026-11-24T11:57:00Z', '3 minutes ago'],
    ['2026-11-24T14:00:00Z', 'in 2 hours'],
    ['2026-11-23T11:00:00Z', 'yesterday'],
    ['2026-11-10T12:00:00Z', '2 weeks ago'],
    ['2026-08-24T12:00:00Z', '3 months ago'],
    ['2024-11-20T12:00:00Z', '2 years ago'],
    ['no date', 'unknown'],
  ])('%s is %s', (at, text) => {
    expect(relativeTime(at, now)).toBe(text)
  })

  it('is exact in UTC wherever it is read', () => {
    expect(exactTime('2026-11-24T10:30:59+01:00')).toBe('2026-11-24 09:30 UTC')
    expect(exactTime('2026-13-40')).toBe('unknown')
  })
})
