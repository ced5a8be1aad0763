import { describe, expect, it } from 'vitest'
import { makeEstate } from './estate'
import { sizeOf } from './estate/size'

const now = new Date('2026-11-01T00:00:00Z')
const size = sizeOf(0.02)

describe('the estate of the benchmark', () => {
  /** A figure of one run can be compared with that of another. */
  it('is the same every time', () => {
    expect(makeEstate(size, now)).toEqual(makeEstate(size, now))
  })

  it('has as many of everything as its size says', () => {
    const estate = new Map(makeEstate(size, now))
    const count = (table: string) => estate.get(table)?.length
    expect(count('agent')).toBe(size.agents)
    expect(count('tool')).toBe(size.tools)
    expect(count('binding')).toBe(size.bindings)
    expect(new Set(estate.get('binding')?.map((row) => row.slug)).size).toBe(size.bindings)
  })

  it('is the large one at full scale', () => {
    expect(sizeOf(1)).toEqual({
      agents: 10_000,
      tools: 1000,
      bindings: 100_000,
      teams: 100,
      people: 2000,
      points: 200,
    })
  })
})
