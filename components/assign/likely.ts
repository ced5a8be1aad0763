import type { SuggestedOwner } from '@/lib/ownership/suggest/model'

export interface LikelyOwner {
  team: SuggestedOwner['team']
  person: SuggestedOwner['person']
  reason: string
}

const shownMax = 3

/** Who is likely for every one of several cells, the likeliest in sum first; the reason is that of the first cell. */
export function likelyForAll(suggestions: readonly SuggestedOwner[][]): LikelyOwner[] {
  const [first = [], ...others] = suggestions
  const scored = first.flatMap(({ team, person, score, reasons }) => {
    const elsewhere = others.map((each) => each.find((other) => other.team.slug === team.slug))
    if (elsewhere.includes(undefined)) return []
    const total = elsewhere.reduce((sum, other) => sum + (other?.score ?? 0), score)
    const isOne = elsewhere.every((other) => other?.person?.externalId === person?.externalId)
    return { team, person: isOne ? person : null, reason: reasons[0] ?? '', total }
  })
  return scored
    .toSorted((one, other) => other.total - one.total)
    .slice(0, shownMax)
    .map(({ team, person, reason }) => ({ team, person, reason }))
}
