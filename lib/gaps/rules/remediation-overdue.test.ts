import { describe, expect, it } from 'vitest'
import { bindingStates } from '@/lib/registry/model'
import { binding, brief, days, findingsOf, now, second } from '../testing/facts'
import { remediationOverdue } from './remediation-overdue'

const find = (more: Partial<Parameters<typeof binding>[0]> = {}) =>
  findingsOf(remediationOverdue, {
    bindings: [
      binding({ id: 'b', agentId: 'a', toolId: 't', state: 'revoked', remediationDueAt: now - days(1), ...more }),
    ],
  })

describe('remediation-overdue', () => {
  it.each([
    ['a second before its day is over', now + second, 0],
    ['the moment its day is over', now, 1],
    ['without one that is due', null, 0],
  ] as const)('%s', (_, remediationDueAt, findings) => {
    expect(find({ remediationDueAt })).toHaveLength(findings)
  })

  it('is for the owner of enforcement, as severe as the risk', () => {
    expect(brief(find({ risk: 'critical' }))).toEqual(['binding:b enforcement critical [b]'])
    expect(brief(find({ risk: 'low' }))).toEqual(['binding:b enforcement low [b]'])
  })

  it('names the last day on which it would have been in time', () => {
    expect(find({ remediationDueAt: now })[0]?.explanation).toBe(
      'b was revoked, and by 2026-10-31 nothing had shown that the access is gone.',
    )
  })

  it('is about revoked access alone: what is asked for again goes its own way', () => {
    expect(bindingStates.filter((state) => find({ state }).length > 0)).toEqual(['revoked'])
  })
})
