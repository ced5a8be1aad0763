import { describe, expect, it } from 'vitest'
import { contractStates } from '@/lib/contracts/model'
import type { RiskTier } from '@/lib/registry/model'
import type { BindingFact, ContractFact } from '../picture'
import { binding, brief, contract, findingsOf, point, tool } from '../testing/facts'
import { contractMissing } from './contract-missing'

const through = (...pointIds: string[]) => pointIds.map((pointId) => ({ pointId, mode: 'enforces' as const }))
const b = (id: string, path: string[], risk: RiskTier, more: Partial<BindingFact> = {}) =>
  binding({ id, agentId: 'a', toolId: 't', path: through(...path), risk, ...more })
const find = (bindings: BindingFact[], contracts: ContractFact[] = []) =>
  findingsOf(contractMissing, {
    tools: [tool({ id: 't', name: 'CRM' })],
    points: [
      point({ id: 'edge', kind: 'gateway' }),
      point({ id: 'broker', kind: 'broker' }),
      point({ id: 'app', kind: 'application' }),
    ],
    bindings,
    contracts,
  })

describe('contract-missing', () => {
  it.each<[string, string[], RiskTier, string | null]>([
    ['through a gateway', ['edge', 'app'], 'low', 'low'],
    ['through a broker', ['broker', 'app'], 'medium', 'medium'],
    ['straight', ['app'], 'medium', null],
    ['on an unknown path', [], 'medium', null],
    ['straight', ['app'], 'high', 'high'],
    ['on an unknown path', [], 'critical', 'critical'],
  ])('%s (%j) at %s risk', (_, path, risk, severity) => {
    expect(brief(find([b('b', path, risk)]))).toEqual(severity ? [`tool:t - ${severity} [b]`] : [])
  })

  it.each(contractStates)('with a contract that is %s', (state) => {
    const found = find([b('b', ['edge'], 'low')], [contract({ id: 'c', toolId: 't', state })])
    expect(found).toHaveLength(state === 'in_force' ? 0 : 1)
  })

  it('is not content with the contract of another tool', () => {
    expect(find([b('b', ['edge'], 'low')], [contract({ id: 'c', toolId: 'other' })])).toHaveLength(1)
  })

  it('affects the bindings that make it needed', () => {
    const bindings = [
      b('b1', ['edge'], 'low'),
      b('b2', ['app'], 'high'),
      b('b3', ['app'], 'low'),
      b('b4', ['edge'], 'critical', { state: 'revoked' }),
    ]
    const found = find(bindings)
    expect(brief(found)).toEqual(['tool:t - high [b1 b2]'])
    expect(found[0]?.explanation).toBe(
      'CRM has no policy contract in force and is reached through a gateway or broker by 1 active binding (b1), and at high or critical risk by 1 active binding (b2).',
    )
  })

  it('is silent on a tool that no active binding reaches', () => {
    expect(find([])).toEqual([])
  })
})
