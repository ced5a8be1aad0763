import { expect, it } from 'vitest'
import { dayOf, endOfDay, inDays } from './dates'

it('counts days in UTC, whatever the clock of the reader says', () => {
  expect(dayOf('2026-11-01T23:59:59Z')).toBe('2026-11-01')
  expect(endOfDay('2026-11-01')).toBe('2026-11-01T23:59:59.000Z')
  expect(inDays(30, Date.parse('2026-11-01T12:00:00Z'))).toBe('2026-12-01')
})
