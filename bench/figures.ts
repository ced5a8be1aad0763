import type { Timing } from './measure'

/** What a figure should be, and whether it is. */
export interface Aim {
  text: string
  met: boolean
}

/** One line of the results. */
export interface Figure {
  section: string
  what: string
  ms?: Timing
  /** Something else than a duration: bytes, rows, requests. */
  amount?: string
  baseline?: { what: string; ms: Timing }
  ratio?: number
  aim?: Aim
}

/** A duration with an upper limit for its median. */
export function within(section: string, what: string, ms: Timing, limitMs?: number): Figure {
  return {
    section,
    what,
    ms,
    ...(limitMs !== undefined && { aim: { text: `≤ ${readable(limitMs)}`, met: ms.p50 <= limitMs } }),
  }
}

/** A duration beside that of a baseline for the same answer, with an upper limit for the ratio of their medians. */
export function against(
  section: string,
  what: string,
  [ms, baselineMs]: readonly [Timing, Timing],
  baseline: string,
  limit?: number,
): Figure {
  const ratio = ms.p50 / baselineMs.p50
  return {
    section,
    what,
    ms,
    baseline: { what: baseline, ms: baselineMs },
    ratio,
    ...(limit !== undefined && { aim: { text: `≤ ${limit}×`, met: ratio <= limit } }),
  }
}

/** Milliseconds as people read them. */
export function readable(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms >= 10_000 ? 0 : 1)} s`
  return `${ms >= 100 ? ms.toFixed(0) : ms.toFixed(1)} ms`
}
