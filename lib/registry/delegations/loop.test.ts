import { describe, expect, it } from 'vitest'
import { chainBetween, loopWords } from './loop'

const edges = (text: string) => text.split(' ').map((edge) => ({ from: edge.charAt(0), to: edge.charAt(2) }))

describe('a chain between two agents', () => {
  it.each<[string, string, string[] | null]>([
    ['one step', 'a>z', ['a', 'z']],
    ['several', 'a>b b>c c>z', ['a', 'b', 'c', 'z']],
    ['the shorter way', 'a>b b>c c>z a>y y>z', ['a', 'y', 'z']],
    ['past a loop', 'a>b b>a b>z', ['a', 'b', 'z']],
    ['none', 'a>b z>a', null],
  ])('%s', (_title, text, chain) => {
    expect(chainBetween(edges(text), 'a', 'z')).toEqual(chain)
  })

  it('is found however long it is', () => {
    const long = [...Array(20_000).keys()].map((at) => ({ from: `${at}`, to: `${at + 1}` }))
    expect(chainBetween(long, '0', '20000')).toHaveLength(20_001)
  })

  it('reads in full when short, and by its ends when long', () => {
    expect(loopWords(['A'])).toBe('A → A')
    expect(loopWords(['A', 'B', 'C'])).toBe('A → B → C → A')
    expect(loopWords([...Array(1000).keys()].map(String))).toBe('0 → 1 → 2 → 994 more → 997 → 998 → 999 → 0')
  })
})
