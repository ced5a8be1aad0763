/**
 * What failed sign-ins are counted by: an account as seen from one client address, that address alone, and the codes of an
 * account from wherever they come: who tries them has its password already, and codes are short.
 */
export type ThrottleKind = 'account' | 'address' | 'code'

/** Failures in a row that cost nothing. An address has more room: many people share one. */
const free: Record<ThrottleKind, number> = { account: 5, address: 100, code: 20 }
const longestSeconds = 15 * 60

/** Failures are in a row while less than this lies between them; it is longer than the longest block. */
export const forgetAfterSeconds = 60 * 60

/** How long sign-in stays blocked after this many failures in a row: nothing at first, then doubling from 1 s to 15 min. */
export function blockSeconds(kind: ThrottleKind, failures: number): number {
  const counted = failures - free[kind]
  return counted <= 0 ? 0 : Math.min(longestSeconds, 2 ** (counted - 1))
}
