/** Why somebody is asked to take over. The database holds the same values as an enum. */
export const successionReasons = ['deputy', 'team_lead', 'manager'] as const
export type SuccessionReason = (typeof successionReasons)[number]

/** Who could take over from somebody who left, in the order in which they would be asked. All are ids of people. */
export interface Line {
  leaver: string
  /** Deputies of the assignment, in their order. */
  deputies: readonly string[]
  /** Leads of the team that owns it. */
  leads: readonly string[]
  /** The leaver's manager, the manager's manager, and so on up. */
  managers: readonly string[]
}

export interface Candidate {
  personId: string
  because: SuccessionReason
}

/**
 * Who is asked to take over: the first active deputy, else a lead of the team, else the nearest manager; never the
 * leaver, nobody who has left, and nobody who has declined. Null when nobody is left to ask.
 */
export function nextInLine(
  { leaver, deputies, leads, managers }: Line,
  isActive: (personId: string) => boolean,
  declined: ReadonlySet<string>,
): Candidate | null {
  const order: [SuccessionReason, readonly string[]][] = [
    ['deputy', deputies],
    ['team_lead', leads],
    ['manager', managers],
  ]
  for (const [because, people] of order) {
    const personId = people.find((id) => id !== leaver && isActive(id) && !declined.has(id))
    if (personId !== undefined) return { personId, because }
  }
  return null
}
