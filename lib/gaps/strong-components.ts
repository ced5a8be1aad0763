/** A directed graph over the numbers 0 to size - 1, its edges sorted by source: those of `n` lie from start[n] to start[n + 1]. */
export interface Adjacency {
  size: number
  start: Int32Array
  targets: Int32Array
}

/** Builds the graph of these edges. Those of one node keep the order of their targets; doubles are left out. */
export function adjacencyOf(size: number, edges: readonly (readonly [number, number])[]): Adjacency {
  const sorted = edges.toSorted(([a, b], [c, d]) => a - c || b - d)
  const distinct = sorted.filter(([from, to], index) => {
    const before = sorted[index - 1]
    return before?.[0] !== from || before[1] !== to
  })
  const start = new Int32Array(size + 1)
  for (const [from] of distinct) start[from + 1] = (start[from + 1] ?? 0) + 1
  for (let node = 0; node < size; node += 1) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0)
  return { size, start, targets: Int32Array.from(distinct, ([, to]) => to) }
}

/** What a node leads to, in order. */
export function targetsOf({ start, targets }: Adjacency, node: number): Int32Array {
  return targets.subarray(start[node] ?? 0, start[node + 1] ?? 0)
}

/**
 * The strongly connected components, each as its nodes in order, and every one after all that it leads to (Tarjan 1972).
 * Linear in nodes and edges, with a stack of its own: a chain of any length does not overflow the call stack.
 */
export function strongComponents(graph: Adjacency): number[][] {
  const components: number[][] = []
  const order = new Int32Array(graph.size).fill(-1)
  const low = new Int32Array(graph.size)
  const isOpen = new Uint8Array(graph.size)
  const open: number[] = []
  let visited = 0

  function enter(node: number): { node: number; targets: Int32Array; next: number } {
    order[node] = low[node] = visited
    visited += 1
    open.push(node)
    isOpen[node] = 1
    return { node, targets: targetsOf(graph, node), next: 0 }
  }

  function lower(node: number, to: number): void {
    if (to < (low[node] ?? 0)) low[node] = to
  }

  function close(root: number): void {
    const component = open.splice(open.lastIndexOf(root))
    for (const node of component) isOpen[node] = 0
    components.push(component.sort((a, b) => a - b))
  }

  function explore(root: number): void {
    const path = [enter(root)]
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const target = at.targets[at.next]
      at.next += 1
      if (target === undefined) {
        path.pop()
        if (low[at.node] === order[at.node]) close(at.node)
        const parent = path.at(-1)
        if (parent) lower(parent.node, low[at.node] ?? 0)
      } else if (order[target] === -1) {
        path.push(enter(target))
      } else if (isOpen[target] === 1) {
        lower(at.node, order[target] ?? 0)
      }
    }
  }

  for (let node = 0; node < graph.size; node += 1) if (order[node] === -1) explore(node)
  return components
}
