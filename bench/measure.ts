/** Durations of one thing done several times, in milliseconds. */
export interface Timing {
  p50: number
  p95: number
  runs: number
}

export interface Repetition {
  warmUp: number
  runs: number
}

/** For what answers in milliseconds. */
export const often: Repetition = { warmUp: 5, runs: 25 }
/** For what takes seconds. */
export const seldom: Repetition = { warmUp: 1, runs: 3 }

/** Median and 95th percentile of durations. */
export function timingOf(durations: readonly number[]): Timing {
  const sorted = [...durations].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length }
}

/** How long one run of `work` takes, in milliseconds. */
export async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Times `work` by itself. */
export async function time(work: () => Promise<unknown>, { warmUp, runs }: Repetition): Promise<Timing> {
  const durations: number[] = []
  for (let run = -warmUp; run < runs; run += 1) {
    const duration = await durationOf(work)
    if (run >= 0) durations.push(duration)
  }
  return timingOf(durations)
}

/** Times two ways to the same answer, in turn, so that whatever else the machine does falls on both. */
export async function timeBoth(
  work: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
  { warmUp, runs }: Repetition,
): Promise<[work: Timing, baseline: Timing]> {
  const durations: [number[], number[]] = [[], []]
  for (let run = -warmUp; run < runs; run += 1) {
    const pair = [await durationOf(work), await durationOf(baseline)] as const
    if (run < 0) continue
    durations[0].push(pair[0])
    durations[1].push(pair[1])
  }
  return [timingOf(durations[0]), timingOf(durations[1])]
}
