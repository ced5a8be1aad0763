import { describe, expect, it } from 'vitest'
import { layOut } from './layout'
import { layOutColumns } from './layout-columns'
import { cardSize, type LayoutInput, type Positions } from './layout-model'

const fork: LayoutInput = {
  agents: [
    { id: 'a', depth: 0 },
    { id: 'b', depth: 1 },
    { id: 'c', depth: 1 },
    { id: 'd', depth: 2 },
  ],
  delegations: [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
    { from: 'c', to: 'd' },
  ],
}

/** The pairs of cards that lie upon each other. */
function overlaps(places: Positions): string[] {
  const all = Object.entries(places)
  return all.flatMap(([one, a], index) =>
    all
      .slice(index + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < cardSize.width && Math.abs(a.y - b.y) < cardSize.height)
      .map(([other]) => `${one} ${other}`),
  )
}

describe('the layout of a delegation graph', () => {
  it.each([
    ['finely', layOut],
    ['in columns', layOutColumns],
  ])('%s goes from left to right in call order, and no two cards overlap', (_title, lay) => {
    const places = lay(fork)
    const x = (id: string) => places[id]?.x ?? 0
    expect([x('a') < x('b'), x('a') < x('c'), x('c') < x('d'), x('b') === x('c')]).toEqual([true, true, true, true])
    expect(overlaps(places)).toEqual([])
  })

  it('places agents of loops, and those that stand alone', () => {
    const agents = ['a', 'b', 'alone'].map((id) => ({ id, depth: 0 }))
    const delegations = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'a', to: 'a' },
    ]
    expect(Object.keys(layOut({ agents, delegations }))).toEqual(['a', 'b', 'alone'])
  })

  it('places nothing for nothing', () => {
    expect(layOut({ agents: [], delegations: [] })).toEqual({})
    expect(layOutColumns({ agents: [], delegations: [] })).toEqual({})
  })

  it('is quick for 500 agents in a dense and deep graph, and for as many under one', () => {
    const agents = [...Array(500).keys()].map((depth) => ({ id: `${depth}`, depth }))
    const to = (from: number, step: number) => `${Math.min(499, from + step)}`
    const delegations = agents.flatMap(({ id, depth }) =>
      [1, 7, 90, 300].map((step) => ({ from: id, to: to(depth, step) })),
    )
    const started = performance.now()
    expect(overlaps(layOut({ agents, delegations }))).toEqual([])
    const fan = agents.map(({ id }) => ({ id, depth: id === '0' ? 0 : 1 }))
    expect(overlaps(layOut({ agents: fan, delegations: fan.map(({ id }) => ({ from: '0', to: id })) }))).toEqual([])
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
