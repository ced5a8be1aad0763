const minuteMs = 60_000
const pauseMsMax = 120 * minuteMs
const patienceMs = 3 * 24 * 60 * minuteMs

/** When a mail that could not be handed over is tried again: after a minute, then after twice as long each time, up to two hours. */
export function nextAttemptAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(minuteMs * 2 ** Math.min(attempts - 1, 10), pauseMsMax))
}

/** Whether a mail has been tried for so long that somebody should look why. */
export const isGivenUp = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() >= patienceMs
