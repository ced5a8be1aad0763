import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intervals, type Plan } from './plan'
import { nextRun } from './when'

const plan = (more: Partial<Plan>): Plan => ({
  every: 'day',
  first: '2026-11-01',
  time: '06:30',
  timeZone: 'Europe/Berlin',
  ...more,
})
const iso = (more: Partial<Plan>, after: string) => nextRun(plan(more), new Date(after)).toISOString()

describe('the next run of a scheduled export', () => {
  it('is today while its time is to come, else tomorrow, where it is', () => {
    expect(iso({}, '2026-11-28T05:29:59Z')).toBe('2026-11-28T05:30:00.000Z')
    expect(iso({}, '2026-11-28T05:30:00Z')).toBe('2026-11-29T05:30:00.000Z')
  })

  it('keeps its time of day when clocks change', () => {
    expect(iso({}, '2026-03-28T12:00:00Z')).toBe('2026-11-01T05:30:00.000Z')
    expect(iso({ first: '2026-01-01' }, '2026-03-28T12:00:00Z')).toBe('2026-03-29T04:30:00.000Z')
    expect(iso({ first: '2026-01-01', time: '02:30' }, '2026-03-28T12:00:00Z'), 'skipped').toBe(
      '2026-03-29T01:30:00.000Z',
    )
  })

  it('counts weeks and months from the first day', () => {
    expect(iso({ every: 'week', first: '2026-11-02' }, '2026-11-28T00:00:00Z')).toBe('2026-11-30T05:30:00.000Z')
    expect(iso({ every: 'month', first: '2026-08-31' }, '2026-11-28T00:00:00Z')).toBe('2026-11-30T05:30:00.000Z')
    expect(iso({ every: 'month', first: '2026-08-31' }, '2026-12-01T00:00:00Z')).toBe('2026-12-31T05:30:00.000Z')
  })

  it('comes after what was asked about, and nothing comes between', () => {
    const any = fc.record({
      every: fc.constantFrom(...intervals),
      first: fc.constantFrom('2026-01-31', '2026-02-28', '2026-11-01'),
      time: fc.constantFrom('00:00', '02:30', '23:59'),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland'),
    })
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(any, instant, (each, after) => {
        const next = nextRun(each, after)
        expect(next > after).toBe(true)
        expect(nextRun(each, new Date(next.getTime() - 1))).toEqual(next)
      }),
    )
  })
})
