/** How many disagreements, and how many contradicting decisions, a fact names; the rest are counted. */
export const disagreementsNamedMax = 3

const decided = (decision: boolean) => (decision ? 'allow' : 'deny')

/** A vector that was not answered as expected, in words: `"close a paid claim": expected deny, answered allow`. */
export function disagreement({
  vector,
  expected,
  decision,
  error,
}: {
  vector: string
  expected: boolean
  decision?: boolean | null | undefined
  error?: string | null | undefined
}): string {
  const answer =
    typeof decision === 'boolean' ? `answered ${decided(decision)}` : `no decision (${error ?? 'none came'})`
  return `"${vector}": expected ${decided(expected)}, ${answer}`
}
