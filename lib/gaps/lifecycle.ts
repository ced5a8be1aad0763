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

/**
 * What follows for a gap from an evaluation. `updated` is the same gap with other particulars, `excepted` one whose risk
 * was accepted while it stood. What opens or reopens under an exception does so in the state `excepted`.
 */
export interface GapTransition {
  kind: 'opened' | 'reopened' | 'excepted' | 'updated' | 'resolved'
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
 * Under an exception it is excepted, and it reopens when the exception has run out or was withdrawn. Work that people
 * have begun on it otherwise (acknowledged, remediating) stands while the finding is there.
 * @returns null when nothing changes.
 */
export function transitionOf(
  gap: KeptGap | null,
  finding: Finding | null,
  isExcepted: boolean,
  now: Instant,
): GapTransition | null {
  if (!finding) {
    if (!gap || gap.state === 'resolved') return null
    return { kind: 'resolved', from: gap.state, to: 'resolved', openedAt: gap.openedAt, resolvedAt: now }
  }
  const fresh = { to: isExcepted ? 'excepted' : 'open', openedAt: now, resolvedAt: null } as const
  if (!gap) return { kind: 'opened', from: null, ...fresh }
  const { state: from, openedAt } = gap
  if (from === 'resolved' || (from === 'excepted' && !isExcepted)) return { kind: 'reopened', from, ...fresh }
  if (isExcepted && from !== 'excepted') return { kind: 'excepted', from, to: 'excepted', openedAt, resolvedAt: null }
  return isDescribedBy(gap, finding) ? null : { kind: 'updated', from, to: from, openedAt, resolvedAt: null }
}

function isDescribedBy(gap: KeptGap, finding: Finding): boolean {
  return (
    gap.severity === finding.severity &&
    gap.explanation === finding.explanation &&
    gap.affectedHash === affectedHash(finding.bindingIds)
  )
}
