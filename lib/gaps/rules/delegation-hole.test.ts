import { describe, expect, it } from 'vitest'
import { layerIds } from '@/lib/layers'
import { type AgentLifecycle, agentLifecycles } from '@/lib/registry/model'
import { defaultGapPolicy } from '../model'
import type { AssignmentFact, BindingFact } from '../picture'
import { agent, assignment, binding, brief, delegation, findingsOf, now } from '../testing/facts'
import { delegationHole } from './delegation-hole'

interface Case {
  /** Chains as `a>b>c`. */
  chains: string[]
  lifecycles?: Record<string, AgentLifecycle>
  bindings?: BindingFact[]
  assignments?: AssignmentFact[]
  policy?: typeof defaultGapPolicy
}

/** Every layer that can be owned for all at once, and enforcement of the tool `t`. */
const sound = layerIds.map((layer) =>
  layer === 'enforcement'
    ? assignment({ id: layer, layer, scope: 'tool', subjectId: 't', teamId: 'g' })
    : assignment({ id: layer, layer, scope: 'organisation', teamId: 'g' }),
)
const to = (agentId: string, toolId: string, more: Partial<BindingFact> = {}) =>
  binding({ id: `${agentId}-${toolId}`, agentId, toolId, ...more })

function find({ chains, lifecycles = {}, bindings = [], assignments = sound, policy = defaultGapPolicy }: Case) {
  const edges = chains.flatMap((chain) => {
    const ids = chain.split('>')
    return ids.slice(1).map((id, index) => [ids[index] ?? '', id] as const)
  })
  const ids = [...new Set(edges.flat())]
  return findingsOf(
    delegationHole,
    {
      agents: ids.map((id) => agent({ id, lifecycle: lifecycles[id] ?? 'active' })),
      delegations: edges.map(([fromAgentId, toAgentId], index) =>
        delegation({ id: `d${index}`, fromAgentId, toAgentId }),
      ),
      bindings,
      assignments,
    },
    now,
    policy,
  )
}
const found = (more: Case) => brief(find(more)).map((line) => line.split(' ')[0])
const why = (more: Case) => find(more)[0]?.explanation

describe('delegation-hole', () => {
  it('is silent on sound chains', () => {
    expect(find({ chains: ['a>b>c', 'a>c'], bindings: [to('c', 't')] })).toEqual([])
  })

  it.each(agentLifecycles)('takes a %s agent down the chain for a hole or not', (lifecycle) => {
    const findings = lifecycle === 'suspended' || lifecycle === 'retired' ? ['agent:a'] : []
    expect(found({ chains: ['a>b>c'], lifecycles: { c: lifecycle } })).toEqual(findings)
  })

  it('finds a layer that nobody owns on an active binding down the chain', () => {
    const chains = ['a>b>c']
    expect(found({ chains, bindings: [to('c', 'other')] })).toEqual(['agent:a'])
    expect(found({ chains, bindings: [to('c', 'other', { state: 'revoked' })] })).toEqual([])
    expect(found({ chains, bindings: [to('a', 'other')] }), 'the head’s own is layer-unowned').toEqual([])
  })

  it('asks an agent without bindings for its own layers', () => {
    const assignments = sound.filter(({ layer }) => layer !== 'identity')
    const own = assignment({ id: 'own', layer: 'identity', scope: 'agent', subjectId: 'b', teamId: 'g' })
    expect(found({ chains: ['a>b'], assignments })).toEqual(['agent:a'])
    expect(found({ chains: ['a>b'], assignments: [...assignments, own] })).toEqual([])
    expect(found({ chains: ['a>b'], assignments, lifecycles: { b: 'proposed' } })).toEqual([])
  })

  it('is placed on every head that leads to the hole, and on nobody between', () => {
    const lifecycles = { z: 'suspended' } as const
    expect(found({ chains: ['a>b>z', 'x>b', 'y>c'], lifecycles })).toEqual(['agent:a', 'agent:x'])
  })

  it('begins a chain behind an agent that does not delegate any more', () => {
    const lifecycles = { s: 'suspended', z: 'retired' } as const
    expect(found({ chains: ['a>s>b>z'], lifecycles })).toEqual(['agent:a', 'agent:b'])
    expect(find({ chains: ['s>z'], lifecycles })).toEqual([])
  })

  it.each([
    ['a>a', ['agent:a']],
    ['a>b>a', ['agent:a', 'agent:b']],
    ['h>a>b>c>a', ['agent:a', 'agent:b', 'agent:c', 'agent:h']],
  ])('is placed on each agent of a loop and the heads before it: %s', (chain, findings) => {
    expect(found({ chains: [chain] })).toEqual(findings)
  })

  it('takes no loop for one through an agent that does not run', () => {
    expect(found({ chains: ['a>b>a'], lifecycles: { b: 'suspended' } })).toEqual(['agent:a'])
    expect(why({ chains: ['a>b>a'], lifecycles: { b: 'suspended' } })).toBe(
      'Down the chain from Agent a, Agent b is suspended.',
    )
  })

  it('measures the depth', () => {
    expect(find({ chains: ['a>b>c>d>e>f'] })).toEqual([])
    expect(found({ chains: ['a>b>c>d>e>f>g'] })).toEqual(['agent:a'])
    expect(find({ chains: ['a>b'], policy: { ...defaultGapPolicy, delegationDepthMax: 1 } })).toEqual([])
    expect(found({ chains: ['a>b>c'], policy: { ...defaultGapPolicy, delegationDepthMax: 1 } })).toEqual(['agent:a'])
  })

  it('affects the bindings of the holes it names, else its own', () => {
    const bindings = [to('a', 't', { risk: 'low' }), to('c', 'other', { risk: 'critical' })]
    expect(brief(find({ chains: ['a>b>c'], bindings }))).toEqual(['agent:a - critical [c-other]'])
    expect(brief(find({ chains: ['a>a'], bindings: [to('a', 't', { risk: 'high' })] }))).toEqual([
      'agent:a - high [a-t]',
    ])
    expect(brief(find({ chains: ['a>b'], lifecycles: { b: 'retired' }, bindings: [to('a', 't')] }))).toEqual([
      'agent:a - medium [a-t]',
    ])
  })

  it('says what is wrong with whom', () => {
    expect(why({ chains: ['a>b'], bindings: [to('b', 'other')], lifecycles: { b: 'suspended' } })).toBe(
      'Down the chain from Agent a, Agent b is suspended and has no owner of enforcement.',
    )
    const lifecycles = { b: 'retired', c: 'retired', d: 'retired', e: 'retired' } as const
    expect(why({ chains: ['a>b', 'a>c', 'a>d', 'a>e'], lifecycles })).toBe(
      'Down the chain from Agent a, Agent b is retired; Agent c is retired; Agent d is retired; and there are more.',
    )
    expect(why({ chains: ['a>a'] })).toBe('Agent a delegates to itself.')
    expect(why({ chains: ['a>b>c>d>a'] })).toBe(
      'Agent a is in a loop of 4 agents: Agent a, Agent b, Agent c and 1 more.',
    )
    expect(find({ chains: ['h>a>b>a'] }).find(({ subject }) => subject.id === 'h')?.explanation).toBe(
      'A chain from Agent h runs into a loop of 2 agents: Agent a, Agent b.',
    )
    expect(why({ chains: ['a>b>c>d>e>f>g'] })).toBe(
      'The longest chain from Agent a is 6 delegations deep; the limit is 5.',
    )
  })
})
