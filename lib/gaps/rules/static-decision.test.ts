import { describe, expect, it } from 'vitest'
import { type Autonomy, autonomies, type RiskTier } from '@/lib/registry/model'
import type { BindingFact } from '../picture'
import { agent, binding, brief, findingsOf } from '../testing/facts'
import { staticDecision } from './static-decision'

const find = (risk: RiskTier, autonomy: Autonomy, more: Partial<BindingFact> = {}) =>
  findingsOf(staticDecision, {
    agents: [agent({ id: 'a', autonomy })],
    bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', decisionMode: 'static', risk, ...more })],
  })

describe('static-decision', () => {
  it.each([
    ['low', 'supervised', []],
    ['medium', 'assistive', []],
    ['medium', 'supervised', []],
    ['high', 'supervised', ['binding:b enforcement high [b]']],
    ['critical', 'assistive', ['binding:b enforcement critical [b]']],
    ['low', 'autonomous', ['binding:b enforcement low [b]']],
    ['medium', 'autonomous', ['binding:b enforcement medium [b]']],
    ['critical', 'autonomous', ['binding:b enforcement critical [b]']],
  ] as const)('at %s risk with a %s agent finds %j', (risk, autonomy, found) => {
    expect(brief(find(risk, autonomy))).toEqual(found)
  })

  it.each(autonomies)('is content with decisions at request time by a %s agent', (autonomy) => {
    expect(find('critical', autonomy, { decisionMode: 'runtime' })).toEqual([])
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find('critical', 'autonomous', { state })).toEqual([])
  })

  it('says every reason', () => {
    expect(find('high', 'autonomous')[0]?.explanation).toBe(
      'b is decided statically, and it is at high risk and Agent a is autonomous.',
    )
  })
})
