import { describe, expect, it } from 'vitest'
import { contractStates } from '@/lib/contracts/model'
import type { PathMode, RiskTier } from '@/lib/registry/model'
import { defaultGapPolicy } from '../model'
import type { AttestationFact, BindingFact, ContractFact } from '../picture'
import { attestation, binding, brief, contract, days, findingsOf, now, point, second, tool } from '../testing/facts'
import { contractDrift } from './contract-drift'

const at = (pointId: string, mode: PathMode = 'enforces') => ({ pointId, mode })
const b = (id: string, more: Partial<BindingFact> = {}) =>
  binding({ id, agentId: 'a', toolId: 't', path: [at('edge')], ...more })
const inForce = contract({ id: 'c', toolId: 't', version: 2, digest: 'd2' })
const attested = (more: Partial<AttestationFact> = {}) =>
  attestation({ id: 'x', pointId: 'edge', toolId: 't', digest: 'd2', contractVersion: 2, ...more })
const find = (
  attestations: AttestationFact[],
  {
    bindings = [b('b')],
    contracts = [inForce],
    policy = defaultGapPolicy,
  }: { bindings?: BindingFact[]; contracts?: ContractFact[]; policy?: typeof defaultGapPolicy } = {},
) =>
  findingsOf(
    contractDrift,
    {
      tools: [tool({ id: 't', name: 'CRM', applicationId: 'app' })],
      points: [
        point({ id: 'edge', name: 'Edge gateway', kind: 'gateway' }),
        point({ id: 'app', name: 'CRM server', kind: 'application' }),
      ],
      attestations,
      bindings,
      contracts,
    },
    now,
    policy,
  )

describe('contract-drift', () => {
  it.each<[RiskTier, string]>([
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
  ])('at %s risk is %s', (risk, severity) => {
    expect(brief(find([], { bindings: [b('b', { risk })] }))).toEqual([`tool:t enforcement ${severity} [b]`])
  })

  it.each<[string, Partial<AttestationFact>, number]>([
    ['to the digest in force', {}, 0],
    ['to another digest', { digest: 'd1' }, 1],
    ['to the same digest under another version', { contractVersion: 1 }, 0],
    ['for another tool', { toolId: 'other' }, 1],
    ['of another point', { pointId: 'app' }, 1],
    ['a second before the limit', { at: now - days(90) + second }, 0],
    ['at the limit', { at: now - days(90) }, 0],
    ['a second after the limit', { at: now - days(90) - second }, 1],
    ['of now', { at: now }, 0],
    ['of a second from now', { at: now + second }, 1],
  ])('with an attestation %s', (_, more, findings) => {
    expect(find([attested(more)])).toHaveLength(findings)
  })

  it('measures against the policy', () => {
    const policy = { ...defaultGapPolicy, attestWithinDays: 7 }
    expect(find([attested({ at: now - days(8) })], { policy })).toHaveLength(1)
  })

  it.each<[PathMode, number]>([
    ['enforces', 1],
    ['trusts_upstream', 0],
    ['unknown', 0],
  ])('at a point that %s', (mode, findings) => {
    expect(find([], { bindings: [b('b', { path: [at('edge', mode)] })] })).toHaveLength(findings)
  })

  it('is one finding for each point, with the bindings on whose path it enforces', () => {
    const bindings = [
      b('b1', { path: [at('edge'), at('app')] }),
      b('b2', { path: [at('edge', 'unknown'), at('app')] }),
      b('b3', { path: [at('edge'), at('app')], state: 'revoked' }),
    ]
    const found = find([], { bindings }).map(({ pointId, bindingIds }) => `${pointId} [${bindingIds.join(' ')}]`)
    expect(found.sort()).toEqual(['app [b1 b2]', 'edge [b1]'])
  })

  it.each(contractStates.filter((state) => state !== 'in_force'))('leaves a contract that is %s alone', (state) => {
    expect(find([], { contracts: [{ ...inForce, state }] })).toEqual([])
    expect(find([], { contracts: [] })).toEqual([])
  })

  it('says what the point attests to', () => {
    const why = (...attestations: AttestationFact[]) => find(attestations)[0]?.explanation
    expect(why()).toBe(
      'Edge gateway enforces the limits of CRM and has never attested to a contract; version 2 is in force (1 active binding).',
    )
    expect(why(attested({ digest: 'd1', contractVersion: 1 }))).toBe(
      'Edge gateway enforces the limits of CRM and attests to version 1 (d1); version 2 (d2) is in force (1 active binding).',
    )
    expect(why(attested({ at: now - days(100) }))).toBe(
      'Edge gateway enforces the limits of CRM and last attested to it on 2026-07-24; it is due every 90 days (1 active binding).',
    )
  })
})
