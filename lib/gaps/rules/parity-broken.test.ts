import { describe, expect, it } from 'vitest'
import type { RiskTier } from '@/lib/registry/model'
import { defaultGapPolicy } from '../model'
import type { BindingFact, ContractFact, ParityFact } from '../picture'
import { binding, brief, contract, days, findingsOf, now, parity, point, second, tool } from '../testing/facts'
import { parityBroken } from './parity-broken'

const through = (...pointIds: string[]) => pointIds.map((pointId) => ({ pointId, mode: 'enforces' as const }))
const b = (id: string, more: Partial<BindingFact> = {}) =>
  binding({ id, agentId: 'a', toolId: 't', path: through('edge'), ...more })
const inForce = contract({ id: 'c', toolId: 't' })
const at = (pointId: string, more: Partial<ParityFact> = {}) => parity({ id: pointId, pointId, toolId: 't', ...more })
const wrong = { disagreements: ['"pay": expected deny, answered allow'], disagreementCount: 1 }
const logged = { contradictions: ['"refund" was allowed.'], contradictionCount: 1 }
const find = (
  parities: ParityFact[],
  {
    bindings = [b('b')],
    contracts = [inForce],
    canBeAsked = true,
    policy = defaultGapPolicy,
  }: {
    bindings?: BindingFact[]
    contracts?: ContractFact[]
    canBeAsked?: boolean
    policy?: typeof defaultGapPolicy
  } = {},
) =>
  findingsOf(
    parityBroken,
    {
      tools: [tool({ id: 't', name: 'CRM', applicationId: 'app' })],
      points: [
        point({ id: 'edge', name: 'Edge gateway', kind: 'gateway', canBeAsked }),
        point({ id: 'app', name: 'CRM server', kind: 'application', canBeAsked }),
      ],
      parities,
      bindings,
      contracts,
    },
    now,
    policy,
  )

describe('parity-broken', () => {
  it.each<[RiskTier, string]>([
    ['low', 'medium'],
    ['medium', 'high'],
    ['high', 'high'],
    ['critical', 'critical'],
  ])('at %s risk is %s', (risk, severity) => {
    expect(brief(find([], { bindings: [b('b', { risk })] }))).toEqual([`tool:t enforcement ${severity} [b]`])
  })

  it.each<[string, Partial<ParityFact>, number]>([
    ['agreed', {}, 0],
    ['disagreed', wrong, 1],
    ['was never asked', { askedAt: null, digest: null }, 1],
    ['was asked about another contract', { digest: 'old' }, 1],
    ['was asked a second before the limit', { askedAt: now - days(30) + second }, 0],
    ['was asked at the limit', { askedAt: now - days(30) }, 0],
    ['was asked a second after the limit', { askedAt: now - days(30) - second }, 1],
    ['is asked now', { askedAt: now }, 0],
    ['will be asked', { askedAt: now + second }, 1],
    ['logged a decision that contradicts', logged, 1],
    ['was asked for another tool', { toolId: 'other' }, 1],
  ])('when the point %s', (_, more, findings) => {
    expect(find([at('edge', more)])).toHaveLength(findings)
  })

  it('measures against the policy', () => {
    const policy = { ...defaultGapPolicy, parityWithinDays: 7 }
    expect(find([at('edge', { askedAt: now - days(8) })], { policy })).toHaveLength(1)
  })

  it.each<[string, { contracts?: ContractFact[]; canBeAsked?: boolean }]>([
    ['without a contract', { contracts: [] }],
    ['with a contract that is not in force', { contracts: [{ ...inForce, state: 'signed_off' }] }],
    ['with a contract without vectors', { contracts: [{ ...inForce, vectorCount: 0 }] }],
    ['of a point that cannot be asked', { canBeAsked: false }],
  ])('asks nothing %s, and believes the log all the same', (_, more) => {
    expect(find([], more)).toEqual([])
    expect(find([at('edge', wrong)], more)).toEqual([])
    expect(find([at('edge', logged)], more)).toHaveLength(1)
  })

  it('asks the points on the paths, and believes the log of the application besides', () => {
    expect(find([at('edge'), at('app', wrong)])).toEqual([])
    expect(find([at('edge'), at('app', logged)])).toHaveLength(1)
    expect(find([at('edge'), at('app', wrong)], { bindings: [b('b', { path: through('edge', 'app') })] })).toHaveLength(
      1,
    )
  })

  it('is one finding on the tool, with the bindings that go through what is wrong', () => {
    const bindings = [
      b('b1'),
      b('b2', { path: through('edge', 'app') }),
      b('b3', { path: through('edge', 'app'), state: 'revoked' }),
    ]
    expect(brief(find([at('edge'), at('app', wrong)], { bindings }))).toEqual(['tool:t enforcement high [b2]'])
  })

  it('is silent on a tool that no active binding reaches', () => {
    expect(find([at('app', logged)], { bindings: [] })).toEqual([])
  })

  it('names the vector', () => {
    const why = (more: Partial<ParityFact>) => find([at('edge', more)])[0]?.explanation
    expect(why(wrong)).toBe(
      'Parity for CRM: Edge gateway disagrees with the contract on 1 vector: "pay": expected deny, answered allow.',
    )
    expect(why({ ...wrong, disagreementCount: 3 })).toContain(
      'on 3 vectors: "pay": expected deny, answered allow; and 2 more.',
    )
    expect(why({ digest: 'old' })).toBe(
      'Parity for CRM: Edge gateway was asked on 2026-10-31 about another contract than version 1, which is in force.',
    )
    expect(why({ askedAt: null })).toBe('Parity for CRM: Edge gateway was never asked about the contract.')
    expect(why({ askedAt: now - days(31) })).toBe(
      'Parity for CRM: Edge gateway was last asked on 2026-10-01; it is due every 30 days.',
    )
    expect(why(logged)).toBe(
      'Parity for CRM: The log of Edge gateway contradicts the contract in 1 decision: "refund" was allowed.',
    )
  })
})
