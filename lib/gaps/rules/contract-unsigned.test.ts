import { describe, expect, it } from 'vitest'
import { contractStates } from '@/lib/contracts/model'
import { type RiskTier, teamFunctions } from '@/lib/registry/model'
import type { AssignmentFact, BindingFact, ContractFact, TeamFact } from '../picture'
import { assignment, binding, brief, contract, findingsOf, point, team, tool } from '../testing/facts'
import { contractUnsigned } from './contract-unsigned'

interface Case {
  contract?: Partial<ContractFact>
  author?: Partial<TeamFact>
  signer?: Partial<TeamFact>
  runsApplication?: string | null
  assignments?: AssignmentFact[]
  bindings?: BindingFact[]
}
const b = (more: Partial<BindingFact> = {}) => binding({ id: 'b', agentId: 'a', toolId: 't', ...more })
const find = ({ runsApplication = null, assignments = [], bindings = [b()], ...more }: Case) =>
  findingsOf(contractUnsigned, {
    teams: [
      team({ id: 'app', name: 'CRM team', function: 'application', ...more.author }),
      team({ id: 'sec', name: 'Security', function: 'secops', ...more.signer }),
    ],
    points: [point({ id: 'server', name: 'CRM server', teamId: runsApplication })],
    tools: [tool({ id: 't', name: 'CRM', applicationId: 'server' })],
    contracts: [contract({ id: 'c', toolId: 't', signedOffTeamId: null, ...more.contract })],
    assignments,
    bindings,
  })

describe('contract-unsigned', () => {
  it.each<[RiskTier, string]>([
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['critical', 'critical'],
  ])('at %s risk is %s', (risk, severity) => {
    expect(brief(find({ bindings: [b({ risk })] }))).toEqual([`tool:t - ${severity} [b]`])
  })

  it.each(teamFunctions)('takes an author of function %s for the application’s team or not', (function_) => {
    const findings = function_ === 'application' || function_ === 'business' ? 1 : 0
    expect(find({ author: { function: function_ } })).toHaveLength(findings)
  })

  it('takes an author that runs the application for its team, whatever its function', () => {
    expect(find({ author: { function: 'platform' }, runsApplication: 'app' })).toHaveLength(1)
    expect(find({ author: { function: 'platform' }, runsApplication: 'sec' })).toEqual([])
  })

  it('takes an author that owns enforcement of the tool for its team', () => {
    const owner = assignment({ id: 's', layer: 'enforcement', scope: 'tool', subjectId: 't', teamId: 'app' })
    expect(find({ author: { function: 'platform' }, assignments: [owner] })).toHaveLength(1)
    expect(find({ author: { function: 'platform' }, assignments: [{ ...owner, layer: 'privilege' }] })).toEqual([])
  })

  it.each(teamFunctions)('takes a sign-off by another team of function %s for one or not', (function_) => {
    const isSecurity = ['iam', 'iga', 'pam', 'secops'].includes(function_)
    const found = find({ contract: { signedOffTeamId: 'sec' }, signer: { function: function_ } })
    expect(found).toHaveLength(isSecurity ? 0 : 1)
  })

  it('takes a signature by the author itself for none, even when it is a security team', () => {
    const author = { function: 'iam' } as const
    expect(find({ contract: { signedOffTeamId: 'app' } })).toHaveLength(1)
    expect(find({ contract: { signedOffTeamId: 'app' }, author, runsApplication: 'app' })).toHaveLength(1)
  })

  it('knows nothing of a contract without a recorded author', () => {
    expect(find({ contract: { authorTeamId: null } })).toEqual([])
    expect(find({ contract: { authorTeamId: 'gone' } })).toEqual([])
  })

  it.each(contractStates.filter((state) => state !== 'in_force'))('is silent while it is %s', (state) => {
    expect(find({ contract: { state } })).toEqual([])
  })

  it('is silent on a tool that no active binding reaches', () => {
    expect(find({ bindings: [b({ state: 'revoked' })] })).toEqual([])
  })

  it('says who wrote it and what is wrong with the signature', () => {
    const why = (more: Case) => find(more)[0]?.explanation
    expect(why({ runsApplication: 'app' })).toBe(
      'Contract version 1 of CRM is in force, written by CRM team, which runs CRM server; no security team signed it off. 1 active binding depends on it.',
    )
    expect(why({ contract: { signedOffTeamId: 'app' } })).toContain('its only sign-off is by the same team')
    expect(why({ contract: { signedOffTeamId: 'sec' }, signer: { function: 'platform' } })).toContain(
      'it was signed off by Security, which is no security team',
    )
  })
})
