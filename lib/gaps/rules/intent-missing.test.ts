import { describe, expect, it } from 'vitest'
import { binding, brief, findingsOf, now } from '../testing/facts'
import { intentMissing } from './intent-missing'

const find = (more: Partial<Parameters<typeof binding>[0]>) =>
  findingsOf(intentMissing, { bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', ...more })] })

describe('intent-missing', () => {
  it.each([
    ['written and approved', { intentText: 'Answer tickets', intentApprovedAt: now }, []],
    ['written, not approved', { intentText: 'Answer tickets', intentApprovedAt: null }, ['binding:b - medium [b]']],
    ['not written', { intentText: null, intentApprovedAt: null }, ['binding:b - medium [b]']],
    ['not written, yet approved', { intentText: null, intentApprovedAt: now }, ['binding:b - medium [b]']],
    ['blank', { intentText: ' \n', intentApprovedAt: now }, ['binding:b - medium [b]']],
    ['not written at low risk', { intentText: null, risk: 'low' }, ['binding:b - low [b]']],
    ['not written at critical risk', { intentText: null, risk: 'critical' }, ['binding:b - critical [b]']],
    ['not written on a requested binding', { intentText: null, state: 'requested' }, []],
    ['not written on an approved binding', { intentText: null, state: 'approved' }, []],
    ['not written on a revoked binding', { intentText: null, state: 'revoked' }, []],
  ] as const)('%s', (_, more, findings) => {
    expect(brief(find(more))).toEqual(findings)
  })

  it('tells a missing intent from one that nobody approved', () => {
    expect(find({ intentText: null })[0]?.explanation).toBe('b is active, and no business intent says what for.')
    expect(find({ intentApprovedAt: null })[0]?.explanation).toBe('Nobody has approved the business intent of b.')
  })
})
