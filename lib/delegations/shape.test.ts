import { describe, expect, it } from 'vitest'
import { type Edge, graphShape } from './shape'

/** Edges from `a>b b>c`. */
const edgesOf = (text: string): Edge[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((id) => ({ id, from: id.split('>')[0] ?? '', to: id.split('>')[1] ?? '' }))
const shapeOf = (edges: Edge[]) => graphShape([...new Set(edges.flatMap(({ from, to }) => [from, to]))], edges)

describe('the shape of a delegation graph', () => {
  it.each<[string, string, string[], Record<string, number>]>([
    ['nothing', '', [], {}],
    ['a chain', 'a>b b>c', [], { a: 0, b: 1, c: 2 }],
    ['a fan', 'a>b a>c', [], { a: 0, b: 1, c: 1 }],
    ['the longer of two ways', 'a>c a>b b>c', [], { a: 0, b: 1, c: 2 }],
    ['an agent that calls itself', 'a>a', ['a>a'], { a: 0 }],
    ['two that call each other', 'a>b b>a', ['a>b', 'b>a'], { a: 0, b: 0 }],
    [
      'a loop behind a chain, and what it calls',
      'h>a a>b b>c c>a c>d',
      ['a>b', 'b>c', 'c>a'],
      { h: 0, a: 1, b: 1, c: 1, d: 2 },
    ],
    ['two loops apart', 'a>b b>a c>d d>c b>c', ['a>b', 'b>a', 'c>d', 'd>c'], { a: 0, b: 0, c: 1, d: 1 }],
  ])('of %s', (_title, text, looped, depths) => {
    const shape = shapeOf(edgesOf(text))
    expect([...shape.looped].sort()).toEqual(looped.sort())
    expect(Object.fromEntries(shape.depths)).toEqual(depths)
  })

  it('is found for a loop and for a chain of 1,000, and of 50,000', () => {
    const chain = (length: number): Edge[] =>
      [...Array(length).keys()].map((at) => ({ id: `${at}`, from: `n${at}`, to: `n${at + 1}` }))
    expect(shapeOf(chain(50_000)).depths.get('n50000')).toBe(50_000)
    const loop = [...chain(999), { id: 'back', from: 'n999', to: 'n0' }]
    expect(shapeOf(loop).looped.size).toBe(1000)
  })
})
