/** An edge by the ids of its ends. */
export interface Step {
  from: string
  to: string
}

/**
 * The shortest chain of agents from one to another along the edges, both ends included; null when none leads there.
 * Walks breadth first with a list of its own, so that neither length nor loops of what it walks matter.
 */
export function chainBetween(edges: readonly Step[], from: string, to: string): string[] | null {
  const calls = new Map<string, string[]>()
  for (const edge of edges) {
    const called = calls.get(edge.from)
    if (called) called.push(edge.to)
    else calls.set(edge.from, [edge.to])
  }
  const caller = new Map<string, string | null>([[from, null]])
  const open = [from]
  for (const id of open) {
    if (id === to) return chainTo(caller, to)
    for (const called of calls.get(id) ?? []) {
      if (caller.has(called)) continue
      caller.set(called, id)
      open.push(called)
    }
  }
  return null
}

function chainTo(caller: ReadonlyMap<string, string | null>, to: string): string[] {
  const chain: string[] = []
  for (let id: string | null = to; id !== null; id = caller.get(id) ?? null) chain.push(id)
  return chain.reverse()
}

const shownEnds = 3

/** A loop in words: "A → B → C → A", its middle left out when it is long. */
export function loopWords(names: readonly string[]): string {
  const [first = ''] = names
  const left = names.length - 2 * shownEnds
  const shown = left > 0 ? [...names.slice(0, shownEnds), `${left} more`, ...names.slice(-shownEnds)] : names
  return [...shown, first].join(' → ')
}
