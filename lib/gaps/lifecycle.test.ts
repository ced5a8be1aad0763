import { describe, expect, it } from 'vitest'
import { affectedHash, type KeptGap, transitionOf } from './lifecycle'
import { type Finding, type GapState, severities } from './model'
import { randomOf } from './testing/random'

const finding: Finding = {
  rule: 'layer-unowned',
  subject: { type: 'agent', id: 'a' },
  layer: 'identity',
  pointId: null,
  severity: 'high',
  bindingIds: ['b', 'c'],
  explanation: 'Nobody owns identity.',
}

const kept = (state: GapState, changes: Partial<KeptGap> = {}): KeptGap => ({
  state,
  severity: finding.severity,
  affectedHash: affectedHash(finding.bindingIds),
  explanation: finding.explanation,
  openedAt: 100,
  ...changes,
})

describe('the lifecycle of a gap', () => {
  it('opens with its first finding', () => {
    expect(transitionOf(null, finding, false, 500)).toEqual({
      kind: 'opened',
      from: null,
      to: 'open',
      openedAt: 500,
      resolvedAt: null,
    })
  })

  it('has nothing to do where nothing was found and nothing is kept', () => {
    expect(transitionOf(null, null, false, 500)).toBeNull()
    expect(transitionOf(kept('resolved'), null, false, 500)).toBeNull()
  })

  it.each(['open', 'acknowledged', 'remediating', 'excepted'] as const)(
    'resolves from %s when the finding goes',
    (state) => {
      expect(transitionOf(kept(state), null, false, 500)).toEqual({
        kind: 'resolved',
        from: state,
        to: 'resolved',
        openedAt: 100,
        resolvedAt: 500,
      })
    },
  )

  it('reopens when the finding comes back, counted from then', () => {
    expect(transitionOf(kept('resolved'), finding, false, 500)).toEqual({
      kind: 'reopened',
      from: 'resolved',
      to: 'open',
      openedAt: 500,
      resolvedAt: null,
    })
  })

  it.each(['open', 'acknowledged', 'remediating', 'excepted'] as const)(
    'leaves %s alone while the same is found',
    (state) => {
      expect(transitionOf(kept(state), finding, state === 'excepted', 500)).toBeNull()
    },
  )

  it.each([null, kept('resolved')])('opens as excepted under an exception: %o', (gap) => {
    expect(transitionOf(gap, finding, true, 500)).toEqual({
      kind: gap ? 'reopened' : 'opened',
      from: gap ? 'resolved' : null,
      to: 'excepted',
      openedAt: 500,
      resolvedAt: null,
    })
  })

  it.each(['open', 'acknowledged', 'remediating'] as const)(
    'goes from %s to excepted when an exception comes, and keeps since when it stands',
    (state) => {
      expect(transitionOf(kept(state), finding, true, 500)).toEqual({
        kind: 'excepted',
        from: state,
        to: 'excepted',
        openedAt: 100,
        resolvedAt: null,
      })
    },
  )

  it('reopens when the exception has run out or was withdrawn, counted from then', () => {
    expect(transitionOf(kept('excepted'), finding, false, 500)).toEqual({
      kind: 'reopened',
      from: 'excepted',
      to: 'open',
      openedAt: 500,
      resolvedAt: null,
    })
  })

  it.each([
    { severity: 'low' as const },
    { affectedHash: affectedHash(['b']) },
    { explanation: 'Nobody owned identity.' },
  ])('is brought up to date in its state when it kept %o', (changes) => {
    for (const state of ['open', 'acknowledged', 'remediating', 'excepted'] as const) {
      const expected = { kind: 'updated', from: state, to: state, openedAt: 100, resolvedAt: null }
      expect(transitionOf(kept(state, changes), finding, state === 'excepted', 500)).toEqual(expected)
    }
  })

  /**
   * Whatever comes and goes: a gap is resolved exactly while nothing is found, excepted exactly while something is found
   * under an exception, and knows since when it stands, or stands open again.
   */
  it.each([1, 2, 3, 4, 5])(
    'holds its invariants over any sequence of findings, exceptions and work, seed %i',
    (seed) => {
      const random = randomOf(seed)
      let gap: KeptGap | null = null
      let standsSince: number | null = null
      for (let now = 1; now <= 500; now += 1) {
        const ids = Array.from({ length: random.below(3) }, (_, index) => `b${index}`)
        const found = random.chance(0.6) ? { ...finding, severity: random.pick(severities), bindingIds: ids } : null
        const isExcepted = random.chance(0.3)
        const transition = transitionOf(gap, found, isExcepted, now)
        const isBack = gap?.state === 'excepted' && !isExcepted
        if (found && (standsSince === null || isBack)) standsSince = now
        if (!found) standsSince = null
        if (transition) {
          const about: KeptGap | null = found
            ? { ...kept('open'), severity: found.severity, affectedHash: affectedHash(ids) }
            : gap
          gap = about && { ...about, state: transition.to, openedAt: transition.openedAt }
          expect(transition.from === transition.to).toBe(transition.kind === 'updated')
        }
        expect(gap === null || gap.state === 'resolved').toBe(found === null)
        expect(gap?.state === 'excepted').toBe(found !== null && isExcepted)
        if (gap && found) {
          expect(gap.openedAt).toBe(standsSince)
          expect([gap.severity, gap.affectedHash]).toEqual([found.severity, affectedHash(found.bindingIds)])
        }
        expect(transitionOf(gap, found, isExcepted, now), 'a second look changes nothing').toBeNull()
        const byPeople = ['open', 'acknowledged', 'remediating'] as const
        if (gap && found && !isExcepted && random.chance(0.3)) gap = { ...gap, state: random.pick(byPeople) }
      }
    },
  )
})
