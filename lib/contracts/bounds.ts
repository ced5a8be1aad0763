/** Levels of lists and objects in a contract's document. A vector's free attributes begin at the fifth. */
export const depthMax = 12
/** Roughly the characters of the document as JSON. */
export const charactersMax = 500_000

/** What a document exceeds, and where. */
export interface BoundsProblem {
  path: readonly PropertyKey[]
  message: string
}

/**
 * The first bound that a value exceeds, or null. Walks with a stack of its own and stops at the bound, so that neither
 * depth nor size of what somebody sends decides how long this takes.
 */
export function boundsProblem(root: unknown): BoundsProblem | null {
  const waiting: { value: unknown; path: readonly PropertyKey[] }[] = [{ value: root, path: [] }]
  let characters = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next
    characters += sizeOf(value)
    if (characters > charactersMax)
      return {
        path: path.slice(0, 1),
        message: `Over ${charactersMax.toLocaleString('en')} characters of JSON; a contract states limits, not data`,
      }
    if (typeof value !== 'object' || value === null) continue
    if (path.length >= depthMax) return { path, message: `Nested deeper than ${depthMax} levels` }
    const entries: Iterable<[PropertyKey, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value)
    for (const [key, member] of entries) {
      characters += typeof key === 'string' ? key.length + 3 : 1
      if (characters > charactersMax) break
      waiting.push({ value: member, path: [...path, key] })
    }
  }
  return null
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 2
  return typeof value === 'object' && value !== null ? 2 : 4
}
