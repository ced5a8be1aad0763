import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adjacencyOf, strongComponents, targetsOf } from './strong-components'

const size = 8
const anyEdges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 16 })

/** What can be reached in any number of steps, zero included. */
function reachable(edges: readonly (readonly [number, number])[], from: number): Set<number> {
  const seen = new Set([from])
  for (const node of seen) for (const [source, target] of edges) if (source === node) seen.add(target)
  return seen
}

describe('strongly connected components', () => {
  it('hold exactly what reaches each other, after all that they lead to', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const components = strongComponents(adjacencyOf(size, edges))
        const place = new Map(components.flatMap((nodes, index) => nodes.map((node) => [node, index] as const)))
        expect([...place.keys()].sort()).toEqual(Array.from({ length: size }, (_, node) => node))
        for (let node = 0; node < size; node += 1) {
          for (const other of reachable(edges, node)) {
            const isMutual = reachable(edges, other).has(node)
            expect(place.get(other) === place.get(node)).toBe(isMutual)
            expect(place.get(other)).toBeLessThanOrEqual(place.get(node) ?? 0)
          }
        }
      }),
    )
  })

  it('keep the targets of a node in order and once', () => {
    const graph = adjacencyOf(4, [
      [2, 3],
      [0, 2],
      [0, 1],
      [0, 2],
      [0, 0],
    ])
    expect([0, 1, 2, 3].map((node) => [...targetsOf(graph, node)])).toEqual([[0, 1, 2], [], [3], []])
  })

  it.each([100_000])('of a chain and a loop of %i nodes do not overflow the stack', (length) => {
    const chain = Array.from({ length: length - 1 }, (_, node): [number, number] => [node, node + 1])
    expect(strongComponents(adjacencyOf(length, chain))).toHaveLength(length)
    expect(strongComponents(adjacencyOf(length, [...chain, [length - 1, 0]]))).toHaveLength(1)
  })
})
