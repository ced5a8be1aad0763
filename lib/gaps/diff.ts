import { gapKey } from './evaluate'
import { type GapTransition, type KeptGap, transitionOf } from './lifecycle'
import type { Finding } from './model'
import type { Instant } from './picture'

/** A gap that is kept, with its identity. */
export interface GapRow extends KeptGap, Pick<Finding, 'rule' | 'subject' | 'layer' | 'pointId'> {
  id: string
  affected: number
}

/** What an evaluation makes of one gap: a new one, or one that is kept. */
export type GapChange = { transition: GapTransition } & (
  | { gap: GapRow | null; finding: Finding }
  | { gap: GapRow; finding: null }
)

/**
 * What has to change so that the kept gaps of some subjects say what was found on these subjects, and which of it is
 * accepted (`exceptedIn` answers that from a picture).
 */
export function changesBetween(
  kept: readonly GapRow[],
  findings: readonly Finding[],
  isExcepted: (finding: Finding) => boolean,
  now: Instant,
): GapChange[] {
  const keptByKey = new Map(kept.map((gap) => [gapKey(gap), gap]))
  const changes: GapChange[] = []
  for (const finding of findings) {
    const key = gapKey(finding)
    const gap = keptByKey.get(key) ?? null
    keptByKey.delete(key)
    const transition = transitionOf(gap, finding, isExcepted(finding), now)
    if (transition) changes.push({ gap, finding, transition })
  }
  for (const gap of keptByKey.values()) {
    const transition = transitionOf(gap, null, false, now)
    if (transition) changes.push({ gap, finding: null, transition })
  }
  return changes
}
