import { describe, expect, it } from 'vitest'
import { against, within } from './figures'
import { timeBoth, timingOf } from './measure'

describe('timings', () => {
  it('are the median and the 95th percentile', () => {
    const durations = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(timingOf(durations)).toEqual({ p50: 51, p95: 96, runs: 100 })
  })

  it('of two ways are taken in turn, the warm-up left out', async () => {
    const ran: string[] = []
    const way = (name: string) => async () => void ran.push(name)
    const [one, other] = await timeBoth(way('a'), way('b'), { warmUp: 1, runs: 2 })
    expect(ran).toEqual(['a', 'b', 'a', 'b', 'a', 'b'])
    expect([one.runs, other.runs]).toEqual([2, 2])
  })
})

describe('aims', () => {
  const ms = (p50: number) => ({ p50, p95: p50, runs: 1 })

  it('are met up to their limit', () => {
    expect(within('s', 'w', ms(20), 20).aim).toEqual({ text: '≤ 20.0 ms', met: true })
    expect(within('s', 'w', ms(21), 20).aim?.met).toBe(false)
    expect(within('s', 'w', ms(21)).aim).toBeUndefined()
  })

  it('of a comparison are for its ratio', () => {
    expect(against('s', 'w', [ms(3), ms(2)], 'SQL', 1.5)).toMatchObject({ ratio: 1.5, aim: { met: true } })
    expect(against('s', 'w', [ms(4), ms(2)], 'SQL', 1.5).aim?.met).toBe(false)
  })
})
