import { describe, expect, it } from 'vitest'
import { riskTiers } from '@/lib/registry/model'
import { defaultGapPolicy } from '../model'
import { binding, days, findingsOf, now, second } from '../testing/facts'
import { recertificationOverdue } from './recertification-overdue'

const longAgo = now - days(2000)
const find = (more: Partial<Parameters<typeof binding>[0]>, policy = defaultGapPolicy) =>
  findingsOf(
    recertificationOverdue,
    { bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', activeSince: longAgo, ...more })] },
    now,
    policy,
  )

describe('recertification-overdue', () => {
  it.each(riskTiers)('fires at %s risk only once the cadence is over', (risk) => {
    const cadence = days(defaultGapPolicy.cadenceDays[risk])
    expect(find({ risk, certifiedAt: now - cadence + second })).toEqual([])
    expect(find({ risk, certifiedAt: now - cadence })).toEqual([])
    expect(find({ risk, certifiedAt: now - cadence - second })).toHaveLength(1)
  })

  it('measures against the policy', () => {
    const policy = { ...defaultGapPolicy, cadenceDays: { ...defaultGapPolicy.cadenceDays, medium: 7 } }
    expect(find({ certifiedAt: now - days(8) }, policy)).toHaveLength(1)
  })

  it('fires at once on a binding that was never certified', () => {
    expect(find({ certifiedAt: null, activeSince: now })[0]?.explanation).toBe(
      'b was never certified since it became active on 2026-11-01.',
    )
    expect(find({ certifiedAt: null, activeSince: null })[0]?.explanation).toBe(
      'b was never certified since it became active.',
    )
  })

  it.each([
    ['a second before it became active', -second, 1],
    ['the moment it became active', 0, 0],
    ['a second after it became active', second, 0],
  ])('judges a certification from %s', (_, offset, findings) => {
    const activeSince = now - days(3)
    expect(find({ activeSince, certifiedAt: activeSince + offset })).toHaveLength(findings)
  })

  it('judges by the cadence alone when nobody knows since when it is active', () => {
    expect(find({ activeSince: null, certifiedAt: now - days(180) })).toEqual([])
    expect(find({ activeSince: null, certifiedAt: now - days(181) })).toHaveLength(1)
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find({ state, certifiedAt: null })).toEqual([])
  })

  it('fires at once when what was certified has changed', () => {
    expect(find({ certifiedAt: now - days(2), certificationLostAt: now - days(1) })[0]?.explanation).toBe(
      'b was last certified on 2026-10-30; what was certified then changed on 2026-10-31.',
    )
    expect(find({ certifiedAt: null, activeSince: now, certificationLostAt: now })[0]?.explanation).toContain(
      'never certified',
    )
  })

  it('says when and how often', () => {
    expect(find({ risk: 'high', certifiedAt: now - days(100) })[0]?.explanation).toBe(
      'b was last certified on 2026-07-24; at high risk it is due every 90 days.',
    )
  })
})
