import { describe, expect, it } from 'vitest'
import { agent, assignment, binding, brief, findingsOf, now, person, team, tool } from '../testing/facts'
import { ownerOrphaned } from './owner-orphaned'

const owner = { id: 's', layer: 'identity', scope: 'agent', subjectId: 'a' } as const
const facts = {
  agents: [agent({ id: 'a' })],
  tools: [tool({ id: 't' })],
  people: [person({ id: 'ana', name: 'Ana Ruiz' }), person({ id: 'gone', name: 'Ben Gone', status: 'left' })],
  teams: [
    team({ id: 'iam', name: 'Identity' }),
    team({ id: 'dissolved', name: 'Old platform', status: 'dissolved' }),
    team({ id: 'empty', name: 'Empty team', hasActiveMember: false }),
  ],
  bindings: [binding({ id: 'b', agentId: 'a', toolId: 't', risk: 'critical' })],
}
const find = (more: Partial<Parameters<typeof assignment>[0]>, over: Partial<Parameters<typeof findingsOf>[1]> = {}) =>
  findingsOf(ownerOrphaned, { ...facts, assignments: [assignment({ ...owner, teamId: 'iam', ...more })], ...over })

describe('owner-orphaned', () => {
  it.each([
    ['dissolved', null, 'Old platform is dissolved.'],
    ['empty', null, 'Empty team has no active member.'],
    ['iam', 'gone', 'Ben Gone, accountable for Identity, has left.'],
  ])('fires on team %s with person %s', (teamId, personId, reason) => {
    const findings = find({ teamId, personId })
    expect(brief(findings)).toEqual(['assignment:s identity critical [b]'])
    expect(findings[0]?.explanation).toBe(`${reason} It is still the owner of identity for 1 active binding: b.`)
  })

  it.each([
    ['the owner is credible', { personId: 'ana' }],
    ['the assignment is declined', { teamId: 'dissolved', state: 'declined' }],
    ['the assignment is over', { teamId: 'dissolved', validTo: now }],
    ['the assignment has not begun', { teamId: 'dissolved', validFrom: now + 1 }],
    ['the assignment is of another agent', { teamId: 'dissolved', subjectId: 'other' }],
    ['the organisation cannot supply it', { teamId: 'dissolved', layer: 'enforcement', scope: 'organisation' }],
  ] as const)('is silent when %s', (_, more) => {
    expect(find(more)).toEqual([])
  })

  it('fires on a proposed owner too, for it counts', () => {
    expect(find({ teamId: 'dissolved', state: 'proposed' })).toHaveLength(1)
  })

  it('affects only the bindings it supplies', () => {
    const bindings = [...facts.bindings, binding({ id: 'c', agentId: 'a', toolId: 't', risk: 'low' })]
    const closer = assignment({ id: 'closer', layer: 'identity', scope: 'binding', subjectId: 'b', teamId: 'iam' })
    const wide = assignment({ ...owner, teamId: 'dissolved' })
    const findings = findingsOf(ownerOrphaned, { ...facts, bindings, assignments: [wide, closer] })
    expect(brief(findings)).toEqual(['assignment:s identity medium [c]'])
  })

  it('is silent when a more specific owner leaves it nothing to supply', () => {
    const closer = assignment({ id: 'closer', layer: 'identity', scope: 'binding', subjectId: 'b', teamId: 'iam' })
    const wide = assignment({ ...owner, teamId: 'dissolved' })
    expect(findingsOf(ownerOrphaned, { ...facts, assignments: [wide, closer] })).toEqual([])
  })

  it('counts active bindings only', () => {
    const bindings = facts.bindings.map((one) => ({ ...one, state: 'revoked' as const }))
    const agents = [agent({ id: 'a', lifecycle: 'suspended' })]
    expect(find({ teamId: 'dissolved' }, { bindings, agents })).toEqual([])
  })

  it.each(['agent', 'organisation'] as const)(
    'fires for an active agent without active bindings, by the %s',
    (scope) => {
      const subjectId = scope === 'agent' ? 'a' : null
      const findings = find({ teamId: 'dissolved', scope, subjectId }, { bindings: [] })
      expect(brief(findings)).toEqual(['assignment:s identity medium []'])
      expect(findings[0]?.explanation).toContain('1 active agent without an active binding')
    },
  )

  it('is silent there for a layer that is not the agent’s own', () => {
    expect(find({ teamId: 'dissolved', layer: 'privilege' }, { bindings: [] })).toEqual([])
  })
})
