/** Runs one step of a command and says how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const result = await work()
  console.log(`  ${title.padEnd(32)} ${secondsSince(started)}`)
  return result
}

/** Time since `started` (of `performance.now`), as read by people. */
export function secondsSince(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
