import { describe, expect, it } from 'vitest'
import { type TrustPath, type TrustStep, trustBreaks } from './trust'

const step = (name: string, kind: TrustStep['kind'], more: Partial<TrustStep> = {}): TrustStep => ({
  name,
  kind,
  mode: 'enforces',
  independentPrivileges: 'no',
  team: null,
  standing: null,
  ...more,
})
const edge = step('Edge', 'gateway', { team: 'platform' })
const hub = step('Hub', 'broker', { team: 'platform' })
const app = step('App', 'application')
const owner = { slug: 'crm-team', name: 'CRM team' }
const path = (steps: TrustStep[], more: Partial<TrustPath> = {}): TrustPath => ({
  steps,
  tool: { name: 'CRM', independentPrivileges: 'no' },
  enforcementOwner: owner,
  ...more,
})
const powerful = { name: 'CRM', independentPrivileges: 'yes' } as const

describe('the chain of trust', () => {
  it.each<[string, TrustPath, [number, string][]]>([
    ['of no path', path([]), []],
    ['of an application that decides by itself', path([app]), []],
    ['through doors to an application that decides by itself', path([edge, hub, app]), []],
    ['to a trusting application without power of its own', path([edge, { ...app, mode: 'trusts_upstream' }]), []],
    [
      'to a trusting application with power of its own',
      path([edge, { ...app, mode: 'trusts_upstream', independentPrivileges: 'yes' }]),
      [[1, 'downstream-unvalidated']],
    ],
    [
      'to a trusting application whose power nobody knows',
      path([edge, { ...app, mode: 'unknown', independentPrivileges: 'unknown' }]),
      [[1, 'downstream-unvalidated']],
    ],
    [
      'to a trusting application in front of a tool with power of its own',
      path([edge, { ...app, mode: 'trusts_upstream' }], { tool: powerful }),
      [[1, 'downstream-unvalidated']],
    ],
    [
      'through a broker that trusts the gateway',
      path([edge, { ...hub, mode: 'trusts_upstream', independentPrivileges: 'yes' }, app]),
      [[1, 'downstream-unvalidated']],
    ],
    [
      'to a gateway that trusts whoever calls',
      path([{ ...edge, mode: 'trusts_upstream' }, app], { tool: powerful }),
      [],
    ],
    [
      'to a trusting application with no door in front',
      path([{ ...app, mode: 'trusts_upstream', independentPrivileges: 'yes' }]),
      [],
    ],
    [
      'with the same contract everywhere',
      path([
        { ...edge, standing: 'match' },
        { ...app, standing: 'match' },
      ]),
      [],
    ],
    ['with a point that never attested', path([edge, { ...app, standing: 'none' }]), [[1, 'contract-drift']]],
    ['with a stale attestation', path([{ ...edge, standing: 'stale' }, app]), [[0, 'contract-drift']]],
    ['with another contract', path([edge, { ...app, standing: 'mismatch' }]), [[1, 'contract-drift']]],
    [
      'with a point that does not enforce and need not attest',
      path([edge, { ...app, mode: 'trusts_upstream', standing: 'none' }]),
      [],
    ],
    ['with nobody behind the door', path([edge, hub, app], { enforcementOwner: null }), [[2, 'front-door-only']]],
    ['with nobody, and no door either', path([app], { enforcementOwner: null }), []],
    ['with no application named', path([edge], { enforcementOwner: null }), [[1, 'front-door-only']]],
    [
      'with the owner of the gateway as owner behind it',
      path([edge, app], { enforcementOwner: { slug: 'platform', name: 'Platform' } }),
      [[1, 'front-door-only']],
    ],
    [
      'broken twice, in call order',
      path(
        [
          { ...edge, standing: 'none' },
          { ...app, mode: 'unknown' },
        ],
        { tool: powerful, enforcementOwner: null },
      ),
      [
        [0, 'contract-drift'],
        [1, 'downstream-unvalidated'],
        [1, 'front-door-only'],
      ],
    ],
  ])('%s', (_title, given, expected) => {
    expect(trustBreaks(given).map(({ before, rule }) => [before, rule])).toEqual(expected)
  })

  it('says in words why it breaks', () => {
    const [first] = trustBreaks(path([edge, { ...app, mode: 'trusts_upstream' }], { tool: powerful }))
    expect(first?.reason).toBe(
      'App lets through what arrives, and CRM behind it can act with its own credentials: the limits set before it need not hold.',
    )
  })
})
