import { canonicalText } from './canonical'
import type { DecisionVector, Limits } from './model'

/** One thing that differs between two versions of a contract, in words. */
export interface LimitsChange {
  kind: 'added' | 'removed' | 'changed'
  /** The part it is in, such as `actions` or `vectors`. */
  field: keyof Limits
  text: string
}

const same = (one: unknown, other: unknown) => canonicalText(one ?? null) === canonicalText(other ?? null)
const answer = (decision: boolean) => (decision ? 'allow' : 'deny')

const lists = [
  { field: 'actions', one: 'Action', all: 'The actions' },
  { field: 'resources', one: 'Resource pattern', all: 'The resource patterns' },
  { field: 'conditions', one: 'Condition', all: 'The conditions' },
] as const

/** How often each text stands in a list: a list may say a thing twice, and the digest sees it. */
function tally(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** The items of `left` beyond those that `right` has. */
function beyond(left: readonly string[], right: readonly string[]): string[] {
  const counts = tally(right)
  return left.filter((item) => {
    const count = counts.get(item) ?? 0
    counts.set(item, count - 1)
    return count <= 0
  })
}

function listChanges({ field, one, all }: (typeof lists)[number], from: Limits, to: Limits): LimitsChange[] {
  const before = from[field]
  const after = to[field]
  const changes: LimitsChange[] = [
    ...beyond(before ?? [], after ?? []).map(
      (item) => ({ kind: 'removed', field, text: `${one} "${item}" is taken out` }) as const,
    ),
    ...beyond(after ?? [], before ?? []).map(
      (item) => ({ kind: 'added', field, text: `${one} "${item}" is new` }) as const,
    ),
  ]
  if (changes.length > 0 || same(before, after)) return changes
  if (before === undefined) return [{ kind: 'added', field, text: `${all} are stated, and there is none` }]
  if (after === undefined) return [{ kind: 'removed', field, text: `${all} are not stated any more` }]
  return [{ kind: 'changed', field, text: `${all} stand in another order` }]
}

const texts = [
  { field: 'maxCredentialLifetime', title: 'The longest credential lifetime' },
  { field: 'approval', title: 'Approval' },
] as const

function textChanges({ field, title }: (typeof texts)[number], from: Limits, to: Limits): LimitsChange[] {
  const before = from[field]
  const after = to[field]
  if (before === after) return []
  if (before === undefined) return [{ kind: 'added', field, text: `${title} is new: ${after}` }]
  if (after === undefined) return [{ kind: 'removed', field, text: `${title} is taken out; it was ${before}` }]
  return [{ kind: 'changed', field, text: `${title}: ${before} → ${after}` }]
}

const vectorParts = ['subject', 'action', 'resource', 'context'] as const

function vectorChange(before: DecisionVector, after: DecisionVector): LimitsChange | null {
  const parts: string[] = vectorParts.filter((part) => !same(before[part], after[part]))
  if (before.decision !== after.decision) parts.unshift(`${answer(before.decision)} → ${answer(after.decision)}`)
  if (parts.length === 0) return null
  return { kind: 'changed', field: 'vectors', text: `Vector "${after.name}": ${parts.join(', ')}` }
}

/** Vectors by name; the second of a name is told from the first by its place among them. */
function byName(vectors: readonly DecisionVector[]): Map<string, DecisionVector> {
  const seen = new Map<string, number>()
  return new Map(
    vectors.map((vector) => {
      const nth = (seen.get(vector.name) ?? 0) + 1
      seen.set(vector.name, nth)
      return [`${vector.name}\n${nth}`, vector]
    }),
  )
}

function vectorChanges(from: Limits, to: Limits): LimitsChange[] {
  const before = byName(from.vectors ?? [])
  const after = byName(to.vectors ?? [])
  const changes: LimitsChange[] = []
  for (const [key, vector] of before) {
    const now = after.get(key)
    const change: LimitsChange | null = now
      ? vectorChange(vector, now)
      : { kind: 'removed', field: 'vectors', text: `Vector "${vector.name}" (${answer(vector.decision)}) is taken out` }
    if (change) changes.push(change)
  }
  for (const [key, vector] of after)
    if (!before.has(key))
      changes.push({
        kind: 'added',
        field: 'vectors',
        text: `Vector "${vector.name}" (${answer(vector.decision)}) is new`,
      })
  if (changes.length > 0 || same(from.vectors, to.vectors)) return changes
  const text =
    before.size === 0 ? 'The list of vectors is stated or left out, and empty' : 'The vectors stand in another order'
  return [{ kind: 'changed', field: 'vectors', text }]
}

/** What differs between two contracts. Empty exactly when their digests are the same. */
export function limitsChanges(from: Limits, to: Limits): LimitsChange[] {
  return [
    ...lists.flatMap((list) => listChanges(list, from, to)),
    ...texts.flatMap((text) => textChanges(text, from, to)),
    ...vectorChanges(from, to),
  ]
}
