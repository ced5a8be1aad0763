import { type Adjacency, adjacencyOf, strongComponents, targetsOf } from './strong-components'

/** What chains of delegation lead to. Names are the ids that the graph was made of. */
export interface DelegationGraph {
  /** Whether a chain begins here: it delegates, and nobody delegates to it. */
  isHead(id: string): boolean
  /** The agents of the loop it is part of, in order; null when it is in none. Delegating to oneself is a loop of one. */
  loopOf(id: string): readonly string[] | null
  /** A loop that it is in or leads to, the first in order; null when every chain from it ends. */
  loopFrom(id: string): readonly string[] | null
  /** How many delegations the longest chain from it has; a loop on the way counts as one agent. */
  depthFrom(id: string): number
  /** The nearest marked agents that it leads to, in order of distance: at most `max`, found on a walk of bounded length. */
  markedFrom(id: string, max: number): readonly string[]
}

/** What is known of all the agents of one strongly connected component together. */
interface Component {
  members: readonly number[]
  isLoop: boolean
  depth: number
  /** The first loop at or below it, by its first member; null when there is none. */
  loop: Component | null
  /** The first marked agent at or below it; null when there is none. */
  marked: number | null
}

/** How many agents the walk for marked ones looks at; behind them, the first marked one in order stands for all. */
const walkMax = 200

/**
 * Builds the graph of these delegations in time linear in them; the order of the ids is their order in every answer.
 * Chains share what lies below them, so each component is worked out once, after all that it leads to.
 */
export function delegationGraph(
  edges: Iterable<readonly [from: string, to: string]>,
  compare: (a: string, b: string) => number,
  isMarked: (id: string) => boolean,
): DelegationGraph {
  const pairs = [...edges]
  const ids = [...new Set(pairs.flat())].sort(compare)
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const graph = adjacencyOf(
    ids.length,
    pairs.map(([from, to]) => [numbers.get(from) ?? 0, numbers.get(to) ?? 0]),
  )
  const isTarget = new Uint8Array(ids.length)
  for (const target of graph.targets) isTarget[target] = 1
  const marks = Uint8Array.from(ids, (id) => (isMarked(id) ? 1 : 0))
  const components = componentsOf(graph, marks)
  const namesOf = (nodes: readonly number[]) => nodes.flatMap((node) => ids[node] ?? [])
  // A loop may have thousands of members, each of which asks for all.
  const loops = new Map<Component, readonly string[]>()
  for (const component of components) {
    if (component.isLoop && !loops.has(component)) loops.set(component, namesOf(component.members))
  }
  const componentOf = (id: string) => components[numbers.get(id) ?? -1]

  return {
    isHead(id) {
      const node = numbers.get(id)
      return node !== undefined && isTarget[node] === 0 && targetsOf(graph, node).length > 0
    },
    loopOf(id) {
      const component = componentOf(id)
      return (component && loops.get(component)) ?? null
    },
    loopFrom(id) {
      const loop = componentOf(id)?.loop
      return (loop && loops.get(loop)) ?? null
    },
    depthFrom: (id) => componentOf(id)?.depth ?? 0,
    markedFrom(id, max) {
      const node = numbers.get(id)
      return node === undefined ? [] : namesOf(nearestMarked(graph, components, marks, node, max))
    },
  }
}

/** The component of each node. */
function componentsOf(graph: Adjacency, marks: Uint8Array): Component[] {
  const ofNode: Component[] = []
  for (const members of strongComponents(graph)) {
    const component: Component = { members, isLoop: members.length > 1, depth: 0, loop: null, marked: null }
    for (const node of members) ofNode[node] = component
    component.marked = members.find((node) => marks[node] === 1) ?? null
    for (const node of members) {
      for (const target of targetsOf(graph, node)) {
        const below = ofNode[target]
        if (below === component) component.isLoop = true
        else if (below) addBelow(component, below)
      }
    }
    if (component.isLoop) component.loop = firstLoop(component, component.loop)
  }
  return ofNode
}

function addBelow(component: Component, below: Component): void {
  component.depth = Math.max(component.depth, below.depth + 1)
  if (below.loop) component.loop = firstLoop(below.loop, component.loop)
  if (below.marked !== null) component.marked = Math.min(below.marked, component.marked ?? below.marked)
}

function firstLoop(one: Component, other: Component | null): Component {
  return other && (other.members[0] ?? 0) < (one.members[0] ?? 0) ? other : one
}

/** Breadth first, past nothing that leads to no marked node. */
function nearestMarked(
  graph: Adjacency,
  components: readonly Component[],
  marks: Uint8Array,
  from: number,
  max: number,
): number[] {
  const found: number[] = []
  const seen = new Set<number>()
  let first: number | null = null
  const queue: number[] = [from]
  for (const node of queue) {
    for (const target of targetsOf(graph, node)) {
      const marked = components[target]?.marked ?? null
      if (marked === null || seen.has(target)) continue
      first = Math.min(marked, first ?? marked)
      seen.add(target)
      queue.push(target)
      if (marks[target] === 1) found.push(target)
      if (found.length === max) return found
    }
    if (seen.size >= walkMax) break
  }
  return found.length === 0 && first !== null ? [first] : found
}
