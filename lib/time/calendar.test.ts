import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayAfter,
  dayIn,
  daysBetween,
  durationSchema,
  endOfDay,
  occurrenceOnOrAfter,
  startOfDay,
  timeZoneSchema,
} from './calendar'

describe('durationSchema', () => {
  it.each(['P1D', 'P14D', 'P2W', 'P3M', 'P1Y', 'p30d', 'P1M15D'])('takes %s', (text) => {
    expect(durationSchema.safeParse(text).success).toBe(true)
  })
  it.each(['', 'P', 'P0D', '-P1D', 'PT12H', 'P1DT1H', '14', 'two weeks', 'P20Y', 'P0.5D'])('refuses %s', (text) => {
    expect(durationSchema.safeParse(text).success).toBe(false)
  })
})

describe('timeZoneSchema', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])('takes %s', (name) => {
    expect(timeZoneSchema.safeParse(name).success).toBe(true)
  })
  it.each(['', 'Mars/Olympus', '+02:00', 'Berlin'])('refuses %s', (name) => {
    expect(timeZoneSchema.safeParse(name).success).toBe(false)
  })
})

describe('days', () => {
  it('ends a day at the midnight of the time zone, whatever the clocks do', () => {
    expect(endOfDay('2026-03-29', 'Europe/Berlin').toISOString()).toBe('2026-03-29T22:00:00.000Z')
    expect(endOfDay('2026-10-25', 'Europe/Berlin').toISOString()).toBe('2026-10-25T23:00:00.000Z')
    expect(endOfDay('2026-11-24', 'Pacific/Auckland').toISOString()).toBe('2026-11-24T11:00:00.000Z')
    expect(endOfDay('2026-11-24', 'America/Los_Angeles').toISOString()).toBe('2026-11-25T08:00:00.000Z')
  })
  it('begins a day that has no midnight when its first hour begins', () => {
    expect(startOfDay('2025-03-30', 'Africa/Cairo').toISOString()).toBe('2025-03-29T22:00:00.000Z')
    expect(startOfDay('2025-04-25', 'Africa/Cairo').toISOString()).toBe('2025-04-24T22:00:00.000Z')
  })
  it('knows on which day an instant falls', () => {
    const instant = new Date('2026-11-24T23:30:00Z')
    expect(dayIn(instant, 'UTC')).toBe('2026-11-24')
    expect(dayIn(instant, 'Europe/Berlin')).toBe('2026-11-25')
  })
  it('takes a month later than the 31st for the last of the month', () => {
    expect(dayAfter('2026-01-31', 'P1M')).toBe('2026-02-28')
  })
})

describe('occurrenceOnOrAfter', () => {
  it.each([
    ['2026-01-31', 'P1M', '2026-02-01', '2026-02-28'],
    ['2026-01-31', 'P1M', '2026-03-01', '2026-03-31'],
    ['2026-01-01', 'P3M', '2026-11-24', '2027-01-01'],
    ['2026-12-01', 'P1Y', '2026-11-24', '2026-12-01'],
    ['2026-11-24', 'P1W', '2026-11-24', '2026-11-24'],
  ])('from %s every %s, on or after %s: %s', (first, every, from, expected) => {
    expect(occurrenceOnOrAfter(first, every, from)).toBe(expected)
  })
  it('is never before the day asked for, and never a whole step after it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.constantFrom('P1D', 'P1W', 'P10D', 'P1M', 'P3M', 'P1Y', 'P1M15D'),
        (days, every) => {
          const first = '2024-02-29'
          const from = dayAfter(first, `P${days + 1}D`)
          const found = occurrenceOnOrAfter(first, every, from)
          expect(daysBetween(from, found)).toBeGreaterThanOrEqual(0)
          expect(daysBetween(from, found)).toBeLessThanOrEqual(daysBetween(from, dayAfter(from, every)) + 3)
        },
      ),
    )
  })
})
