import { describe, expect, it } from 'vitest'
import { layerIds } from '@/lib/layers'
import type { AgentLifecycle, BindingState } from '@/lib/registry/model'
import { agent, assignment, binding, brief, days, findingsOf, now, point, team, tool } from '../testing/facts'
import { layerUnowned } from './layer-unowned'

const agents = [agent({ id: 'a' })]
const tools = [tool({ id: 't', applicationId: 'p' })]
const points = [point({ id: 'p' })]
const teams = [team({ id: 'x' })]
const bindings = [
  binding({ id: 'b1', agentId: 'a', toolId: 't', risk: 'low' }),
  binding({ id: 'b2', agentId: 'a', toolId: 't', risk: 'critical' }),
]
const estate = { agents, tools, points, teams, bindings }
const organisation = layerIds
  .filter((layer) => layer !== 'enforcement')
  .map((layer) => assignment({ id: layer, layer, scope: 'organisation', teamId: 'x' }))
const enforcement = { id: 'e', layer: 'enforcement', teamId: 'x' } as const

const found = (facts: Parameters<typeof findingsOf>[1]) => brief(findingsOf(layerUnowned, facts))

describe('layer-unowned', () => {
  it('is one finding per layer on its natural anchor, with all bindings it leaves open and the highest of their risks', () => {
    expect(found(estate)).toEqual([
      'agent:a entitlement critical [b1 b2]',
      'agent:a identity critical [b1 b2]',
      'agent:a monitoring critical [b1 b2]',
      'tool:t enforcement critical [b1 b2]',
      'tool:t privilege critical [b1 b2]',
    ])
  })

  it('names only the bindings without an owner', () => {
    const owned = assignment({ ...enforcement, scope: 'binding', subjectId: 'b2' })
    expect(found({ ...estate, assignments: [...organisation, owned] })).toEqual(['tool:t enforcement low [b1]'])
  })

  it('is not satisfied for enforcement by the organisation', () => {
    const wide = assignment({ ...enforcement, scope: 'organisation' })
    expect(found({ ...estate, assignments: [...organisation, wide] })).toEqual(['tool:t enforcement critical [b1 b2]'])
  })

  it.each([
    ['tool', 't'],
    ['enforcement_point', 'p'],
    ['agent', 'a'],
  ] as const)('is satisfied for enforcement by the %s', (scope, subjectId) => {
    expect(
      found({ ...estate, assignments: [...organisation, assignment({ ...enforcement, scope, subjectId })] }),
    ).toEqual([])
  })

  it.each([
    ['a proposed owner satisfies it', { state: 'proposed' }, 0],
    ['an owner without an active member satisfies it (owner-orphaned tells)', { teamId: 'empty' }, 0],
    ['a declined owner does not', { state: 'declined' }, 1],
    ['an ended owner does not', { state: 'ended' }, 1],
    ['an owner whose time is over does not', { validTo: now }, 1],
    ['an owner whose time has not come does not', { validFrom: now + 1 }, 1],
  ] as const)('%s', (_, more, findings) => {
    const owner = assignment({ ...enforcement, scope: 'tool', subjectId: 't', ...more })
    const empty = team({ id: 'empty', hasActiveMember: false })
    expect(found({ ...estate, teams: [...teams, empty], assignments: [...organisation, owner] })).toHaveLength(findings)
  })

  it.each<BindingState>(['requested', 'approved', 'revoked'])('leaves out %s bindings', (state) => {
    const inactive = bindings.map((one) => ({ ...one, state }))
    expect(found({ ...estate, bindings: inactive, assignments: organisation })).toEqual([])
  })

  it('asks an active agent without active bindings for its own three layers, at low severity', () => {
    const revoked = bindings.map((one) => ({ ...one, state: 'revoked' as const }))
    const alone = ['agent:a entitlement low []', 'agent:a identity low []', 'agent:a monitoring low []']
    expect(found({ agents })).toEqual(alone)
    expect(found({ agents, tools, bindings: revoked })).toEqual(alone)
  })

  it('is satisfied on such an agent by its own owner or the organisation', () => {
    const own = assignment({ id: 'own', layer: 'identity', scope: 'agent', subjectId: 'a', teamId: 'x' })
    expect(found({ agents, assignments: [own] })).toEqual(['agent:a entitlement low []', 'agent:a monitoring low []'])
    expect(found({ agents, assignments: organisation })).toEqual([])
  })

  it.each<AgentLifecycle>(['discovered', 'proposed', 'suspended', 'retired'])(
    'is not placed on a %s agent, but on the tool that its active binding reaches',
    (lifecycle) => {
      const asleep = [agent({ id: 'a', lifecycle })]
      expect(found({ agents: asleep })).toEqual([])
      expect(found({ ...estate, agents: asleep })).toEqual([
        'tool:t enforcement critical [b1 b2]',
        'tool:t privilege critical [b1 b2]',
      ])
    },
  )

  it('says who lacks what, in words', () => {
    const many = Array.from({ length: 5 }, (_, index) => binding({ id: `b${index}`, agentId: 'a', toolId: 't' }))
    const explanations = findingsOf(layerUnowned, { ...estate, bindings: many }, now + days(1)).map(
      ({ explanation }) => explanation,
    )
    expect(explanations).toContain('Nobody owns identity of Agent a on 5 active bindings: b0, b1, b2 and 2 more.')
    expect(findingsOf(layerUnowned, { agents }).map(({ explanation }) => explanation)).toContain(
      'Nobody owns identity of Agent a, which is active and reaches no tool yet.',
    )
  })
})
