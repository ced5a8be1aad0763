/** From when on people who leave are not let go without somebody's word. */
export interface HoldPolicy {
  /** So many within an hour always may. */
  people: number
  /** So many of a hundred of those provisioned may. */
  percent: number
}

/** How far back departures count together. */
export const windowSeconds = 3600

/** How many may leave within an hour: whichever of the two lets more go. */
export function departuresMax(provisioned: number, { people, percent }: HoldPolicy): number {
  return Math.max(people, Math.floor((provisioned * percent) / 100))
}

/**
 * Whether a departure waits for a person: a feed that suddenly lacks many is more often broken than true.
 * @param departed how many have left, or wait, within the hour, this one left out
 * @param provisioned how many were provisioned as active at its beginning
 */
export function isHeld(departed: number, provisioned: number, policy: HoldPolicy): boolean {
  return departed >= departuresMax(provisioned, policy)
}
