const secondMs = 1_000
const pauseSecondsMax = 900

/** When a batch that did not arrive is tried again: after five seconds, then after twice as long each time, up to a quarter of an hour. */
export function nextAttemptAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(5 * 2 ** Math.min(attempts - 1, 20), pauseSecondsMax) * secondMs)
}
