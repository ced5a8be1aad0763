import { describe, expect, it } from 'vitest'
import { cardSize, layOut } from './layout'

describe('the layout of a delegation graph', () => {
  it('goes from left to right in call order, and no two cards overlap', () => {
    const agents = ['a', 'b', 'c', 'd']
    const places = layOut({
      agents,
      delegations: [
        { from: 'a', to: 'b' },
        { from: 'a', to: 'c' },
        { from: 'c', to: 'd' },
      ],
    })
    const x = (id: string) => places[id]?.x ?? 0
    expect([x('a') < x('b'), x('a') < x('c'), x('c') < x('d')]).toEqual([true, true, true])
    expect(x('b')).toBe(x('c'))
    expect(Math.abs((places.b?.y ?? 0) - (places.c?.y ?? 0))).toBeGreaterThanOrEqual(cardSize.height)
  })

  it('places agents of loops, and those that stand alone', () => {
    const loop = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'a', to: 'a' },
    ]
    expect(Object.keys(layOut({ agents: ['a', 'b', 'alone'], delegations: loop }))).toEqual(['a', 'b', 'alone'])
  })
})
