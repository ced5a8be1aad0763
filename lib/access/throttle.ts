/** How long sign-in stays blocked after this many failures in a row: nothing for five, then doubling from 1 s to 15 min. */
export function blockSeconds(failures: number): number {
  const free = 5
  const longest = 15 * 60
  return failures <= free ? 0 : Math.min(longest, 2 ** (failures - free - 1))
}
