import { describe, expect, it } from 'vitest'
import { type LayerId, layerIds } from '@/lib/layers'
import type { RiskTier } from '@/lib/registry/model'
import type { AssignmentFact, BindingFact } from '../picture'
import { agent, assignment, binding, brief, findingsOf, person, team, tool } from '../testing/facts'
import { dutiesConcentrated } from './duties-concentrated'

const own = (layer: LayerId, teamId: string, more: Partial<AssignmentFact> = {}) =>
  assignment({ id: layer, layer, scope: 'tool', subjectId: 't', teamId, ...more })
const allBy = (teamId: string) => layerIds.map((layer) => own(layer, teamId))
const find = (assignments: AssignmentFact[], more: Partial<BindingFact> = {}) =>
  findingsOf(dutiesConcentrated, {
    people: [person({ id: 'ana', name: 'Ana' }), person({ id: 'ben', name: 'Ben' })],
    teams: [team({ id: 'one', name: 'Team one' }), team({ id: 'two' })],
    agents: [agent({ id: 'a' })],
    tools: [tool({ id: 't' })],
    bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', ...more })],
    assignments,
  })

describe('duties-concentrated', () => {
  it.each<[RiskTier, string]>([
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'high'],
  ])('at %s risk is %s', (risk, severity) => {
    expect(brief(find(allBy('one'), { risk }))).toEqual([`binding:b - ${severity} [b]`])
  })

  it('fires on one team in all five layers, and not on four', () => {
    expect(find(allBy('one'))).toHaveLength(1)
    for (const layer of layerIds) {
      const others = allBy('one').filter((one) => one.layer !== layer)
      expect(find([...others, own(layer, 'two')]), `${layer} by another team`).toEqual([])
      expect(find(others), `${layer} unowned`).toEqual([])
    }
    expect(find([])).toEqual([])
  })

  it('looks at the owner that counts, not at a wider one', () => {
    const closer = own('monitoring', 'two', { id: 'closer', scope: 'binding', subjectId: 'b' })
    expect(find([...allBy('one'), closer])).toEqual([])
  })

  it.each<[string, string | null, string | null, number]>([
    ['the same person in both', 'ana', 'ana', 1],
    ['two persons', 'ana', 'ben', 0],
    ['nobody in entitlement', null, 'ana', 0],
    ['nobody in either', null, null, 0],
  ])('with %s', (_, entitlement, enforcement, findings) => {
    const both = [
      own('entitlement', 'one', { personId: entitlement }),
      own('enforcement', 'two', { personId: enforcement }),
    ]
    expect(find(both)).toHaveLength(findings)
  })

  it('does not mind one person in two other layers', () => {
    expect(find([own('identity', 'one', { personId: 'ana' }), own('enforcement', 'two', { personId: 'ana' })])).toEqual(
      [],
    )
  })

  it.each(['requested', 'approved', 'revoked'] as const)('is silent on a %s binding', (state) => {
    expect(find(allBy('one'), { state })).toEqual([])
  })

  it('says who holds what', () => {
    const all = layerIds.map((layer) => own(layer, 'one', { personId: 'ana' }))
    expect(find(all)[0]?.explanation).toBe(
      'Team one owns all five layers of b. Ana is accountable for both entitlement and enforcement of b.',
    )
  })
})
