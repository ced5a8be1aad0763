import { describe, expect, it } from 'vitest'
import { defaultGapPolicy } from '../model'
import type { BindingFact } from '../picture'
import { binding, brief, days, findingsOf, now, second } from '../testing/facts'
import { allowlistUnreviewed } from './allowlist-unreviewed'

const find = (more: Partial<BindingFact>, policy = defaultGapPolicy) =>
  findingsOf(
    allowlistUnreviewed,
    { bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', allowlistPresent: true, ...more })] },
    now,
    policy,
  )

describe('allowlist-unreviewed', () => {
  it.each([
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'high'],
  ] as const)('at %s risk is %s', (risk, severity) => {
    expect(brief(find({ risk }))).toEqual([`binding:b enforcement ${severity} [b]`])
  })

  it.each([true, false, null])('when an allowlist is present is %s', (allowlistPresent) => {
    expect(find({ allowlistPresent })).toHaveLength(allowlistPresent ? 1 : 0)
  })

  it('fires only once the limit is over', () => {
    expect(find({ allowlistReviewedAt: now - days(180) + second })).toEqual([])
    expect(find({ allowlistReviewedAt: now - days(180) })).toEqual([])
    expect(find({ allowlistReviewedAt: now - days(180) - second })).toHaveLength(1)
  })

  it('measures against the policy', () => {
    const policy = { ...defaultGapPolicy, allowlistReviewDays: 7 }
    expect(find({ allowlistReviewedAt: now - days(8) }, policy)).toHaveLength(1)
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find({ state })).toEqual([])
  })

  it('says since when', () => {
    expect(find({})[0]?.explanation).toBe('The local allowlist of b was never centrally reviewed.')
    expect(find({ allowlistReviewedAt: now - days(200) })[0]?.explanation).toBe(
      'The local allowlist of b was last reviewed on 2026-04-15; it is due every 180 days.',
    )
  })
})
