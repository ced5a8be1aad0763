/** How an answer compares with what the contract expects: the same, the opposite, or there was none. */
export const outcomes = ['agrees', 'disagrees', 'no_answer'] as const
export type Outcome = (typeof outcomes)[number]

export function outcomeOf({ expected, decision }: { expected: boolean; decision: boolean | null }): Outcome {
  if (decision === null) return 'no_answer'
  return decision === expected ? 'agrees' : 'disagrees'
}

/** How many answers of each outcome. */
export type Tally = Record<Outcome, number>

export function tallyOf(answers: readonly { expected: boolean; decision: boolean | null }[]): Tally {
  const tally: Tally = { agrees: 0, disagrees: 0, no_answer: 0 }
  for (const answer of answers) tally[outcomeOf(answer)] += 1
  return tally
}

/** Longest time of a run, from its start to its last answer. */
export const runMsMax = 60_000
/** A run that is older than this and has not ended never will: what worked on it is gone. */
const abandonedMs = 2 * runMsMax

export const isAbandoned = (startedAt: Date, now: Date): boolean => now.getTime() - startedAt.getTime() > abandonedMs
export const abandonedBefore = (now: Date): Date => new Date(now.getTime() - abandonedMs)

/** What a run would rest on. */
interface Target {
  contract: { version: number; vectors: number } | null
  points: readonly { decisionEndpoint: string | null }[]
  runningSince: Date | null
}

/** `true`, or why the vectors cannot be put to anybody now. */
export function mayStart({ contract, points, runningSince }: Target, now: Date): true | string {
  if (contract === null) return 'No contract is in force, so there is nothing to ask.'
  if (contract.vectors === 0)
    return `The contract in force (version ${contract.version}) has no decision vectors. Add some in its next version.`
  if (points.every(({ decisionEndpoint }) => decisionEndpoint === null))
    return 'No point on the path of an active binding has an AuthZEN address. Set one on the page of the enforcement point.'
  if (runningSince !== null && !isAbandoned(runningSince, now)) return 'A run is under way already.'
  return true
}
