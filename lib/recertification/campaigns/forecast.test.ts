import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, daysBetween } from '@/lib/time/calendar'
import { forecast } from './forecast'

const stage = { startedOn: '2026-11-10', today: '2026-11-20', dueOn: '2026-11-24' }
const week = (answers: number) =>
  Array.from({ length: 7 }, (_, index) => ({ day: dayAfter('2026-11-13', `P${index + 1}D`), answers })).map(
    ({ day, answers: each }) => ({ day: dayAfter(day, '-P1D'), answers: each }),
  )

describe('the forecast of a stage', () => {
  it('goes on at the pace of the last week', () => {
    expect(forecast({ ...stage, open: 50, days: week(10) })).toEqual({
      perDay: 10,
      allAnsweredOn: '2026-11-24',
      missing: 0,
    })
    expect(forecast({ ...stage, open: 80, days: week(10) })).toMatchObject({
      allAnsweredOn: '2026-11-27',
      missing: 30,
    })
  })

  it('forgets what was before the last week', () => {
    const days = [{ day: '2026-11-11', answers: 500 }, ...week(1)]
    expect(forecast({ ...stage, open: 50, days }).perDay).toBe(1)
  })

  it('takes a good morning into account, and not a quiet one', () => {
    expect(forecast({ ...stage, open: 50, days: [...week(10), { day: '2026-11-20', answers: 90 }] }).perDay).toBe(20)
    expect(forecast({ ...stage, open: 50, days: [...week(10), { day: '2026-11-20', answers: 1 }] }).perDay).toBe(10)
  })

  it('says that nothing moves', () => {
    expect(forecast({ ...stage, open: 50, days: [] })).toEqual({ perDay: 0, allAnsweredOn: null, missing: 50 })
    expect(forecast({ ...stage, open: 9999, days: week(1) }).allAnsweredOn).toBeNull()
  })

  it('knows the first day of a stage, and one that is over', () => {
    const first = { ...stage, startedOn: '2026-11-20', open: 40 }
    expect(forecast({ ...first, days: [{ day: '2026-11-20', answers: 20 }] })).toEqual({
      perDay: 20,
      allAnsweredOn: '2026-11-21',
      missing: 0,
    })
    expect(forecast({ ...stage, dueOn: '2026-11-18', open: 40, days: week(10) }).missing).toBe(40)
    expect(forecast({ ...stage, open: 0, days: [] })).toMatchObject({ allAnsweredOn: '2026-11-20', missing: 0 })
  })

  /** Ready in time and nothing missing are the same statement. */
  it('never contradicts itself', () => {
    fc.assert(
      fc.property(
        fc.nat(5000),
        fc.array(fc.record({ back: fc.nat(12), answers: fc.nat(300) }), { maxLength: 12 }),
        fc.integer({ min: -3, max: 30 }),
        (open, given, left) => {
          const days = given.map(({ back, answers }) => ({
            day: back === 0 ? stage.today : dayAfter(stage.today, `-P${back}D`),
            answers,
          }))
          const dueOn = left === 0 ? stage.today : dayAfter(stage.today, left < 0 ? `-P${-left}D` : `P${left}D`)
          const { allAnsweredOn, missing } = forecast({ ...stage, startedOn: '2026-11-01', open, days, dueOn })
          expect(missing).toBeGreaterThanOrEqual(0)
          expect(missing).toBeLessThanOrEqual(open)
          if (open > 0 && missing === 0)
            expect(daysBetween(allAnsweredOn ?? '9999-01-01', dueOn)).toBeGreaterThanOrEqual(0)
          if (missing > 0 && allAnsweredOn !== null) expect(daysBetween(allAnsweredOn, dueOn)).toBeLessThan(0)
        },
      ),
    )
  })
})
