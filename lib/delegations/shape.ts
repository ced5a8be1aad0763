/** An edge between two agents, by their ids. */
export interface Edge {
  id: string
  from: string
  to: string
}

export interface GraphShape {
  /** The edges that lie on a loop. */
  looped: ReadonlySet<string>
  /** Edges on the longest chain from an agent nobody calls down to this one; a loop on the way counts as one agent. */
  depths: ReadonlyMap<string, number>
}

/** Finds loops and depths in one walk over agents and edges. Without recursion: a chain may be as long as the estate. */
export function graphShape(agents: readonly string[], edges: readonly Edge[]): GraphShape {
  const calls = new Map<string, string[]>(agents.map((id) => [id, []]))
  for (const { from, to } of edges) if (calls.has(to)) calls.get(from)?.push(to)
  const components = strongComponents(agents, calls)
  const componentOf = new Map(components.flatMap((members, index) => members.map((id) => [id, index])))
  const looped = edges.filter(({ from, to }) => calls.has(from) && componentOf.get(from) === componentOf.get(to))
  return { looped: new Set(looped.map(({ id }) => id)), depths: depthsOf(components, componentOf, calls) }
}

interface Visit {
  id: string
  /** How many of its calls have been followed. */
  next: number
}

/** Tarjan's strongly connected components, each after those it leads to. */
function strongComponents(agents: readonly string[], calls: ReadonlyMap<string, readonly string[]>): string[][] {
  const components: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const lower = (id: string, to: number) => low.set(id, Math.min(low.get(id) ?? to, to))

  function enter(id: string): Visit {
    low.set(id, order.size)
    order.set(id, order.size)
    open.push(id)
    isOpen.add(id)
    return { id, next: 0 }
  }

  function close(id: string): void {
    const members = open.splice(open.lastIndexOf(id))
    for (const member of members) isOpen.delete(member)
    components.push(members)
  }

  for (const start of agents) {
    if (order.has(start)) continue
    const visits = [enter(start)]
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const { id } = visit
      const to = calls.get(id)?.[visit.next++]
      if (to === undefined) {
        visits.pop()
        if (low.get(id) === order.get(id)) close(id)
        const caller = visits.at(-1)
        if (caller) lower(caller.id, low.get(id) ?? 0)
      } else if (!order.has(to)) visits.push(enter(to))
      else if (isOpen.has(to)) lower(id, order.get(to) ?? 0)
    }
  }
  return components
}

function depthsOf(
  components: readonly string[][],
  componentOf: ReadonlyMap<string, number>,
  calls: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const depths = components.map(() => 0)
  // From the last component to the first: whoever calls comes before whoever is called.
  for (let index = components.length - 1; index >= 0; index--) {
    for (const to of (components[index] ?? []).flatMap((id) => calls.get(id) ?? [])) {
      const called = componentOf.get(to)
      if (called === undefined || called === index) continue
      depths[called] = Math.max(depths[called] ?? 0, (depths[index] ?? 0) + 1)
    }
  }
  return new Map([...componentOf].map(([id, index]) => [id, depths[index] ?? 0]))
}
