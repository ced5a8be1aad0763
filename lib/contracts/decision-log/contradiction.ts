import { requestDigest } from '../digest'
import type { Limits } from '../model'
import { covers } from '../patterns'
import type { DecisionRequest } from './model'

/** What a logged decision is held against, looked up by the digest of the question. */
export interface Expectations {
  vectors: ReadonlyMap<string, { name: string; decision: boolean }>
  actions: ReadonlySet<string> | null
  patterns: readonly string[] | null
}

/** The limits of a contract as decisions are held against them. */
export function expectationsOf({ vectors = [], actions, resources }: Limits): Expectations {
  return {
    vectors: new Map(vectors.map(({ name, decision, ...question }) => [requestDigest(question), { name, decision }])),
    actions: actions && actions.length > 0 ? new Set(actions) : null,
    // Words for people ("claims of the caller's region") are no pattern, and nobody can tell by them.
    patterns: resources && resources.length > 0 && resources.every((pattern) => !/\s/.test(pattern)) ? resources : null,
  }
}

/**
 * Why the contract says otherwise, in a sentence; null when it does not. A question that is one of its vectors has its
 * answer there; of any other, what the contract does not name may not be allowed. A deny contradicts nothing else.
 */
export function contradictionOf(
  { request, decision, digest }: { request: DecisionRequest; decision: boolean; digest: string },
  { vectors, actions, patterns }: Expectations,
): string | null {
  const vector = vectors.get(digest)
  if (vector) {
    if (vector.decision === decision) return null
    return decision
      ? `It allowed what the contract denies: "${vector.name}".`
      : `It denied what the contract allows: "${vector.name}".`
  }
  if (!decision) return null
  const { action, resource } = request
  if (actions && !actions.has(action.name))
    return `It allowed the action "${action.name}" on ${resource.type}/${resource.id}, which is not among the actions of the contract.`
  const names = [`${resource.type}/${resource.id}`, resource.id]
  if (patterns && !patterns.some((pattern) => names.some((name) => covers(pattern, name))))
    return `It allowed "${action.name}" on ${resource.type}/${resource.id}, which no resource of the contract covers.`
  return null
}
