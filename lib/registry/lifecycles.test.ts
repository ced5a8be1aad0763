import { describe, expect, it } from 'vitest'
import { randomOf } from '@/lib/gaps/testing/random'
import { agentMoveConsequence, agentMoves, agentMoveTitle, canAgent } from './agents/lifecycle'
import { activationConcern, bindingMoves, canBinding } from './bindings/state'
import { agentLifecycles, bindingStates, riskTiers, type toolLifecycles } from './model'
import { canTool, toolMoves, toolRetirementConsequence } from './tools/lifecycle'

/** The edges as people read them; anything not listed is refused. */
const edges = (moves: Record<string, readonly string[]>) =>
  Object.entries(moves).flatMap(([from, list]) => list.map((to) => `${from} → ${to}`))

describe('the lifecycle of an agent', () => {
  it('has these edges and no others', () => {
    expect(edges(agentMoves)).toEqual([
      'discovered → proposed',
      'discovered → retired',
      'proposed → active',
      'proposed → retired',
      'active → suspended',
      'active → retired',
      'suspended → active',
      'suspended → retired',
    ])
  })

  it.each([
    ['discovered', 'active', 'A discovered agent cannot become active; it can become proposed or retired.'],
    ['active', 'active', 'The agent is active already.'],
    ['retired', 'active', 'A retired agent stays retired.'],
  ] as const)('refuses %s → %s with the reason', (lifecycle, to, reason) => {
    expect(canAgent.move({ lifecycle }, to)).toBe(reason)
  })

  it('names its moves as buttons do, and what they bring with them', () => {
    expect(agentMoveTitle('discovered', 'proposed')).toBe('Adopt')
    expect(agentMoveTitle('proposed', 'active')).toBe('Activate')
    expect(agentMoveTitle('suspended', 'active')).toBe('Resume')
    expect(agentMoveConsequence('retired', 4)).toBe('Its 4 bindings are revoked with it.')
    expect(agentMoveConsequence('retired', 0)).toBeNull()
    expect(agentMoveConsequence('suspended', 4)).toBeNull()
  })
})

describe('the lifecycle of a tool', () => {
  it('ends in retired', () => {
    expect(edges(toolMoves)).toEqual(['active → retired'])
    expect(canTool.edit({ lifecycle: 'retired' })).toBe('A retired tool is kept as it was.')
    expect(toolRetirementConsequence(1)).toBe('Its binding is revoked with it.')
  })
})

describe('the states of a binding', () => {
  const standing = {
    state: 'requested',
    risk: 'low',
    intentText: 'Look up the caller',
    agent: { lifecycle: 'active' },
    tool: { lifecycle: 'active' },
  } as const

  it('have these edges and no others', () => {
    expect(edges(bindingMoves)).toEqual([
      'requested → approved',
      'requested → revoked',
      'approved → active',
      'approved → revoked',
      'active → revoked',
      'revoked → requested',
    ])
  })

  it('need an intent before approval', () => {
    expect(canBinding.move(standing, 'approved')).toBe(true)
    expect(canBinding.move({ ...standing, intentText: null }, 'approved')).toBe(
      'Say what the access is for before it is approved.',
    )
  })

  it('only lead away when an end is retired', () => {
    const ended = { ...standing, agent: { lifecycle: 'retired' } } as const
    expect(canBinding.move(ended, 'approved')).toBe('The agent is retired.')
    expect(canBinding.move({ ...standing, tool: { lifecycle: 'retired' } }, 'approved')).toBe('The tool is retired.')
    expect(canBinding.move(ended, 'revoked')).toBe(true)
  })

  it.each([
    ['off', 'critical', ['identity'], null],
    ['warn', 'critical', ['identity'], { blocks: false, message: 'Nobody owns Identity here.' }],
    [
      'block',
      'low',
      ['identity', 'privilege'],
      { blocks: true, message: 'Nobody owns Identity, Privilege here. At low risk every layer needs an owner first.' },
    ],
    ['block', 'critical', [], null],
  ] as const)(
    'are activated as the policy says while a layer is unowned: %s at %s risk',
    (mode, risk, unowned, said) => {
      expect(activationConcern(mode, risk, unowned)).toEqual(said)
    },
  )
})

/** However things are pushed about, retired ends stay retired, and no binding becomes active without approval since it was last asked for. */
describe.each([1, 2, 3, 4, 5])('random moves, seed %i', (seed) => {
  it('never leave the allowed edges', () => {
    const random = randomOf(seed)
    let agent: (typeof agentLifecycles)[number] = 'discovered'
    let tool: (typeof toolLifecycles)[number] = 'active'
    let state: (typeof bindingStates)[number] = 'requested'
    let approvedSinceRequest = false
    for (let step = 0; step < 2000; step++) {
      const wasRetired = agent === 'retired'
      const to = random.pick(agentLifecycles)
      if (random.chance(0.1) && canAgent.move({ lifecycle: agent }, to) === true) agent = to
      if (wasRetired) expect(agent).toBe('retired')
      if (random.chance(0.002) && canTool.retire({ lifecycle: tool }) === true) tool = 'retired'
      const next = random.pick(bindingStates)
      const binding = {
        state,
        risk: random.pick(riskTiers),
        intentText: 'Some',
        agent: { lifecycle: agent },
        tool: { lifecycle: tool },
      }
      if (canBinding.move(binding, next) !== true) continue
      if (next === 'active') expect(approvedSinceRequest).toBe(true)
      if (next !== 'revoked') expect([agent, tool]).not.toContain('retired')
      approvedSinceRequest = next === 'approved' || (next === 'active' && approvedSinceRequest)
      state = next
    }
  })
})
