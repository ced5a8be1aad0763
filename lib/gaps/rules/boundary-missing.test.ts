import { describe, expect, it } from 'vitest'
import type { BindingFact } from '../picture'
import { binding, brief, findingsOf } from '../testing/facts'
import { boundaryMissing } from './boundary-missing'

const find = (more: Partial<BindingFact>) =>
  findingsOf(boundaryMissing, { bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', risk: 'high', ...more })] })

describe('boundary-missing', () => {
  it.each([
    ['low', []],
    ['medium', []],
    ['high', ['binding:b privilege high [b]']],
    ['critical', ['binding:b privilege critical [b]']],
  ] as const)('at %s risk finds that there is none: %j', (risk, found) => {
    expect(brief(find({ risk }))).toEqual(found)
  })

  it.each([
    [null, 1],
    ['', 1],
    [' \n', 1],
    ['a role that reads claims', 0],
  ])('takes %j for a boundary or for none: %i', (boundary, findings) => {
    expect(find({ boundary })).toHaveLength(findings)
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find({ state })).toEqual([])
  })

  it('says at which risk', () => {
    expect(find({})[0]?.explanation).toBe('b is at high risk, and no privilege boundary says where its power ends.')
  })
})
