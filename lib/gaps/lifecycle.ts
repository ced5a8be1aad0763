import { createHash } from 'node:crypto'
import type { Finding, GapState, Severity } from './model'
import type { Instant } from './picture'

/** What the lifecycle has to know of a gap that is kept. */
export interface KeptGap {
  state: GapState
  severity: Severity
  affectedHash: string
  explanation: string
  openedAt: Instant
}

/** What follows for a gap from an evaluation. `updated` is the same gap with other particulars. */
export interface GapTransition {
  kind: 'opened' | 'reopened' | 'updated' | 'resolved'
  from: GapState | null
  to: GapState
  openedAt: Instant
  resolvedAt: Instant | null
}

/** A digest of the bindings affected: two findings with the same one affect the same bindings. */
export function affectedHash(bindingIds: readonly string[]): string {
  return createHash('sha256').update(bindingIds.join()).digest('base64url').slice(0, 22)
}

/**
 * What an evaluation makes of a gap: it opens once, resolves when the finding goes, and reopens with its history.
 * Work that people have begun on it (acknowledged, remediating, excepted) stands while the finding is there.
 * @returns null when nothing changes.
 */
export function transitionOf(gap: KeptGap | null, finding: Finding | null, now: Instant): GapTransition | null {
  if (!gap) return finding ? { kind: 'opened', from: null, to: 'open', openedAt: now, resolvedAt: null } : null
  const { state: from, openedAt } = gap
  if (!finding)
    return from === 'resolved' ? null : { kind: 'resolved', from, to: 'resolved', openedAt, resolvedAt: now }
  if (from === 'resolved') return { kind: 'reopened', from, to: 'open', openedAt: now, resolvedAt: null }
  return isDescribedBy(gap, finding) ? null : { kind: 'updated', from, to: from, openedAt, resolvedAt: null }
}

function isDescribedBy(gap: KeptGap, finding: Finding): boolean {
  return (
    gap.severity === finding.severity &&
    gap.explanation === finding.explanation &&
    gap.affectedHash === affectedHash(finding.bindingIds)
  )
}
