import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delegationGraph } from './delegation-graph'

type Edge = [string, string]
const names = ['a', 'b', 'c', 'd', 'e', 'f']
const anyName = fc.constantFrom(...names)
const anyEdges = fc.uniqueArray(fc.tuple(anyName, anyName), { maxLength: 12, selector: (edge) => edge.join() })
const byName = (a: string, b: string) => (a < b ? -1 : Number(a > b))
const graphOf = (edges: readonly Edge[], marked: readonly string[] = []) =>
  delegationGraph(edges, byName, (id) => marked.includes(id))

/** What can be reached in one step or more. */
function below(edges: readonly Edge[], from: string): string[] {
  const seen = new Set(edges.filter(([source]) => source === from).map(([, target]) => target))
  for (const node of seen) for (const [source, target] of edges) if (source === node) seen.add(target)
  return [...seen].sort()
}
const inLoop = (edges: readonly Edge[], name: string) => below(edges, name).includes(name)
const loopWith = (edges: readonly Edge[], name: string) =>
  names.filter((other) => below(edges, name).includes(other) && below(edges, other).includes(name))

/** The longest chain, a loop counting as one agent: tried out way by way. */
function longest(edges: readonly Edge[], from: string): number {
  const together = inLoop(edges, from) ? loopWith(edges, from) : [from]
  const out = edges.filter(([source, target]) => together.includes(source) && !together.includes(target))
  return Math.max(0, ...out.map(([, target]) => 1 + longest(edges, target)))
}

const chain = (length: number): Edge[] => Array.from({ length }, (_, at): Edge => [name(at), name(at + 1)])
const name = (at: number) => `n${String(at).padStart(5, '0')}`

describe('the delegation graph', () => {
  it('says of every agent what trying every way says', () => {
    fc.assert(
      fc.property(anyEdges, fc.subarray(names), (edges, marked) => {
        const graph = graphOf(edges, marked)
        for (const id of names) {
          const reached = below(edges, id)
          const delegates = edges.some(([from]) => from === id)
          expect(graph.isHead(id)).toBe(delegates && !edges.some(([, to]) => to === id))
          expect(graph.loopOf(id)).toEqual(inLoop(edges, id) ? loopWith(edges, id) : null)
          const looping = [id, ...reached].filter((other) => inLoop(edges, other)).sort()
          expect(graph.loopFrom(id)).toEqual(looping[0] === undefined ? null : loopWith(edges, looping[0]))
          expect(graph.depthFrom(id)).toBe(longest(edges, id))
          const holes = reached.filter((other) => marked.includes(other))
          expect(graph.markedFrom(id, names.length).toSorted()).toEqual(holes)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('names the nearest marked agents first', () => {
    const edges: Edge[] = [
      ['a', 'c'],
      ['a', 'b'],
      ['b', 'd'],
      ['c', 'e'],
    ]
    expect(graphOf(edges, ['b', 'd', 'e', 'c']).markedFrom('a', 3)).toEqual(['b', 'c', 'd'])
  })

  it.each([1, 2, 1000])('knows a loop of %i', (length) => {
    const edges: Edge[] = [...chain(length - 1), [name(length - 1), name(0)]]
    const graph = graphOf(edges)
    expect(graph.loopOf(name(length - 1))).toHaveLength(length)
    expect(graph.isHead(name(0))).toBe(false)
    expect(graph.depthFrom(name(0))).toBe(0)
  })

  it('follows a chain of 10,000 to its end', () => {
    const graph = graphOf(chain(10_000), [name(10_000)])
    expect(graph.depthFrom(name(0))).toBe(10_000)
    expect(graph.markedFrom(name(0), 3), 'though the walk ends before').toEqual([name(10_000)])
  })

  it('knows nothing of an agent that no delegation names', () => {
    const graph = graphOf([['a', 'b']], ['b'])
    expect([graph.isHead('x'), graph.loopOf('x'), graph.loopFrom('x')]).toEqual([false, null, null])
    expect([graph.depthFrom('x'), graph.markedFrom('x', 3)]).toEqual([0, []])
  })
})
