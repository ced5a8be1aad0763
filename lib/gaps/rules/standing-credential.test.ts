import { describe, expect, it } from 'vitest'
import { defaultGapPolicy } from '../model'
import type { BindingFact } from '../picture'
import { binding, brief, findingsOf, now } from '../testing/facts'
import { standingCredential } from './standing-credential'

const find = (more: Partial<BindingFact>, policy = defaultGapPolicy) =>
  findingsOf(standingCredential, { bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', ...more })] }, now, policy)
const longLived = { credentialType: 'long_lived', credentialLifetimeSeconds: null } as const
const living = (seconds: number | null) =>
  ({ credentialType: 'short_lived', credentialLifetimeSeconds: seconds, risk: 'high' }) as const

describe('standing-credential', () => {
  it.each([
    ['low', []],
    ['medium', []],
    ['high', ['binding:b privilege high [b]']],
    ['critical', ['binding:b privilege critical [b]']],
  ] as const)('at %s risk finds a long-lived credential: %j', (risk, found) => {
    expect(brief(find({ ...longLived, risk }))).toEqual(found)
  })

  it.each([
    [3599, 0],
    [3600, 0],
    [3601, 1],
    [null, 0],
  ])('a credential that lives %s seconds gives %i findings', (seconds, findings) => {
    expect(find(living(seconds))).toHaveLength(findings)
  })

  it('takes a long-lived credential for one whatever lifetime is recorded', () => {
    expect(find({ ...longLived, risk: 'high', credentialLifetimeSeconds: 60 })).toHaveLength(1)
  })

  it('measures against the policy', () => {
    const policy = { ...defaultGapPolicy, credentialLifetimeSecondsMax: 60 }
    expect(find(living(60), policy)).toEqual([])
    expect(find(living(61), policy)).toHaveLength(1)
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find({ ...longLived, risk: 'critical', state })).toEqual([])
  })

  it('says which credential and which limit', () => {
    expect(find({ ...longLived, risk: 'high' })[0]?.explanation).toBe(
      'b is at high risk and uses a long-lived credential.',
    )
    expect(find(living(5400))[0]?.explanation).toBe(
      'b is at high risk and uses a credential that lives 1 hour 30 minutes; the limit is 1 hour.',
    )
  })
})
