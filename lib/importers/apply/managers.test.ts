import { describe, expect, it } from 'vitest'
import { type ManagerEdge, managerCycles } from './managers'

const edges = (text: string): ManagerEdge[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((edge) => {
      const [person = '', manager = ''] = edge.split('>')
      return { person, manager }
    })

describe('managerCycles', () => {
  it.each([
    ['a chain', 'a>b b>c', '', []],
    ['two in the file', 'a>b b>a', '', ['a', 'b']],
    ['closed by the registry', 'a>b', 'b>c c>a', ['a', 'b', 'c']],
    ['opened by the file', 'b>d', 'a>b b>a', []],
    ['one beside a chain', 'a>b b>a c>a d>c', '', ['a', 'b']],
    ['two of them', 'a>b b>a c>d d>c', '', ['a', 'b', 'c', 'd']],
    ['of oneself', 'a>a', '', ['a']],
  ])('%s', (_, file, registry, expected) => {
    expect([...managerCycles(edges(file), edges(registry)).keys()].sort()).toEqual(expected)
  })
  it('follows ten thousand managers without end or overflow', () => {
    const ring = Array.from({ length: 10_000 }, (_, at) => ({ person: `p${at}`, manager: `p${(at + 1) % 10_000}` }))
    expect(managerCycles(ring, []).size).toBe(10_000)
  })
})
