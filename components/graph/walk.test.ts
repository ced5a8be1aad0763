import { describe, expect, it } from 'vitest'
import { type Direction, neighbour } from './walk'

const positions = { a: { x: 0, y: 100 }, b: { x: 300, y: 0 }, c: { x: 300, y: 90 }, d: { x: 300, y: 200 } }
const delegations = [
  { from: 'a', to: 'b' },
  { from: 'a', to: 'c' },
  { from: 'a', to: 'd' },
]

describe('arrow keys on the picture', () => {
  it.each<[string, Direction, string | null]>([
    ['a', 'right', 'c'],
    ['c', 'left', 'a'],
    ['c', 'down', 'd'],
    ['c', 'up', 'b'],
    ['b', 'up', null],
    ['a', 'left', null],
    ['a', 'down', null],
    ['gone', 'right', null],
  ])('from %s go %s to %s', (from, direction, to) => {
    expect(neighbour(from, direction, { positions, delegations })).toBe(to)
  })
})
