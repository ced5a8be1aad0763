import { describe, expect, it } from 'vitest'
import { readInstant } from './model'

const now = new Date('2026-03-03T12:00:00Z')

describe('readInstant', () => {
  it.each([
    ['2026-03-01T08:30:00Z', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01T08:30:00.250+02:00', '2026-03-01T06:30:00.250Z'],
    ['2026-03-01', '2026-03-01T23:59:59.999Z'],
    ['2026-03-03', '2026-03-03T12:00:00.000Z'],
    ['2026-03-04', '2026-03-04T23:59:59.999Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(readInstant(text, now)?.toISOString()).toBe(instant)
  })

  it.each(['', 'yesterday', '2026-02-30', '2026-03-01T08:30:00', '2026-03-01 08:30', '1772352000', "2026-03-01'--"])(
    'refuses %j',
    (text) => expect(readInstant(text, now)).toBeNull(),
  )
})
