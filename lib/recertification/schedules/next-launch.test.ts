import { describe, expect, it } from 'vitest'
import { dueLaunch, firstLaunch } from './next-launch'

const recurring = (first: string, every: string, timeZone = 'UTC') =>
  ({ launch: 'recurring', first, every, timeZone }) as const
const cadence = { launch: 'cadence', leadDays: 14, every: 'P7D', timeZone: 'Europe/Berlin' } as const
const at = (text: string) => new Date(text)

describe('the first launch', () => {
  it('is the first day that is not over, today included', () => {
    const schedule = recurring('2026-01-31', 'P1M')
    expect(firstLaunch(schedule, at('2025-06-01T12:00:00Z'))?.on).toBe('2026-01-31')
    expect(firstLaunch(schedule, at('2026-02-28T23:59:00Z'))?.on).toBe('2026-02-28')
    expect(firstLaunch(schedule, at('2026-03-01T00:00:00Z'))?.on).toBe('2026-03-31')
  })

  it('begins with its day where the schedule lives', () => {
    expect(firstLaunch(recurring('2026-11-25', 'P1D', 'Asia/Tokyo'), at('2026-11-24T10:00:00Z'))).toEqual({
      on: '2026-11-25',
      at: at('2026-11-24T15:00:00Z'),
    })
  })

  it('is tomorrow by cadence, and never by itself on events', () => {
    expect(firstLaunch(cadence, at('2026-11-24T23:30:00Z'))?.on).toBe('2026-11-26')
    expect(firstLaunch({ launch: 'event', events: ['owner_left'] }, at('2026-11-24T12:00:00Z'))).toBeNull()
  })
})

describe('what is due', () => {
  it('comes back to the day it began on', () => {
    const schedule = recurring('2026-01-31', 'P1M')
    expect(dueLaunch(schedule, '2026-02-28', at('2026-02-28T00:00:00Z'))).toEqual({
      occurrence: '2026-02-28',
      next: { on: '2026-03-31', at: at('2026-03-31T00:00:00Z') },
    })
  })

  /** An instance that was down for weeks launches what it missed last, once. */
  it('is the last day that was missed, once', () => {
    const { occurrence, next } = dueLaunch(recurring('2026-01-01', 'P7D'), '2026-01-08', at('2026-03-04T10:00:00Z'))
    expect([occurrence, next.on]).toEqual(['2026-02-26', '2026-03-05'])
    const collected = dueLaunch(cadence, '2026-10-01', at('2026-11-24T12:00:00Z'))
    expect([collected.occurrence, collected.next.on]).toEqual(['2026-11-19', '2026-11-26'])
  })

  it.each([
    ['when clocks go forward', '2027-03-28', '2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z'],
    ['when clocks go back', '2027-10-31', '2027-10-30T22:00:00Z', '2027-10-31T23:00:00Z'],
  ])('is one day a day %s', (_, day, begins, ends) => {
    const schedule = recurring('2027-01-01', 'P1D', 'Europe/Berlin')
    expect(firstLaunch(schedule, at(begins))).toEqual({ on: day, at: at(begins) })
    const last = new Date(at(ends).getTime() - 1)
    expect(dueLaunch(schedule, day, last)).toMatchObject({ occurrence: day, next: { at: at(ends) } })
  })
})
